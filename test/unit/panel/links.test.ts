import assert from 'node:assert/strict'
import { pictureOf } from '../../../src/drawing/picture'
import { sceneOf } from '../../../src/drawing/scene'
import { type Direction, linksOf } from '../../../src/panel/links'
import { GALLERY } from '../drawing/handmade'

const sceneFor = (name: string) => {
  const made = GALLERY.find(([key]) => key === name)?.[1]
  assert.ok(made)
  return sceneOf(pictureOf(made, { mode: 'symbols', collapsed: false, turned: new Set() }))
}

describe('links between nodes', () => {
  const scene = sceneFor('shopping')
  const links = linksOf(scene)
  const key = (expression: string) => {
    const node = scene.nodes.find(({ spoken }) => spoken.expression.startsWith(expression))
    assert.ok(node, expression)
    return node.key
  }
  const name = (found: string | undefined) => (found ? links.node(found)?.spoken.expression.split(' =')[0] : undefined)

  const steps: [from: string, direction: Direction, to: string | undefined][] = [
    ['a', 'right', 'りんご'],
    ['りんご', 'right', 's'],
    ['s', 'left', 'りんご'],
    ['りんご', 'left', 'a'],
    ['りんご', 'down', 'みかん'],
    ['みかん', 'up', 'りんご'],
    ['a', 'down', 'n'],
    ['a', 'up', undefined],
    ['a', 'left', undefined],
  ]
  for (const [from, direction, to] of steps) {
    it(`${direction} of ${from} is ${to ?? 'nothing'}`, () => assert.equal(name(links.step(key(from), direction)), to))
  }

  it('lights the way from a node to the output and nothing beside it', () => {
    const { nodes, edges } = links.pathFrom(key('りんご'))
    assert.deepEqual([...nodes].map(name), ['りんご', 's', '合計', '合計'])
    assert.equal(edges.size, 3)
  })

  it('lights every way where there are several', () => {
    const many = sceneFor('fan-out')
    const x = many.nodes.find(({ spoken }) => spoken.expression === 'x')
    assert.ok(x)
    const from = many.edges.filter((edge) => edge.from === x.key)
    const { edges } = linksOf(many).pathFrom(x.key)
    assert.equal(from.length, 3)
    assert.ok(from.every((edge) => edges.has(edge.key)))
  })

  it('shows a constant by the circle that it stands in', () => {
    const power = sceneFor('chain-rule').nodes.find(({ spoken }) => spoken.expression.startsWith('z'))
    assert.ok(power)
    assert.equal(power.inside.length, 1)
    assert.equal(linksOf(sceneFor('chain-rule')).keyOf(power.inside[0] as number), power.key)
  })
})
