import assert from 'node:assert/strict'
import { claimsOf, verdicts } from './note'

const PROSE = 'One more line of words.\n\nAnother line.\n\nA third one.\n\nA fourth line.\n\nAnd a fifth.\n\n'
/** f is an array in another section, and a function of two variables here. */
const CHAIN =
  '## Layers\n$f = W a$ where $W \\in \\mathbb{R}^{m \\times n}$ and $a \\in \\mathbb{R}^n$.\n\n## Chains\n$z = f(u, v)$ with $u = x^2 + y$ and $v = x y$:\n\n'
const PATHS =
  '\\frac{\\partial f}{\\partial u} \\frac{\\partial u}{\\partial x} + \\frac{\\partial f}{\\partial v} \\frac{\\partial v}{\\partial x}'
/** y is a function in another section, and a variable here. */
const LIGHT =
  '## Lines\n$y = m x + b$ with $v = \\frac{dy}{dx} = m$ and $w = y^2$\n\n## Light\n$T = \\frac{\\sqrt{p^2 + y^2}}{v} + \\frac{\\sqrt{q^2 + (h - y)^2}}{w}$ and\n\n'
const FIRST =
  '$$\\frac{dT}{dy} = \\frac{1}{v} \\frac{2y}{2\\sqrt{p^2 + y^2}} - \\frac{1}{w} \\frac{2(h - y)}{2\\sqrt{q^2 + (h - y)^2}}$$'
const SECOND =
  '$$\\frac{dT}{dy} = \\frac{1}{v} \\frac{y}{\\sqrt{p^2 + y^2}} - \\frac{1}{w} \\frac{h - y}{\\sqrt{q^2 + (h - y)^2}}$$'
const SOFTMAX = '$$y_k = \\frac{e^{a_k}}{\\sum_j e^{a_j}}$$\n\n'

const HILL = '$$f(x, y) = x^2 \\sin 2y$$\n\n'

/** What an alarm needs, and what does without: the verdicts on all steps of the note, right and wrong siblings side by side. */
const KINDS: Readonly<Record<string, readonly (readonly [about: string, text: string, expected: string])[]>> = {
  'names whose definitions are far away': [
    ['false whatever the name stands for', `$b = q + 3$\n\n${PROSE}$$\\frac{d}{dx}(b^x) = b^x \\ln x$$`, 'fails'],
    ['right whatever it stands for', `$b = q + 3$\n\n${PROSE}$$\\frac{d}{dx}(b^x) = b^x \\ln b$$`, 'holds'],
    ['a curve', `$y = x^2$\n\n${PROSE}$$\\frac{d}{dx}(y^3) = y^2 \\frac{dy}{dx}$$`, 'fails'],
    ['of which only the name is differentiated', `$y = x^2$\n\n${PROSE}$$\\frac{dy}{dx} = 3x^2$$`, 'unknown'],
    [
      'a slip behind a step that worked them out',
      `$z = u^2 v$, $u = x + 3$, $v = x - 1$\n\n${PROSE}$$\\frac{dz}{dx} = 2(x+3)(x-1) + (x+3)^2 = (x+3)(2(x+1) + x + 3)$$`,
      'holds fails',
    ],
    [
      'another formula behind such a step',
      `$z = u^2 v$, $u = x + 3$, $v = x - 1$\n\n${PROSE}$$\\frac{dz}{dx} = 2(x+3)(x-1) + (x+3)^2 = \\sin x + \\ln x$$`,
      'holds unknown',
    ],
    [
      'the name by which a head differentiates and of which',
      '$y = \\ln 2x$ is easy.\n\n## Example 2\n$\\frac{d(\\ln y)}{dy} \\frac{dy}{dx} = 2 \\ln x \\cdot \\frac{1}{x}$',
      'unknown',
    ],
  ],
  'the place of a derivative, its function behind it': [
    ['the variables themselves', `${HILL}$$\\frac{\\partial f}{\\partial x}(x, y) = 2x \\sin 2y$$`, 'holds'],
    ['a factor lost', `${HILL}$$\\frac{\\partial f}{\\partial x}(x, y) = x \\sin 2y$$`, 'fails'],
    ['a point', `${HILL}$$\\frac{\\partial f}{\\partial y}(x_0, y_0) = 2x_0^2 \\cos 2y_0$$`, 'holds'],
    ['a factor lost at a point', `${HILL}$$\\frac{\\partial f}{\\partial y}(x_0, y_0) = x_0^2 \\cos 2y_0$$`, 'fails'],
    [
      'in a column',
      `${HILL}$$\\nabla f(x_0, y_0) = \\begin{pmatrix} \\frac{\\partial f}{\\partial x}(x_0, y_0) \\\\ \\frac{\\partial f}{\\partial y}(x_0, y_0) \\end{pmatrix} = \\begin{pmatrix} 2x_0 \\sin 2y_0 \\\\ 2x_0^2 \\cos 2y_0 \\end{pmatrix}$$`,
      'holds holds',
    ],
    [
      'other letters, of which it is not told which is which',
      `${HILL}$$\\frac{\\partial f}{\\partial x}(a, b) = 2a \\sin 2b$$`,
      '',
    ],
  ],
  'rows that lost one of two backslashes': [
    ['right', `${HILL}$$\\nabla f = \\begin{pmatrix} 2x \\sin 2y \\ 2x^2 \\cos 2y \\end{pmatrix}$$`, 'holds'],
    ['wrong', `${HILL}$$\\nabla f = \\begin{pmatrix} 2x \\sin 2y \\ x^2 \\cos 2y \\end{pmatrix}$$`, 'fails'],
  ],
  'what is known of a function that is written nowhere': [
    [
      'its arguments change places',
      '$$\\frac{\\partial}{\\partial y} F(x, y, z) = \\frac{\\partial}{\\partial y} F(y, x, z)$$',
      'unknown',
    ],
    [
      'of one that is written',
      '$F(x, y) = x^2 y$\n\n$$\\frac{\\partial}{\\partial y} F(x, y) = \\frac{\\partial}{\\partial y} F(y, x)$$',
      'fails',
    ],
    ['the rule for a chain', "$$\\frac{d}{dx} f(x^2) = 2x f'(x^2)$$", 'holds'],
  ],
  'letters that another section uses for something else': [
    [
      'a chain',
      `${CHAIN}$$\\frac{\\partial z}{\\partial x} = ${PATHS} = f_u \\cdot 2x + f_v \\cdot y$$`,
      'holds holds',
    ],
    ['a lost path', `${CHAIN}$$\\frac{\\partial z}{\\partial x} = ${PATHS} = f_u \\cdot 2x$$`, 'holds fails'],
    [
      'a wrong sign',
      `${CHAIN}$$\\frac{\\partial z}{\\partial x} = ${PATHS} = f_u \\cdot 2x - f_v \\cdot y$$`,
      'holds fails',
    ],
    ['another formula', `${CHAIN}$$\\frac{\\partial z}{\\partial x} = ${PATHS} = \\sin x$$`, 'holds unknown'],
    [
      'a lost path where nothing else shows what is meant',
      `${CHAIN}$$\\frac{\\partial z}{\\partial x} = f_u \\cdot 2x$$`,
      'unknown',
    ],
  ],
  'lines that go on from the same first side': [
    ['right, one by one', `${LIGHT}${FIRST}\n\n${SECOND}`, 'holds holds holds holds'],
    ['with a slip in the first', `${LIGHT}${FIRST.replace('}} - ', '}} + ')}\n\n${SECOND}`, 'holds holds fails holds'],
    ['with a slip in the second', `${LIGHT}${FIRST}\n\n${SECOND.replace('}} - ', '}} + ')}`, 'holds holds holds fails'],
    ['another formula', `${LIGHT}${FIRST}\n\n$$\\frac{dT}{dy} = \\sin y$$`, 'holds holds holds fails'],
  ],
  'vectors of which one is differentiated': [
    [
      'whether the other moves isn’t said',
      '$$\\frac{d}{dt}(\\vec r \\times \\vec p) = \\frac{d\\vec r}{dt} \\times \\vec p$$',
      'unknown',
    ],
    [
      'both',
      '$$\\frac{d}{dt}(\\vec r \\times \\vec p) = \\frac{d\\vec r}{dt} \\times \\vec p + \\vec r \\times \\frac{d\\vec p}{dt}$$',
      'holds',
    ],
  ],
  'a name that is any function': [
    [
      'a rule behind an example of it',
      "$u = 2x^2 + 3x$, $y = \\sin u$: $y' = \\cos u \\cdot u'$. In general $y' = f'(u) \\cdot u'$.",
      'holds unknown',
    ],
    ['a slip in the example', "$u = 2x^2 + 3x$, $y = \\sin u$: $y' = -\\cos u \\cdot u'$.", 'fails'],
  ],
  'derivatives by derivatives': [
    [
      'of which nothing is known but names',
      "$$\\frac{\\partial f}{\\partial Y'} = \\frac{\\partial f}{\\partial y'}\\frac{\\partial y'}{\\partial Y'} = \\frac{\\partial f}{\\partial y'}$$",
      'holds unknown',
    ],
    [
      'of what is written out',
      '$$\\frac{\\partial f}{\\partial y} = \\frac{\\partial}{\\partial y}(x^2) + \\frac{\\partial}{\\partial y}(x y) = 0 + 2x$$',
      'unknown fails',
    ],
  ],
  'a number that is differentiated': [
    [
      'right',
      "$g(x) = 2x^4 - 6x + 7$\n\n$$g'(x) = \\frac{d}{dx}(2x^4) - \\frac{d}{dx}(6x) + \\frac{d}{dx}(7)$$",
      'holds',
    ],
    [
      'beside a lost factor',
      "$g(x) = 2x^4 - 6x + 7$\n\n$$g'(x) = \\frac{d}{dx}(2x^4) - \\frac{d}{dx}(x) + \\frac{d}{dx}(7)$$",
      'fails',
    ],
  ],
  'paths that a claim leaves out': [
    [
      'which another claim follows',
      '$$\\frac{\\partial f}{\\partial x} = \\frac{\\partial f}{\\partial v} \\frac{\\partial v}{\\partial x}$$\n\n$$\\frac{\\partial f}{\\partial y} = \\frac{\\partial f}{\\partial u} \\frac{\\partial u}{\\partial y} + \\frac{\\partial f}{\\partial v} \\frac{\\partial v}{\\partial y}$$',
      'unknown holds',
    ],
    [
      'which the function is written with',
      'Let $f(u, v)$ be a function of $u = u(x, y)$ and $v = v(x, y)$. $$\\frac{\\partial f}{\\partial x} = \\frac{\\partial f}{\\partial v} \\frac{\\partial v}{\\partial x}$$',
      'unknown',
    ],
    [
      'of other variables',
      '$$\\frac{\\partial L}{\\partial p} = \\frac{\\partial L}{\\partial u} \\frac{\\partial u}{\\partial p}$$\n\n$$\\frac{\\partial L}{\\partial q} = \\frac{\\partial L}{\\partial v} \\frac{\\partial v}{\\partial q}$$',
      'holds holds',
    ],
    [
      'that are the same path',
      '$$\\frac{\\partial L}{\\partial w} = \\frac{\\partial L}{\\partial z} \\frac{\\partial z}{\\partial w}$$\n\n$$\\frac{\\partial L}{\\partial w} = \\frac{\\partial L}{\\partial a} \\frac{\\partial a}{\\partial z} \\frac{\\partial z}{\\partial w}$$',
      'holds holds',
    ],
  ],
  'a curve that its equations speak of': [
    [
      'solved behind them',
      'By $x^2 + y^2 = 4$:\n\nwe take\n\n$$\\frac{d}{dx}(x^2) + \\frac{d}{dx}(y^2) = 0$$\n\nso that\n\n$$2x + 2y \\frac{dy}{dx} = 0$$\n\nand we solve\n\n$$\\frac{dy}{dx} = -\\frac{x}{x}$$',
      'fails',
    ],
  ],
  'lines that are set to 0': [
    [
      'and go on as they were',
      "$$\\begin{aligned}p'(x) &= q(x) (x - 3)(x + 3) = 0 \\\\ p'(x) &= q(x) (x^2 - 9)\\end{aligned}$$",
      'unknown unknown holds',
    ],
    [
      'with a slip',
      "$$\\begin{aligned}p'(x) &= q(x) (x - 3)(x + 3) = 0 \\\\ p'(x) &= q(x) (x^2 + 9)\\end{aligned}$$",
      'unknown unknown fails',
    ],
  ],
  'claims further on that show what is meant': [
    [
      'a slip before one that holds',
      `$f = y^2 \\ln x$\n\n${PROSE}$\\frac{\\partial f}{\\partial x} = \\frac{y^3}{x}$ and $\\frac{\\partial f}{\\partial y} = 2y \\ln x$`,
      'fails holds',
    ],
    [
      'another formula',
      `$f = y^2 \\ln x$\n\n${PROSE}$\\frac{\\partial f}{\\partial x} = \\sin(x y)$ and $\\frac{\\partial f}{\\partial y} = 2y \\ln x$`,
      'unknown holds',
    ],
  ],
  'values that are given': [
    [
      'near to what the function of another place gives',
      `$f(t) = 3t$ has $\\frac{df}{dt} = 3$.\n\n${PROSE}A transform with $f(0) = 1$, $f'(0) = -3$.`,
      'holds unknown unknown',
    ],
  ],
  'equations right before a claim': [
    [
      'solved for the derivative',
      'We differentiate: $2x + 2y \\frac{dy}{dx} = 0$, so $\\frac{dy}{dx} = -\\frac{x}{y}$.',
      'holds',
    ],
    ['with a lost sign', 'We get $2x + 2y \\frac{dy}{dx} = 0$, so $\\frac{dy}{dx} = \\frac{x}{y}$.', 'fails'],
    ['upside down', 'We get $2x + 2y \\frac{dy}{dx} = 0$, so $\\frac{dy}{dx} = -\\frac{y}{x}$.', 'fails'],
    [
      'numbers at an instant',
      '$$24 + 16\\frac{dy}{dt} = 0$$\n$$\\frac{dy}{dt} = -\\frac{24}{16} = -\\frac{3}{2}$$',
      'holds holds',
    ],
    [
      'with a lost sign, carried on',
      '$$24 + 16\\frac{dy}{dt} = 0$$\n$$\\frac{dy}{dt} = \\frac{24}{16} = \\frac{3}{2}$$',
      'fails unknown',
    ],
    [
      'in which rates are put in that stand elsewhere',
      'We get $x \\frac{dx}{dt} + y \\frac{dy}{dt} = 0$, so $\\frac{dy}{dt} = -\\frac{6}{4} = -\\frac{3}{2}$.',
      'unknown holds',
    ],
    [
      'of another exercise',
      'We get $2x + 2y \\frac{dy}{dx} = 0$.\n\n## Example 2\nHere $\\frac{dy}{dx} = \\frac{x}{y}$.',
      'unknown',
    ],
  ],
  'what holds once a sign or a number is changed': [
    [
      'a chain of functions that aren’t defined',
      '$$\\frac{\\partial z}{\\partial t} = \\frac{\\partial z}{\\partial x} \\frac{\\partial x}{\\partial t} + \\frac{\\partial z}{\\partial y} \\frac{\\partial y}{\\partial t}$$',
      'holds',
    ],
    [
      'with a wrong sign',
      '$$\\frac{\\partial z}{\\partial t} = \\frac{\\partial z}{\\partial x} \\frac{\\partial x}{\\partial t} - \\frac{\\partial z}{\\partial y} \\frac{\\partial y}{\\partial t}$$',
      'fails',
    ],
    [
      'with a path that may not be there',
      '$$\\frac{\\partial z}{\\partial t} = \\frac{\\partial z}{\\partial x} \\frac{\\partial x}{\\partial t} + \\frac{\\partial z}{\\partial y} \\frac{\\partial y}{\\partial t} = \\frac{\\partial z}{\\partial x} \\frac{\\partial x}{\\partial t}$$',
      'holds unknown',
    ],
    ['whatever the variable is', "$$(a^x)' = -a^x \\ln a$$", 'fails'],
    ['and right', "$$(a^x)' = a^x \\ln a$$", 'holds'],
  ],
  'sides that say it themselves': [
    [
      'a sign behind a derivative that is written out',
      '$$\\frac{\\partial D}{\\partial x} = \\frac{\\partial}{\\partial x}(-e^{-x} \\sin y) = \\sin y \\frac{d}{dx}(-e^{-x}) = -e^{-x} \\sin y$$',
      'unknown holds fails',
    ],
    [
      'the right sign',
      '$$\\frac{\\partial D}{\\partial x} = \\frac{\\partial}{\\partial x}(-e^{-x} \\sin y) = \\sin y \\frac{d}{dx}(-e^{-x}) = e^{-x} \\sin y$$',
      'unknown holds holds',
    ],
    [
      'a name that is put in',
      '$$\\frac{\\partial D}{\\partial x} = \\frac{\\partial}{\\partial x}(x^2 y) = 2 x y = 2 x$$',
      'unknown holds unknown',
    ],
    ['another formula', '$$\\frac{dp}{dt} = 3 t^2 q = \\sin(t q)$$', 'unknown unknown'],
    [
      'where not all values are in the domain',
      "$$p'(x) = \\sin(n x) \\frac{n}{\\sqrt{1 - x^3}} = \\frac{n \\sin(n x)}{\\sqrt{1 - x^2}}$$",
      'unknown fails',
    ],
    [
      'a chain that begins with a name',
      '$$K = \\sum_q w_q = \\frac{m v^2}{2} = \\frac{m v}{2}$$',
      'holds unknown fails',
    ],
  ],
  'functions of a function that isn’t defined': [
    ['the power rule', "$u = g(x)$. $f(x) = u^n$ has $f'(x) = n u^{n-1} u'$.", 'holds'],
    ['with a wrong exponent', "$u = g(x)$. $f(x) = u^n$ has $f'(x) = n u^{n-2} u'$.", 'fails'],
    ['without the inner derivative', "$u = g(x)$. $f(x) = \\sin(u)$ has $f'(x) = \\cos(u)$.", 'unknown'],
  ],
  'conditions on indices': [
    ['the same', `${SOFTMAX}$$\\frac{\\partial y_k}{\\partial a_i} = y_k (1 - y_i), \\quad i = k$$`, 'holds'],
    ['different', `${SOFTMAX}$$\\frac{\\partial y_k}{\\partial a_i} = -y_k y_i, \\quad i \\neq k$$`, 'holds'],
    ['not said', `${SOFTMAX}$$\\frac{\\partial y_k}{\\partial a_i} = y_k (1 - y_i)$$`, 'fails'],
    ['exchanged', `${SOFTMAX}$$\\frac{\\partial y_k}{\\partial a_i} = y_k (1 - y_i), \\quad i \\neq k$$`, 'fails'],
  ],
  'a value that a name has been given since': [
    [
      'in the same sentence',
      "With $b = b_1$ let $f(x) = b^x$.\n\n$f'(x) = b^x \\ln b$, and when $b = e$ we have $f'(x) = e^x$.",
      'holds holds',
    ],
    [
      'and a slip',
      "With $b = b_1$ let $f(x) = b^x$.\n\n$f'(x) = b^x \\ln b$, and when $b = 3$ we have $f'(x) = 2 \\cdot 3^x \\ln 3$.",
      'holds fails',
    ],
  ],
  'both sides of an equation, differentiated': [
    [
      'which says what y is',
      'For $y = \\sqrt{1 - x^2}$ it is easy. Now $\\sin(x + y) = y^2$:\n$$\\frac{d}{dx}(\\sin(x + y)) = \\frac{d}{dx}(y^2)$$',
      'unknown',
    ],
  ],
}

describe('evidence', () => {
  for (const [kind, rows] of Object.entries(KINDS)) {
    describe(kind, () => {
      for (const [about, text, expected] of rows) {
        it(about, () => {
          const steps = claimsOf(text).flatMap((claim) => claim.steps)
          const told = steps.map(({ latex, verdict, reason }) => `${latex}: ${verdict} ${reason ?? ''}`).join('\n')
          assert.equal(verdicts(steps), expected, told)
        })
      }
    })
  }
})
