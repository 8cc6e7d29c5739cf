import assert from 'node:assert/strict'
import { claimsOf, displays, verdicts } from './note'

/** Notes as they are written, and the verdicts on the steps of their last claim. */
const RULES: readonly (readonly [rule: string, text: string, expected: string])[] = [
  [
    'a step that equals the truth after a wrong one holds',
    displays(['z = t^2', 't = x + y', '\\frac{\\partial z}{\\partial x} = 3t = 2(x + y)']),
    'fails holds',
  ],
  [
    'a step that equals the wrong one before it is unknown',
    displays(['z = t^2', 't = x + y', '\\frac{\\partial z}{\\partial x} = 3t = 3(x + y)']),
    'fails unknown',
  ],
  [
    'a step that equals neither fails too',
    displays(['z = t^2', 't = x + y', '\\frac{\\partial z}{\\partial x} = 3t = 4(x + y)']),
    'fails fails',
  ],
  [
    'a step that equals a wrong one two before is unknown',
    displays(['z = t^2', 't = x + y', '\\frac{\\partial z}{\\partial x} = 3t = 3(x + y) = 3x + 3y']),
    'fails unknown unknown',
  ],
  [
    '= 0 of a derivative that isn’t constant is an equation',
    displays(['f(x) = x^2 - 4x', "f'(x) = 2x - 4 = 0"]),
    'holds unknown',
  ],
  ['the steps before = 0 are judged', displays(['f(x) = x^2 - 4x', "f'(x) = 2x + 4 = 0"]), 'fails unknown'],
  ['= 0 of a constant derivative is judged', displays(['f(x) = 3x', "f'(x) = 3 = 0"]), 'holds fails'],
  ['a number that is about equal, to its digits', displays(['r = \\frac{1}{3} \\approx 0.33']), 'holds holds'],
  ['one that is far off', displays(['p = \\frac{1}{1 + e^{-2.4}} \\approx 0.9084']), 'holds fails'],
  ['digits that are cut off', displays(['s = \\frac{2}{3} \\approx 0.66']), 'holds holds'],
  ['a coarse approximation', displays(['t = \\sqrt{17} \\approx 4.125']), 'holds unknown'],
  ['zeros that fill up', displays(['w = 3 \\cdot 496 \\approx 1500', 'v = 3 \\cdot 496 \\approx 1700']), 'holds fails'],
  [
    'a fraction of rounded numbers',
    displays(['a = \\sqrt{2} \\approx 1.414', 'b = \\sqrt{2} - 1 \\approx 1.414 - 1 = \\frac{414}{1000} = 0.414']),
    'holds holds holds holds',
  ],
  [
    'a factor that is lost behind a rounded number',
    displays(['b = 2\\sqrt{2} \\approx 2 \\cdot 1.414 = 1.414']),
    'holds holds fails',
  ],
  ['degrees', displays(['u = \\sin 30 \\approx 0.5']), 'holds unknown'],
  [
    'a number that is rounded on the way',
    displays(['a = \\frac{1}{3} \\approx 0.3', 'b = 9 \\cdot 0.3 \\approx 3', 'c = 9 \\cdot 0.31 \\approx 3.5']),
    'holds fails',
  ],
  ['what is only about equal isn’t judged', displays(['f(x) = x^2', "f'(x) \\approx 3x"]), 'unknown'],
  [
    'a partial derivative beside an indirect path',
    displays(['z = x t', 't = x + y', '\\frac{\\partial z}{\\partial x} = t']),
    'holds',
  ],
  ['a total derivative beside a direct path', displays(['z = x t', 't = x + y', '\\frac{dz}{dx} = t + x']), 'holds'],
  [
    'a path left out',
    displays(['z = u v', 'u = x^2', 'v = \\sin x', '\\frac{dz}{dx} = \\frac{\\partial z}{\\partial u} \\frac{du}{dx}']),
    'fails',
  ],
  [
    'an upstream gradient that the note doesn’t define',
    displays(['z = x y', '\\frac{\\partial L}{\\partial x} = \\frac{\\partial L}{\\partial z} y']),
    'holds',
  ],
  [
    'an upstream gradient times the wrong factor',
    displays(['z = x y', '\\frac{\\partial L}{\\partial x} = \\frac{\\partial L}{\\partial z} x']),
    'fails',
  ],
  ['a derivative of nothing known', displays(['\\frac{\\partial L}{\\partial x} = 2x']), 'unknown'],
  ['a decimal that is rounded', '$y = \\sin x$, $x = 1$\n$$\\frac{dy}{dx} = \\cos x = 0.540$$', 'holds holds'],
  [
    'a decimal that is wrong in its last digit',
    '$y = \\sin x$, $x = 1$\n$$\\frac{dy}{dx} = \\cos x = 0.541$$',
    'holds fails',
  ],
  [
    'one digit that is rounded',
    '$y = \\sigma(x)$, $x = 1$\n$$\\frac{dy}{dx} = y (1 - y) = 0.73 \\cdot 0.27 = 0.2$$',
    'holds holds holds',
  ],
  [
    'a product of rounded numbers',
    '$y = \\sigma(x)$, $x = 1$\n$$\\frac{dy}{dx} = y (1 - y) = 0.7 \\cdot 0.3$$',
    'holds unknown',
  ],
  ['a whole number that is rounded', '$y = x^2$, $x = 1.3$\n$$\\frac{dy}{dx} = 2x = 3$$', 'holds unknown'],
  ['a wrong value at values that are given', '$y = x^2$, $x = 3$\n$$\\frac{dy}{dx} = 2x = 5$$', 'holds fails'],
  ['a coefficient that is rounded', displays(['y = \\frac{x^2}{6}', '\\frac{dy}{dx} = 0.33 x']), 'holds'],
  ['a coefficient that is rounded wrongly', displays(['y = \\frac{x^2}{6}', '\\frac{dy}{dx} = 0.23 x']), 'fails'],
  ['an assumption that the note makes', '$x > 0$, $r = \\sqrt{x^2}$\n$$\\frac{dr}{dx} = 1$$', 'holds'],
  ['without the assumption it isn’t known', '$r = \\sqrt{x^2}$\n$$\\frac{dr}{dx} = 1$$', 'unknown'],
  [
    'a name with a definition and two more sides',
    displays(['y = \\frac{1}{1 + e^{-x}} = \\frac{e^x}{1 + e^x} = \\frac{e^x}{1 - e^x}']),
    'holds holds fails',
  ],
  [
    'd for ∂ and a ∂ left out',
    displays(['z = t^2', 't = x + y', '\\frac{dz}{dx} = \\frac{\\partial z}{dt} \\cdot 1']),
    'holds',
  ],
  ['a derivative at a value', displays(['f(x) = x^3', "f'(2) = 12"]), 'holds'],
  ['a wrong derivative at a value', displays(['f(x) = x^3', "f'(2) = 8"]), 'fails'],
  ['a power without braces is read generously', displays(['f(x) = e^2x', "f'(x) = 3e^2x"]), 'unknown'],
  [
    'a function that the note doesn’t define is any function',
    displays(['f(x) = g(x) h(x)', "f'(x) = g'(x) h(x) + g(x) h'(x)"]),
    'holds',
  ],
  ['a rule for any function that is wrong', displays(['f(x) = g(x) h(x)', "f'(x) = g'(x) h(x) - g(x) h'(x)"]), 'fails'],
  [
    'a derivative by an expression’s name',
    displays(['z = (x + y)^2', 't = x + y', '\\frac{\\partial z}{\\partial t} = 2t']),
    'holds',
  ],
  [
    'a definition that depends on itself',
    displays(['a = b + 1', 'b = a - 1', '\\frac{\\partial a}{\\partial b} = 2']),
    'unknown',
  ],
  ['a fraction without a denominator', displays(['f(x) = \\ln x', "f'(x) = \\frac{1}{}"]), 'unknown'],
  ['a value that is a definition’s', 'Let $f(x) = x^2 - 5$. Then $f(3) = 4$ and $f(0) = 5$.', 'fails'],
  ['a value of a function that is looked for', '$f(x) = x^3$\n\nFind a cubic with $f(0) = 1$, $f(1) = 5$.', 'unknown'],
  ['what a method makes of a value', '# Exact\n$y(x) = 2e^x - x - 1$\n# Euler\n$$y(0.4) \\approx 1.5282$$', 'unknown'],
  ['a thought that the note calls wrong', "很多同学会误以为 $(\\sin x^2)' = \\cos x^2$，其实不是。", 'unknown'],
  ['a cross before a line', '❌ $\\frac{d}{dx}e^{2x} = e^{2x}$', 'unknown'],
  ['a check before a line', '✅ $\\frac{d}{dx}e^{2x} = e^{2x}$', 'fails'],
  ['what the note says isn’t so', "注意：$(x^3)' = x^2$ ではない。", 'unknown'],
  [
    'the case that is named right before',
    "Let $f(x) = |x - 3|$. For $x > 3$ we have $f'(x) = 1$; for $x < 3$ we have $f'(x) = -1$.",
    'holds',
  ],
  ['a subscript that is no argument of the function', '$v(t) = 3t$, $v_x = v\\cos\\theta$', ''],
  ['slopes that are given', "$f(x) = x^2$\n\nb) Laplace con $f(0) = 1$, $f'(0) = -3$", 'unknown'],
  ['a slope of the function that is let', "Let $f(x) = x^2$, so $f'(3) = 5$.", 'fails'],
  [
    'a definition that can’t be read, in another section, says nothing',
    "$x = \\int_0^1 q(s)\\,ds$\n\n# Rules\n\n$$(\\tan x)' = \\frac{1}{\\cos^2 x}$$",
    'holds',
  ],
  ['nor does it hide a slip', "$x = \\int_0^1 q(s)\\,ds$\n\n# Rules\n\n$$(\\tan x)' = \\frac{1}{\\cos x}$$", 'fails'],
  [
    'what is no slip may use it',
    "$x = \\int_0^1 q(s)\\,ds$\n\n# Rules\n\n$$(\\tan x)' = \\frac{x}{3 + \\sin x}$$",
    'unknown',
  ],
  [
    'a chain of derivatives is one whatever its names are defined as elsewhere',
    '$x = \\pm 1$, $y = 3$, $t = 5$\n\n# Chain rule\n\n$$\\frac{dy}{dx} = \\frac{dy}{dt}\\cdot\\frac{dt}{dx}$$',
    'holds',
  ],
  [
    'a node by itself',
    displays(['\\frac{\\partial z}{\\partial z}\\frac{\\partial z}{\\partial t} = \\frac{\\partial z}{\\partial t}']),
    'holds',
  ],
  [
    'a slip from the side before, of functions that aren’t defined',
    displays(["u'(t) = 3t f(t) + g(t) = g(t) - 3t f(t)"]),
    'unknown fails',
  ],
  ['the same in another order', displays(["u'(t) = 3t f(t) + g(t) = g(t) + 3t f(t)"]), 'unknown holds'],
  ['a name in the place of another', displays(["u'(t) = a t + b t^2 = a t + a t^2"]), 'unknown fails'],
  ['a name that may have been given a value', displays(["u'(t) = a t + b t^2 = t + b t^2"]), 'unknown unknown'],
  ['a term that may be 0', displays(["u'(t) = a t + b t^2 = b t^2"]), 'unknown unknown'],
  ['a name that is put in', displays(["u'(t) = a t + b t^2 = a t + c t^2"]), 'unknown unknown'],
  [
    'an integral with a constant of its own',
    displays(['y = \\frac{1}{x}(\\int x^2\\,dx + C) = \\frac{1}{x}(\\frac{x^3}{3} + C)']),
    'holds unknown',
  ],
  ['a first side that is written again', displays(["q'(x) = \\frac{3x^2 + x}{x}", "q'(x) = 3x + 1"]), 'holds'],
  [
    'with other words between',
    `${displays(["q'(x) = \\frac{3x^2 + x}{x}"])}\nSo\n${displays(["q'(x) = 3x - 1"])}`,
    'unknown',
  ],
  ['lines of one display', displays(["q'(x) = \\frac{3x^2 + x}{x} \\\\ q'(x) = 3x - 1"]), 'fails'],
  ['numbers of one display', displays(["q'(2) = \\frac{4(4-2)}{-2} \\\\ q'(2) = \\frac{8}{-1}"]), 'fails'],
  ['two equations for one name', displays(["q'(x) = 2x + 1 \\\\ q'(x) = 5x^2 + 4"]), 'unknown'],
  [
    'a partial derivative with a prime and its variable below',
    "$f(x, y) = x^2 y$\n\n$f'_x = 2xy$, $f'_y = x^2$, $f''_{xy} = 2x$, $f''_{xx} = 2x$",
    'fails',
  ],
  ['at a point', "$f(x, y) = x^2 y$\n\n$f'_x = 2xy$, $f'_x(2, 3) = 12$", 'holds'],
  ['at a point, wrong', "$f(x, y) = x^2 y$\n\n$f'_x = 2xy$, $f'_x(2, 3) = 6$", 'fails'],
  ['at a point alone', '$f(x, y) = x^2 y$\n\n$f_y(2, 3) = 4$', 'holds'],
  ['an index below a prime', "$S_j(x) = j x^2$\n\n$S_j'(x) = 2 j x$", 'holds'],
  [
    'a sine as Spanish has it',
    '$y = \\operatorname{sen}^2(x)$\n\n$\\frac{dy}{dx} = 2\\operatorname{sen}(x)\\cos(x)$',
    'holds',
  ],
  ['in plain text', 'y = sen(3x)\n\ndy/dx = -3 cos(3x)\n', 'fails'],
  ['a tangent of old', "$y = \\mathrm{tg}\\, x$\n\n$y' = \\frac{1}{\\cos^2 x}$", 'holds'],
  [
    'a function that the chain itself would define by another name',
    '$a_2 = g(z_1) = \\frac{1}{1 + e^{-z_2}}$',
    'holds unknown',
  ],
  [
    'a function called with all the names that it is made of',
    '$f(x, y) = x + y$, $g(x) = x^2 + y^2 - 1$\n\n$L = f(x, y) - \\lambda g(x, y) = x + y - \\lambda(x^2 + y^2 - 1)$',
    'holds holds',
  ],
  [
    'a slip in it',
    '$f(x, y) = x + y$, $g(x) = x^2 + y^2 - 1$\n\n$L = f(x, y) - \\lambda g(x, y) = x + y + \\lambda(x^2 + y^2 - 1)$',
    'holds fails',
  ],
  [
    'a momentum along the motion of two angles',
    displays([
      'L = \\frac12 m \\dot{\\theta}_1^2 + m \\dot{\\theta_1}\\dot{\\theta_2}\\cos(\\theta_1 - \\theta_2)',
      '\\frac{d}{dt}\\frac{\\partial L}{\\partial \\dot{\\theta}_1} = m\\ddot{\\theta}_1 + m\\ddot{\\theta}_2\\cos(\\theta_1 - \\theta_2) - m\\dot{\\theta}_2(\\dot{\\theta}_1 - \\dot{\\theta}_2)\\sin(\\theta_1 - \\theta_2)',
    ]),
    'holds',
  ],
  [
    'with a sign that is wrong',
    displays([
      'L = \\frac12 m \\dot{\\theta}_1^2 + m \\dot{\\theta_1}\\dot{\\theta_2}\\cos(\\theta_1 - \\theta_2)',
      '\\frac{d}{dt}\\frac{\\partial L}{\\partial \\dot{\\theta}_1} = m\\ddot{\\theta}_1 + m\\ddot{\\theta}_2\\cos(\\theta_1 - \\theta_2) + m\\dot{\\theta}_2(\\dot{\\theta}_1 - \\dot{\\theta}_2)\\sin(\\theta_1 - \\theta_2)',
    ]),
    'fails',
  ],
  ['an entry that moves', displays(['x_1 = 3t^2', '\\dot{x}_1 = 6t']), 'holds'],
  [
    'a name that makes no difference is no value in words',
    displays(['T = \\frac12 m((r \\dot{u} \\cos u)^2 + (r \\dot{u} \\sin u)^2) = -\\frac12 m r^2 \\dot{u}^2']),
    'holds fails',
  ],
  [
    'what a name is elsewhere doesn’t hide a slip between sides in the same names',
    "$n = 2 - 1$\n\n# Waves\n\n$$h'(x) = \\frac{\\sin(n x)}{n} = \\frac{\\sin(n x)}{n^2}$$",
    'unknown fails',
  ],
  [
    'what is put in for a name may stand elsewhere',
    "$t = x + y$\n\n# Slopes\n\n$$h'(x) = 2 t q = 2 (x + y) q$$",
    'unknown holds',
  ],
  [
    'what is differentiated by is a variable wherever it has a value',
    '$C = (x - a)^2 + (x - b)^2$\n\n$\\frac{dC}{dx} = 2(x - a) + 2(x - b)$\n\n# Solution\n\n$x = \\frac{a + b}{2}$',
    'holds',
  ],
  [
    'which hides no slip',
    '$C = (x - a)^2 + (x - b)^2$\n\n$\\frac{dC}{dx} = 2(x - a) - 2(x - b)$\n\n# Solution\n\n$x = \\frac{a + b}{2}$',
    'fails',
  ],
  [
    'a chain through functions that stand in each other',
    '$y = f(g(h(t)))$\n\n$$\\frac{dy}{dt} = \\frac{dy}{df}\\frac{df}{dg}\\frac{dg}{dh}\\frac{dh}{dt}$$',
    'holds',
  ],
  [
    'with a link that is lost',
    '$y = f(g(h(t)))$\n\n$$\\frac{dy}{dt} = \\frac{dy}{df}\\frac{df}{dg}\\frac{dh}{dt}$$',
    'unknown',
  ],
  [
    'the exact number after a rounded one',
    displays(["q'(c) = e - 1 \\approx 1.718 = \\frac{e - 1}{1}"]),
    'unknown unknown unknown',
  ],
  ['a mark behind what has been checked', "$g(x) = x^2$\n\n$$g'(x) = 2x \\checkmark$$", 'holds'],
  ['and behind a slip', "$g(x) = x^2$\n\n$$g'(x) = 3x \\quad\\blacksquare$$", 'fails'],
  ['a current is no imaginary number', '$P = i^2 R$\n\n$\\frac{dP}{di} = 3 i R$', 'fails'],
  ['an imaginary one', '$f(x) = e^{ix}$\n\n$\\frac{df}{dx} = e^{ix}$', 'unknown'],
  ['a product rule that loses a term', "$$(f(x) g(x))' = f'(x) g(x)$$", 'fails'],
  ['of letters alone', "$$(fg)' = f'g$$", 'fails'],
  ['both terms', "$$(fg)' = f'g + fg'$$", 'holds'],
  ['a constant', "$$(cf)' = cf'$$", 'holds'],
  ['a quotient rule that loses one', "$$\\left(\\frac{f}{g}\\right)' = \\frac{f'g}{g^2}$$", 'fails'],
  ['another name for a base', "$$(a^x)' = a^x \\log x$$", 'fails'],
  [
    'a slip before a step that goes on from what is true, however far the definition',
    "$f(x) = \\frac{x^2}{x + 1}$\n\n# Slope\n\n$$f'(x) = \\frac{2x(x + 1) + x^2}{(x + 1)^2} = \\frac{x^2 + 2x}{(x + 1)^2}$$",
    'fails holds',
  ],
  [
    'one that is carried on',
    "$f(x) = \\frac{x^2}{x + 1}$\n\n# Slope\n\n$$f'(x) = \\frac{2x(x + 1) + x^2}{(x + 1)^2} = \\frac{3x^2 + 2x}{(x + 1)^2}$$",
    'unknown holds',
  ],
  [
    'a function of functions',
    '$z = f(x, y)$, $x = g(t)$, $y = h(t)$\n\n$$\\frac{dz}{dt} = \\frac{\\partial f}{\\partial x}\\frac{dx}{dt} + \\frac{\\partial f}{\\partial y}\\frac{dy}{dt}$$',
    'holds',
  ],
  [
    'with letters below',
    "$z = f(x, y)$, $x = g(t)$, $y = h(t)$\n\n$$\\frac{dz}{dt} = f_x g'(t) + f_y h'(t)$$",
    'holds',
  ],
  [
    'with paths that are confused',
    "$z = f(x, y)$, $x = g(t)$, $y = h(t)$\n\n$$\\frac{dz}{dt} = f_x h'(t) + f_y g'(t)$$",
    'fails',
  ],
  [
    'mixed derivatives',
    '$$\\frac{\\partial}{\\partial x}\\left(\\frac{\\partial f}{\\partial y}\\right) = \\frac{\\partial^2 f}{\\partial x \\partial y} = f_{yx}$$',
    'holds holds',
  ],
  [
    'a curve of any function',
    'If $F(x, y) = 0$ gives $y = y(x)$:\n\n$$\\frac{dy}{dx} = -\\frac{\\partial F/\\partial x}{\\partial F/\\partial y} = -\\frac{F_x}{F_y}$$',
    'holds holds',
  ],
  ['its sign lost', 'If $F(x, y) = 0$:\n\n$$\\frac{dy}{dx} = \\frac{F_x}{F_y}$$', 'fails'],
  ['upside down', 'If $F(x, y) = 0$:\n\n$$\\frac{dy}{dx} = -\\frac{F_y}{F_x}$$', 'fails'],
  [
    'a chain that is solved for its link',
    '$$\\frac{du}{dx} = \\frac{\\partial L}{\\partial x} / \\frac{\\partial L}{\\partial u}$$',
    'holds',
  ],
  [
    'a slope along a curve, written with a prime',
    "$x^3 + y^3 = 6xy$\n\n$$y' = \\frac{6y - 3x^2}{3y^2 - 6x} = \\frac{2y - x^2}{y^2 - 2x}$$",
    'holds holds',
  ],
  ['a sign that is lost in it', "$x^3 + y^3 = 6xy$\n\n$$y' = \\frac{6y - 3x^2}{3y^2 + 6x}$$", 'fails'],
  [
    'from the equation before, whatever y is elsewhere',
    "$y = 2x + 1$\n\n# Curve\n\n$y\\cos(xy) + xy'\\cos(xy) = 1$\n\n$$y' = \\frac{1 - y\\cos(xy)}{x\\cos(xy)}$$",
    'holds',
  ],
  ['a number lost on the way', "$2x + 2y y' = 0$\n\n$$y' = -\\frac{x}{2y}$$", 'fails'],
  ['a differential equation is no claim', "Solve $y' = 2xy$.", ''],
  ['other coordinates', "$x' = x + y$, $y' = x - y$", ''],
  [
    'numbers that are put in beside names that nothing ties to each other',
    '$F = x e^u + y u$, $u = u(x, y)$\n\n$$\\frac{\\partial F}{\\partial y} = u = 0, \\quad \\frac{\\partial F}{\\partial u} = x e^u + y = 1 + 1$$',
    'holds unknown',
  ],
]

describe('rules for steps', () => {
  for (const [rule, text, expected] of RULES) {
    it(`${rule}: ${expected}`, () => {
      const steps = claimsOf(text).at(-1)?.steps ?? []
      assert.equal(verdicts(steps), expected, steps.map(({ reason }) => reason).join(' '))
    })
  }
})

describe('what a failing step says', () => {
  const [step] =
    claimsOf(displays(['z = t^2', 't = 3x + y', '\\frac{\\partial z}{\\partial x} = 2t'])).at(-1)?.steps ?? []
  it('names the slip', () => assert.equal(step?.reason, 'The inner derivative ∂t/∂x = 3 is missing.'))
  it('has a counterexample that can be put in by hand', () => {
    const { at = {}, written, expected } = step?.counterexample ?? {}
    const tidy = (value: number): number => Number(value.toPrecision(15))
    assert.equal(written, tidy(2 * (3 * (at.x ?? 0) + (at.y ?? 0))))
    assert.equal(expected, tidy(3 * (written ?? 0)))
  })
  it('has what is right in the names of the step', () => assert.equal(step?.replacement, '6 t'))
  it('points at the definitions', () =>
    assert.deepEqual(
      step?.related.map(({ message }) => message),
      ['The definition of z.', 'The definition of t.'],
    ))
  it('writes names out where the step does', () => {
    const [other] =
      claimsOf(displays(['z = t^2', 't = x + y', '\\frac{\\partial z}{\\partial x} = x + y'])).at(-1)?.steps ?? []
    assert.equal(other?.replacement, '2 (x + y)')
  })
  it('blames the definition where no derivative fits it', () => {
    const claims = claimsOf(
      displays([
        'L = 2 \\ln c + \\lambda (I - p c + q d) + \\ln d',
        '\\frac{\\partial L}{\\partial c} = \\frac{5 a}{c} - \\lambda p + d I',
        '\\frac{\\partial L}{\\partial d} = \\frac{p}{d} - \\lambda q',
      ]).replace('5 a', '5 p'),
    )
    assert.deepEqual(
      claims.map(({ steps }) => steps[0]?.reason),
      Array(2).fill('Either this or the definition of L is wrong: other derivatives of it don’t fit either.'),
    )
  })
  it('stays plain in a plain note', () => {
    const [plain] = claimsOf('z = t²\n\nt = x + y\n\n∂z/∂x = 3t\n').at(-1)?.steps ?? []
    assert.equal(plain?.replacement, '2t')
  })
})
