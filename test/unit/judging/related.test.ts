import assert from 'node:assert/strict'
import { claimsOf, verdicts } from './note'

/** Derivatives of names that aren't functions of the variable as they are written; the verdicts on all steps of the note. */
const KINDS: Readonly<Record<string, readonly (readonly [about: string, text: string, expected: string])[]>> = {
  'related rates': [
    ['a rate through a radius', '$V = \\frac{4}{3}\\pi r^3$, so $\\frac{dV}{dt} = 4\\pi r^2 \\frac{dr}{dt}$.', 'holds'],
    ['a wrong factor', '$V = \\frac{4}{3}\\pi r^3$, so $\\frac{dV}{dt} = 2\\pi r^2 \\frac{dr}{dt}$.', 'fails'],
    ['a lost exponent', '$A = \\pi r^2$, so $\\frac{dA}{dt} = 2\\pi r^2 \\frac{dr}{dt}$.', 'fails'],
    ['two names that move', '$z = x^2 y$. $\\frac{dz}{dt} = 2xy\\frac{dx}{dt} + x^2\\frac{dy}{dt}$', 'holds'],
    ['a wrong term', '$z = x^2 y$. $\\frac{dz}{dt} = 2xy\\frac{dx}{dt} + x\\frac{dy}{dt}$', 'fails'],
    ['whether y moves isn’t said', '$z = x^2 y$. $\\frac{dz}{dt} = 2xy\\frac{dx}{dt}$', 'unknown'],
    [
      'a term with a rate that is given is lost',
      'With $\\frac{dL}{dt} = 3$ and $\\frac{dW}{dt} = 2$: $A = L W$, so $\\frac{dA}{dt} = \\frac{dL}{dt} W$.',
      'fails',
    ],
    [
      'a rate that is given as 0',
      'With $\\frac{dL}{dt} = 3$ and $\\frac{dW}{dt} = 0$: $A = L W$, so $\\frac{dA}{dt} = \\frac{dL}{dt} W$.',
      'unknown',
    ],
    ['a constant', '$E = m v^2$. $\\frac{dE}{dt} = 2 m v\\frac{dv}{dt}$', 'holds'],
    ['what stands in the derivative', '$\\frac{d}{dt}(x^2 + y^2) = 2x\\frac{dx}{dt} + 2y\\frac{dy}{dt}$', 'holds'],
    ['a product of rates', '$\\frac{d}{dt}(xy) = \\frac{dx}{dt}\\frac{dy}{dt}$', 'fails'],
    [
      'a rate at an instant',
      '$s = \\sqrt{9 + 16} = 5$: $\\frac{ds}{dt} = \\frac{3 + 4}{5} = 1.4$',
      'holds holds unknown holds',
    ],
    [
      'whose arithmetic is wrong',
      '$s = \\sqrt{9 + 16} = 5$: $\\frac{ds}{dt} = \\frac{6 + 4}{5} = 3$',
      'holds holds unknown fails',
    ],
    ['dots', '$p = m \\dot q$ and $\\frac{d}{dt}(m \\dot q) = m \\ddot q$', 'holds'],
    ['dots with a wrong factor', '$p = m \\dot q$ and $\\frac{d}{dt}(m \\dot q) = 2m \\ddot q$', 'fails'],
  ],
  'a function that is turned round': [
    [
      'a function and its inverse',
      '$y = \\log x$, so $y = \\log_e x$.\n\n$x = e^y$\n\n$\\frac{dx}{dy} = \\frac{d}{dy} e^y = e^y = x$',
      'holds holds holds',
    ],
    [
      'a wrong factor of it',
      '$y = \\log x$, so $y = \\log_e x$.\n\n$x = e^y$\n\n$\\frac{dx}{dy} = \\frac{d}{dy} e^y = 2 e^y$',
      'holds fails',
    ],
  ],
  'coordinates with a prime': [
    ['the same in both frames', "$w' = w$. $\\frac{\\partial w'}{\\partial w} = 1$", 'holds'],
    ['twice the same', "$w' = w$. $\\frac{\\partial w'}{\\partial w} = 2$", 'fails'],
    [
      'a moving frame',
      "$x = x' + V t'$, $t = t'$. $\\frac{\\partial x}{\\partial x'} = 1$ and $\\frac{\\partial x}{\\partial t'} = V$",
      'holds holds',
    ],
    [
      'with a lost sign',
      "$x = x' - V t'$, $t = t'$. $\\frac{\\partial x}{\\partial x'} = 1$ and $\\frac{\\partial x}{\\partial t'} = V$",
      'holds fails',
    ],
    [
      'a variable that is a derivative of what is differentiated',
      "$u = \\frac{\\partial x}{\\partial x'} v$ and $x = 3x'$: $s' = \\frac{\\partial s}{\\partial x'} = 3 \\frac{\\partial s}{\\partial x}$",
      'holds holds',
    ],
  ],
  curves: [
    ['a circle', 'On $x^2 + y^2 = 36$ we have $\\frac{dy}{dx} = -\\frac{x}{y}$.', 'holds'],
    ['with a lost sign', 'On $x^2 + y^2 = 36$ we have $\\frac{dy}{dx} = \\frac{x}{y}$.', 'fails'],
    ['a rate along it', '$x^2 + y^2 = 25$. $\\frac{dy}{dt} = -\\frac{x}{y}\\frac{dx}{dt}$', 'holds'],
    ['upside down', '$x^2 + y^2 = 25$. $\\frac{dy}{dt} = -\\frac{y}{x}\\frac{dx}{dt}$', 'fails'],
    [
      'what the equation makes of it',
      'On $x^2 + y^2 = 25$, $\\frac{d^2y}{dx^2} = -\\frac{y - x\\frac{dy}{dx}}{y^2} = -\\frac{25}{y^3}$.',
      'holds holds',
    ],
    [
      'what the equation doesn’t make of it',
      'On $x^2 + y^2 = 25$, $\\frac{d^2y}{dx^2} = -\\frac{y - x\\frac{dy}{dx}}{y^2} = -\\frac{24}{y^3}$.',
      'holds fails',
    ],
    [
      'an equation far above',
      `$x^2 + y^2 = 36$.${'\n\nMore.'.repeat(6)}\n\n$\\frac{dy}{dx} = \\frac{x}{y}$`,
      'unknown',
    ],
    [
      'an explicit y before it',
      '$y = \\frac{7}{x+2}$. On $y^3 = xy + 4x$: $\\frac{d(y^3)}{dx} = \\frac{d(xy)}{dx} + 4$',
      'unknown',
    ],
    ['a parameter', '$x = \\cos t$, $y = \\sin t$, $\\frac{dy}{dx} = -\\frac{\\cos t}{\\sin t}$', 'holds'],
    ['with a lost sign', '$x = \\cos t$, $y = \\sin t$, $\\frac{dy}{dx} = \\frac{\\cos t}{\\sin t}$', 'fails'],
    ['a second derivative', '$x = t^2$, $y = t^3 + t$, $\\frac{d^2y}{dx^2} = \\frac{3t^2 - 1}{4t^3}$', 'holds'],
    ['without the inner factor', '$x = t^2$, $y = t^3 + t$, $\\frac{d^2y}{dx^2} = \\frac{3t^2 - 1}{2t^2}$', 'fails'],
    ['the inverse function', '$y = x^2$, so $\\frac{dx}{dy} = \\frac{1}{2x}$.', 'holds'],
    ['the inverse function, wrong', '$y = x^2$, so $\\frac{dx}{dy} = \\frac{1}{x}$.', 'fails'],
  ],
  'rules for functions that aren’t defined': [
    ['a chain', '$\\frac{dL}{dw} = \\frac{dL}{da}\\frac{da}{dz}\\frac{dz}{dw}$', 'holds'],
    ['that doesn’t lead there', '$\\frac{dL}{db} = \\frac{dL}{dz}\\frac{dz}{dw}$', 'unknown'],
    [
      'two paths',
      '$\\frac{dz}{dt} = \\frac{\\partial z}{\\partial x}\\frac{dx}{dt} + \\frac{\\partial z}{\\partial y}\\frac{dy}{dt}$',
      'holds',
    ],
    [
      'a path of which half is another’s',
      '$\\frac{dz}{dt} = \\frac{\\partial z}{\\partial x}\\frac{dx}{dt} + \\frac{\\partial z}{\\partial y}\\frac{dx}{dt}$',
      'unknown',
    ],
    [
      'total and partial by the same variable',
      '$\\frac{df}{dt} = \\frac{\\partial f}{\\partial t} + \\frac{\\partial f}{\\partial x}\\frac{dx}{dt}$',
      'holds',
    ],
    [
      'edges beside paths',
      '$\\frac{\\partial h_3}{\\partial W} = \\frac{\\partial h_3}{\\partial h_2}\\frac{\\partial h_2}{\\partial W} + \\frac{\\partial h_3}{\\partial h_2}\\frac{\\partial h_2}{\\partial h_1}\\frac{\\partial h_1}{\\partial W}$',
      'holds',
    ],
    ['a product', "$(fg)' = f'g + fg'$", 'holds'],
    ['a product of derivatives', "$(fg)' = f'g'$", 'fails'],
    ['a quotient', "$\\frac{d}{dx}\\left[\\frac{f}{g}\\right] = \\frac{f'g - fg'}{g^2}$", 'holds'],
    ['a quotient the wrong way round', "$\\frac{d}{dx}\\left[\\frac{f}{g}\\right] = \\frac{fg' - f'g}{g^2}$", 'fails'],
    ['a wrong rule that is called one', "Common mistake: $(fg)' = f'g'$", 'unknown'],
  ],
}

describe('derivatives of names that depend on each other', () => {
  for (const [kind, rows] of Object.entries(KINDS)) {
    describe(kind, () => {
      for (const [about, text, expected] of rows) {
        it(`${about}: ${expected}`, () => {
          assert.equal(verdicts(claimsOf(text).flatMap(({ steps }) => steps)), expected)
        })
      }
    })
  }
})
