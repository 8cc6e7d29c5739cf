/** Notes in which nothing is wrong, or nothing that can be known to be: not one step may be marked. */
export const SILENT_NOTES: readonly (readonly [about: string, text: string])[] = [
  [
    'implicit differentiation after another y',
    `# Examples
## Powers
$y = x^2$ gives $\\frac{dy}{dx} = 2x$.
## Circles
On the circle $x^2 + y^2 = 1$ we have $2x + 2y \\frac{dy}{dx} = 0$, so
$$\\frac{dy}{dx} = -\\frac{x}{y}$$`,
  ],
  [
    'implicit differentiation in the same section',
    `$y = x^2$ is easy. Now $x^2 + y^2 = 25$:
$$\\frac{dy}{dx} = -\\frac{x}{y}$$`,
  ],
  [
    'an initial value right behind a derivative, in a list of exercises',
    `1. The exact solution is $y = e^{1-\\cos t}$.

2. Use Euler's method on $y' = -y + \\sin(t)$, $y(0) = 0$.`,
  ],
  [
    'a sum over something that is no index, of a name that has its own',
    `The cost is $$C = \\sum{(y_i-a^L_i)^2}$$ for one example, and over all of them
$$C=\\frac{1}{n}\\sum_{\\forall x}C_x$$`,
  ],
  [
    'a difference quotient without its limit',
    `$f(x) = x^2$
$$f'(x) = \\frac{f(x + h) - f(x)}{h} = 2x + h$$`,
  ],
  [
    'a numeric derivative',
    `$f(x) = x^2$
$$f'(x) = \\frac{f(x + 0.0001) - f(x - 0.0001)}{0.0002}$$`,
  ],
  ['a value at a point that is given in words', `Let $y = x^2$. At the point one, $\\frac{dy}{dx} = 2$.`],
  ['a value at a point behind the derivative', `$y = x^2$, so $\\frac{dy}{dx} = 2x = 2$ where we are.`],
  ['a value at a point that is bound', `$y = x^2$, $x = 3$\n$$\\frac{dy}{dx} = 2x = 6$$`],
  ['a rounded value', `$y = \\sin x$, $x = 1$\n$$\\frac{dy}{dx} = \\cos x = 0.54$$`],
  [
    'a first-order condition',
    `$$L = x y - \\lambda (x + y - 1)$$\n$$\\frac{\\partial L}{\\partial x} = y - \\lambda = 0$$`,
  ],
  ['a slope that gets a name', `$y = a x + b$ has the slope $\\frac{dy}{dx} = m$.`],
  ['marginal cost', `$C = 5 + 2q$\n$$\\frac{dC}{dq} = MC$$`],
  ['velocity', `$s = \\frac{1}{2} g t^2$\n$$v = \\frac{ds}{dt} = g t$$`],
  ['velocity that is named in the middle', `$$\\frac{dx}{dt} = v = v_0 + a t$$`],
  ['force', `$F = m a$\n$$F = m a = m \\frac{dv}{dt}$$`],
  ['growth', `$$\\frac{dN}{dt} = r N$$\nwith the solution $N = N_0 e^{r t}$.`],
  ['logistic growth', `$P = \\frac{K}{1 + A e^{-r t}}$\n$$\\frac{dP}{dt} = r P (1 - \\frac{P}{K})$$`],
  ['logarithm to base ten', `$y = \\log x$\n$$\\frac{dy}{dx} = \\frac{1}{x \\ln 10}$$`],
  [
    'an update',
    `$L = (w - 1)^2$\n$$w = w - \\eta \\frac{\\partial L}{\\partial w}$$\n$$w_{new} = w - 2 \\eta (w - 1)$$`,
  ],
  ['a standard deviation', `$z = \\frac{x - \\mu}{s}$, $s = \\sqrt{s^2}$\n$$s = \\sqrt{v} = \\sqrt{s^2} = s$$`],
  [
    'softmax with its sum left out',
    `$$L = -\\sum_i t_i \\log y_i$$\n$$\\frac{\\partial L}{\\partial a_k} = y_k - t_k$$`,
  ],
  ['a layer', `$$z = W x + b$$\n$$\\frac{\\partial L}{\\partial W} = \\frac{\\partial L}{\\partial z} x^\\top$$`],
  ['a layer in batches', `$Z = X W + B$\n$$\\frac{\\partial L}{\\partial W} = X^T \\frac{\\partial L}{\\partial Z}$$`],
  [
    'the error of a layer',
    `$a = \\sigma(z)$\n$$\\delta = \\frac{\\partial L}{\\partial z} = \\frac{\\partial L}{\\partial a} \\sigma'(z)$$`,
  ],
  [
    'an error that is known',
    `$a = \\sigma(z)$, $z = w x + b$\n$$\\frac{\\partial L}{\\partial w} = \\frac{\\partial L}{\\partial a} \\frac{\\partial a}{\\partial z} \\frac{\\partial z}{\\partial w} = (a - y) x$$`,
  ],
  ['squares of a norm', `$f = \\|x\\|^2$\n$$\\frac{\\partial f}{\\partial x} = 2x$$`],
  ['a quadratic form', `$f = x^T A x$\n$$\\frac{\\partial f}{\\partial x} = (A + A^T) x$$`],
  [
    'bold vectors',
    `$y = \\mathbf{w} \\cdot \\mathbf{x}$\n$$\\frac{\\partial y}{\\partial \\mathbf{w}} = \\mathbf{x}$$`,
  ],
  [
    'rules in general',
    `$$(f g)' = f' g + f g'$$\n$$\\left(\\frac{f}{g}\\right)' = \\frac{f' g - f g'}{g^2}$$\n$$(x^n)' = n x^{n-1}$$`,
  ],
  ['rules with arguments', `$$\\frac{d}{dx} (u v) = \\frac{du}{dx} v + u \\frac{dv}{dx}$$`],
  ['functions first, derivatives after', `$f(x) = x^2$, $f(x) = x^3$\n\n$f'(x) = 2x$, $f'(x) = 3x^2$`],
  [
    'a table of derivatives',
    `| function | derivative |\n|---|---|\n| $f(x) = x^2$ | $f'(x) = 2x$ |\n| $f(x) = \\sin x$ | $f'(x) = \\cos x$ |`,
  ],
  ['two functions under one letter', `$y = \\sin x$ and, below, $y = f(x)$.\n$$\\frac{dy}{dx} = f'(x)$$`],
  ['a function that is called by another letter', `$f(x) = \\sin x$\n\n$y = x^2$\n$$\\frac{dy}{dx} = f'(x)$$`],
  ['whole multiples of pi', `$f(x) = \\sin x$\n$$f(n \\pi) = \\sin(n \\pi) = 0$$`],
  ['a root of a square', `$r = \\sqrt{x^2}$\n$$\\frac{dr}{dx} = 1$$`],
  ['the positive branch of a rectifier', `$h = \\max(0, u)$\n$$\\frac{dh}{du} = 1$$`],
  ['an approximation', `$y = \\sin x \\approx x$\n$$\\frac{dy}{dx} \\approx 1$$`],
  [
    'an approximation with an equals sign',
    `$y = e^{0.001 x}$, small.\n$$\\frac{dy}{dx} = 0.001 e^{0.001 x} = 0.001001 e^{0.001 x}$$`,
  ],
  ['terms left out', `$f(x) = e^x$\n$$f'(x) = 1 + x + \\frac{x^2}{2} + \\cdots$$`],
  ['a sloppy sigmoid', `y = 1/1+e^-x\n\ndy/dx = y(1-y)`],
  ['an exponent without braces', `$f(x) = e^2x$\n$$f'(x) = 2e^2x$$`],
  [
    'an assumption in words',
    `$Y = A K^a N^b$ where we assume that $K$ is fixed to 1.\n$$\\frac{\\partial Y}{\\partial N} = b A N^{b-1}$$`,
  ],
  ['an error called e', `$e = y - t$, $L = e^2$\n$$\\frac{\\partial L}{\\partial e} = 2e$$`],
  ['a new variable with a prime', `$x' = x \\cos a - y \\sin a$\n\n$y' = x \\sin a + y \\cos a$`],
  [
    'a partial derivative beside a total one',
    `$z = x t$, $t = x + y$\n$$\\frac{\\partial z}{\\partial x} = t$$\n$$\\frac{dz}{dx} = t + x$$`,
  ],
  ['another constant of integration', `$$\\frac{dy}{dx} = 2x$$\n$$y = x^2 + C$$`],
  ['a limit', `$f(x) = x^2$\n$$f'(x) = \\lim_{h \\to 0} \\frac{f(x + h) - f(x)}{h} = 2x$$`],
  ['a gradient as a vector', `$f = x^2 + y^2$\n$$\\nabla f = (2x, 2y)$$`],
  [
    'an index that counts',
    `$E = \\frac{1}{2} \\sum_k (t_k - o_k)^2$, $o_k = \\sigma(n_k)$\n$$\\frac{\\partial E}{\\partial o_k} = -(t_k - o_k)$$`,
  ],
  ['statistics', `$\\hat{y} = b_0 + b_1 x$\n$$b_1 = \\frac{\\partial \\hat{y}}{\\partial x}$$`],
  ['thermodynamics', `$dU = T dS - p dV$\n$$\\frac{\\partial U}{\\partial S} = T$$`],
  ['an elasticity', `$q = a p^{-b}$\n$$\\epsilon = \\frac{dq}{dp} \\frac{p}{q} = -b$$`],
  ['the tangent line', `$f(x) = x^2$\n\n$y = f(a) + f'(a)(x - a) = a^2 + 2a(x - a)$`],
  [
    'a second meaning in another section',
    `# A\n$f(x) = x^2$\n# B\n$y = f(x) = \\sin x$\n$$y = f(x) = \\sin x = \\cos(\\frac{\\pi}{2} - x)$$`,
  ],
  ['units', `$E = m c^2$\n$$E = m c^2 = 9 \\times 10^{16}$$`],
  [
    'a function that only its derivative tells',
    '$y = e^{-x}$\n\n$$\\frac{dy}{dx} = \\frac{d}{dx} (x^2 + 1) = 2x$$\n\n$$\\frac{dy}{dx} = 2x$$',
  ],
  ['a definition that comes later', '$$\\frac{dy}{dx} = 3x^2$$\n\nLater on, $y = e^x$.'],
  [
    'stationary points that are solved for',
    '$z = x^3 + y^3 - 3xy$\n$$\\frac{\\partial z}{\\partial y} = 3y^2 - 3x = 0$$\n$y = x^2$, $x = y^2$\n$$\\frac{\\partial^2 z}{\\partial x \\partial y} = -3$$',
  ],
  [
    'a rate of substitution',
    '$U = x^a y^b$\n$$MU_x = \\frac{\\partial U}{\\partial x} = a x^{a-1} y^b$$\n$$MRS = \\frac{MU_x}{MU_y} = \\frac{a y}{b x} = \\frac{p_x}{p_y}$$',
  ],
  [
    'a condition that the answer uses',
    'With $q_1 + q_2 = 1$ and $H = -q_1 \\log s - q_2 \\log (1 - s)$:\n$$\\frac{dH}{ds} = -\\frac{q_1}{s} + \\frac{q_2}{1 - s} = \\frac{s - q_1}{s(1 - s)}$$',
  ],
  [
    'a condition that is put in first',
    '$V = \\log r + \\log s$ with $r + s = 8$:\n$$\\frac{dV}{dr} = \\frac{1}{r} - \\frac{1}{8 - r} = 0$$',
  ],
  [
    'a result of the condition',
    '$Y = B K^a L^{1-a}$, $R = p Y - w L$\n$$\\frac{\\partial R}{\\partial L} = p (1 - a) \\frac{Y}{L} - w = 0$$\nand so $w = p(1-a) \\frac{Y}{L}$.',
  ],
  [
    'a determinant of derivatives of names that stand for each other',
    '$x = g(y)$ and $y = h(x)$\n$$J = \\left|\\frac{\\partial(x, y)}{\\partial(u, v)}\\right| = \\begin{vmatrix} \\frac{\\partial x}{\\partial u} & \\frac{\\partial x}{\\partial v} \\\\ \\frac{\\partial y}{\\partial u} & \\frac{\\partial y}{\\partial v} \\end{vmatrix}$$',
  ],
  [
    'a chain that ends in other names',
    '$T = \\frac{1}{2} m \\dot r^2 + \\frac{1}{2} m r^2 u^2$, $p = \\frac{\\partial T}{\\partial \\dot r} = m \\dot r$, $q = \\frac{\\partial T}{\\partial u} = m r^2 u$\n$H = p \\dot r + q u - T = \\frac{p^2}{2m} + \\frac{q^2}{2 m r^2}$\n$$-\\frac{\\partial H}{\\partial r} = \\frac{q^2}{m r^3}$$\n$$\\dot p = -\\frac{\\partial H}{\\partial r} = \\frac{q^2}{m r^3}$$',
  ],
  [
    'a new variable in a part of the function',
    '$l = -\\log s - \\frac{(x - m)^2}{2 s^2}$; with $v = s^2$ we get\n$$\\frac{\\partial l}{\\partial v} = -\\frac{1}{2v} + \\frac{(x - m)^2}{2 v^2}$$',
  ],
  [
    'a name of two letters behind a d',
    '$C = q^3 - 2q^2 + 7q$; $AC = \\frac{C}{q} = q^2 - 2q + 7$ and\n$$\\frac{dAC}{dq} = 2q - 2$$',
  ],
  [
    'the constant that its limit defines',
    "The number $e$:\n$$e = \\lim_{n \\to \\infty} (1 + \\frac{1}{n})^n$$\nFor $f(x) = e^x$ we have $f'(x) = e^x$.",
  ],
  ['Japanese prose', `関数 $y = x^3$ を考える。$x = 2$ のとき $\\frac{dy}{dx} = 12$ である。`],
  ['Chinese prose', `设 $L = \\frac{1}{2}(y - t)^2$，则 $\\frac{\\partial L}{\\partial y} = y - t$。`],
]
