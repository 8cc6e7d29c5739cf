import assert from 'node:assert/strict'
import fc from 'fast-check'
import { around, beginning, fitted, isInside, seenIn, towards, type View, ZOOM } from '../../../src/panel/camera'

const size = fc.record({ width: fc.integer({ min: 60, max: 60_000 }), height: fc.integer({ min: 60, max: 60_000 }) })
const window_ = fc.record({ width: fc.integer({ min: 120, max: 4000 }), height: fc.integer({ min: 120, max: 3000 }) })
const near = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-6 * Math.max(1, Math.abs(a)), `${a}, ${b}`)
const corners = ({ x, y, k }: View, { width, height }: { width: number; height: number }) => [
  x,
  y,
  x + width * k,
  y + height * k,
]

describe('where the drawing stands', () => {
  it('all of it, whatever its size, above the buttons', () =>
    fc.assert(
      fc.property(size, window_, (drawing, window) => {
        const [left, top, right, bottom] = corners(fitted(drawing, window), drawing) as [number, number, number, number]
        assert.ok(left > -1e-6 && top > -1e-6 && right < window.width + 1e-6 && bottom < window.height + 1e-6)
        assert.ok(window.height < 80 || bottom <= window.height - 39)
        near(left, window.width - right)
      }),
    ))
  it('never larger than fits the eye', () => {
    assert.equal(fitted({ width: 10, height: 10 }, { width: 1000, height: 800 }).k, ZOOM.fit)
  })
  it('begins with what can be read, without a gap at an edge, and the middle in view', () =>
    fc.assert(
      fc.property(
        size,
        window_,
        fc.integer({ min: 1, max: 400 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (drawing, window, nodes, at) => {
          const middle = { x: at * drawing.width, y: at * drawing.height }
          const view = beginning(drawing, nodes, window, middle)
          if (view.k !== ZOOM.readable) return near(view.k, fitted(drawing, window).k)
          const seen = seenIn(view, window)
          assert.ok(middle.x >= seen.x - 1e-6 && middle.x <= seen.x + seen.width + 1e-6)
          assert.ok(middle.y >= seen.y - 1e-6 && middle.y <= seen.y + seen.height + 1e-6)
          if (drawing.width > seen.width) assert.ok(seen.x >= -1e-6 && seen.x + seen.width <= drawing.width + 1e-6)
        },
      ),
    ))
  it('what is drawn beforehand holds what is seen', () =>
    fc.assert(
      fc.property(
        window_,
        fc.double({ min: 0.05, max: 6, noNaN: true }),
        fc.integer({ min: -5000, max: 5000 }),
        (window, k, x) => {
          const seen = seenIn({ x, y: -x, k }, window)
          assert.ok(isInside(seen, around(seen)))
          assert.ok(!isInside(around(seen), seen))
        },
      ),
    ))

  const seen = { x: 100, y: 100, width: 400, height: 300 }
  const rows: [what: string, x: number, y: number, dx: number, dy: number][] = [
    ['a node in the middle moves nothing', 300, 200, 0, 0],
    ['a node at the very edge moves nothing', 120, 115, 0, 0],
    ['one beyond the left edge comes in with some room', 90, 200, 42, 0],
    ['one beyond the right edge', 510, 200, -42, 0],
    ['one above', 300, 80, 0, 47],
    ['one below and to the right', 600, 500, -132, -127],
  ]
  for (const [what, x, y, dx, dy] of rows)
    it(what, () => assert.deepEqual(towards({ x, y, halfWidth: 20, halfHeight: 15 }, seen), { dx, dy }))
})
