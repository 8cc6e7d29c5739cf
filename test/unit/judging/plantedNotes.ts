/** Whole notes with mistakes in them; the marker stands behind each step that must be marked, and nothing else may be. */
export const MARK = '%✗'

export const PLANTED_NOTES: readonly (readonly [about: string, text: string])[] = [
  [
    'English, a neuron',
    `# A single neuron

We train one neuron $y = \\sigma(a)$ with $a = w x + b$ on the squared error
$$L = \\frac{1}{2} (y - t)^2.$$

## Backward pass

The error changes with the output as
$$\\frac{\\partial L}{\\partial y} = y - t,$$
and the output with the activation as
$$\\frac{\\partial y}{\\partial a} = y (1 + y)${MARK}.$$
So for the weight
$$
\\begin{aligned}
\\frac{\\partial L}{\\partial w} &= \\frac{\\partial L}{\\partial y} \\frac{\\partial y}{\\partial a} \\frac{\\partial a}{\\partial w} \\\\
&= (y - t) y (1 - y) x
\\end{aligned}
$$
and for the bias
$$\\frac{\\partial L}{\\partial b} = (y - t) y (1 - y) x${MARK}$$

## Update

$$w \\leftarrow w - \\eta \\frac{\\partial L}{\\partial w}$$
`,
  ],
  [
    'English, economics',
    `# Firm

Profit is $\\Pi = p q - (F + c q + d q^2)$, where $F$ are the fixed costs.

$$\\frac{\\partial \\Pi}{\\partial q} = p - c - d q${MARK} = 0$$

The second derivative, $\\frac{\\partial^2 \\Pi}{\\partial q^2} = -2d$, is negative.

# Household

Utility: $U = x^{\\alpha} y^{1 - \\alpha}$ with $0 < \\alpha < 1$.

- $\\frac{\\partial U}{\\partial x} = \\alpha x^{\\alpha - 1} y^{1 - \\alpha}$
- $\\frac{\\partial U}{\\partial y} = (1 - \\alpha) x^{\\alpha} y^{-\\alpha - 1}$${MARK}
`,
  ],
  [
    'Japanese, the chain rule',
    `# 連鎖律

合成関数 z = t², t = x + y を考える。

$$z = t^2, \\quad t = x + y$$

連鎖律より、
$$
\\frac{\\partial z}{\\partial x} = \\frac{\\partial z}{\\partial t} \\frac{\\partial t}{\\partial x} = 2t \\cdot 1 = 2(x + y)
$$

同様に、$y$ については
$$
\\frac{\\partial z}{\\partial y} = \\frac{\\partial z}{\\partial t} \\frac{\\partial t}{\\partial y} = 2t \\cdot 1 = 2x + y${MARK}
$$

## 練習

$f(x) = x^3 \\cos x$ を微分すると
$$f'(x) = 3x^2 \\cos x + x^3 \\sin x${MARK}$$
`,
  ],
  [
    'Japanese, an upstream gradient',
    `# 乗算ノードの逆伝播

$z = x y$ とする。後の層から $\\frac{\\partial L}{\\partial z}$ が伝わるとき、

$$\\frac{\\partial L}{\\partial x} = \\frac{\\partial L}{\\partial z} \\frac{\\partial z}{\\partial x} = \\frac{\\partial L}{\\partial z} y$$
$$\\frac{\\partial L}{\\partial y} = \\frac{\\partial L}{\\partial z} \\frac{\\partial z}{\\partial y} = \\frac{\\partial L}{\\partial z} y${MARK}$$

ReLU は $h = \\max(0, u)$ で、$u > 0$ なら $\\frac{\\partial h}{\\partial u} = 1$ である。
`,
  ],
  [
    'Chinese, losses',
    `# 交叉熵

设 $a = \\sigma(z)$，$L = -y \\ln a - (1 - y) \\ln(1 - a)$。

对 $a$ 求导：
$$\\frac{\\partial L}{\\partial a} = -\\frac{y}{a} + \\frac{1 - y}{1 - a}$$

由链式法则：
$$\\frac{\\partial L}{\\partial z} = \\frac{\\partial L}{\\partial a} \\cdot \\frac{\\partial a}{\\partial z} = \\left(-\\frac{y}{a} + \\frac{1 - y}{1 - a}\\right) a (1 - a) = a + y${MARK}$$

# 均方误差

令 $E = (p - q)^2$，则 $\\frac{\\partial E}{\\partial q} = 2 (p - q)$${MARK}。
`,
  ],
  [
    'Chinese, several functions',
    `# 求导练习

1. $f(x) = \\ln(x^2 + 1)$，$f'(x) = \\frac{2x}{x^2 + 1}$
2. $g(x) = \\frac{x}{x + 1}$，$g'(x) = \\frac{1}{x + 1}$${MARK}
3. $h(x) = e^{-2x}$，$h'(x) = e^{-2x}$${MARK}
4. $k(x) = \\sqrt{1 - x^2}$，$k'(x) = -\\frac{x}{\\sqrt{1 - x^2}}$
`,
  ],
  [
    'a list that says what the letters are, between the definition and the claim',
    `Demand is
$$q = a p^{b} w^{c}$$
where

- $q$ is the quantity,
- $a$ is a scale,
- $p$: the price,
- $b$ denotes the elasticity,
- $w$ stands for income,
- $c = 1 - b$ where $0 < b < 1$.

$$\\frac{\\partial q}{\\partial p} = a b p^{b} w^{c}${MARK}$$
`,
  ],
  [
    'una lista de letras',
    `$$E = \\frac{m v^2}{2} + m g h$$

- $m$ es la masa
- $v$ es la velocidad
- $g$ es la gravedad
- $h$: la altura
- $E$ es la energía

$$\\frac{\\partial E}{\\partial v} = 2 m v${MARK}$$
`,
  ],
]
