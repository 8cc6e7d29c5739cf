/** What a name is (a function, a factor, one name or a product) is decided by how the note uses it. */
import assert from 'node:assert/strict'
import { printNote } from './printed'

const NOTES: readonly (readonly [kind: string, note: string, ...read: string[]])[] = [
  ['applied to a single term, multiplied nowhere', '$y = W(x^2)$', 'def y := W[(x ^ 2)]'],
  ['applied to names alone', '$y = 3u(t) + u$', 'def y := ((3 * u[t]) + u)'],
  ['a bracket that a product needs', '$y = a(x - b)^2$', 'def y := (a * ((x - b) ^ 2))'],
  ['a value', '$p = k(t)$, $k = 3$', 'def p := (k * t)', 'bind k = 3'],
  ['multiplied elsewhere', '$y = E(3t) + E t$', 'def y := ((E * (3 * t)) + (E * t))'],
  [
    'a letter of functions that is a factor',
    '$d = (x+h)^2$, $y = h((x+h) + x)$',
    'def d := ((x + h) ^ 2)',
    'def y := (h * ((x + h) + x))',
  ],
  ['a name that says its argument again', '$s = 3t$, $v = 2s(t)$', 'def s := (3 * t)', 'def v := (2 * s)'],
  [
    'a run that is differentiated by',
    String.raw`$s = ct$, $\frac{ds}{dt} = c$`,
    'def s := (c * t)',
    'claim D{s / t} = c',
  ],
  ['two small letters on the right', '$F = ma$', 'def F := (m * a)'],
  ['two small letters with a value', '$lr = 0.1$', 'bind lr = 0.1'],
  ['two capitals that are defined', '$MC = 2q$, $TR = q MC$', 'def MC := (2 * q)', 'def TR := (q * MC)'],
  ['a function of two capitals', '$L(p) = p^2$, $LL(p) = 2p$', 'def L(p) := (p ^ 2)', 'def LL(p) := (2 * p)'],
  [
    'an angle of the note',
    String.raw`$x = r\sin\theta$, $y = \sin\theta r$`,
    'def x := (r * sin(theta))',
    'def y := (sin(theta) * r)',
  ],
  [
    'an upright word that has a value',
    String.raw`$y = \mathrm{rate}\, t$, $\mathrm{rate} = 2$`,
    'def y := (rate * t)',
    'bind rate = 2',
  ],
  ['turning by i', '$z = e^{ikx}$', 'def z := exp(((?<imaginary unit> * k) * x))'],
  ['a current called i', '$V = V_0 + iR$, $i = 2$', 'def V := (V_0 + (i * R))', 'bind i = 2'],
  ['an index called i', '$y = x_i + 2i$', 'def y := (x_i + (2 * i))'],
  ['d as the operator', String.raw`$y = \frac{d}{dx} x^2$`, 'def y := D{(x ^ 2) / x}'],
  ['d as a variable', String.raw`$d = 2$, $y = \frac{d}{d\,x}$`, 'bind d = 2', 'def y := (d / (d * x))'],
]

describe('reading: names by their use', () => {
  for (const [kind, note, ...read] of NOTES) it(`${kind}: ${note}`, () => assert.deepEqual(printNote(note), read))
})
