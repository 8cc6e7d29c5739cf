import assert from 'node:assert/strict'
import { operation } from '../../../src/operations/index'
import type { Attributes, Shape, Tensor } from '../../../src/operations/operation'

type Nested = number | readonly Nested[]

const shapeOf = (value: Nested): number[] =>
  typeof value === 'number' ? [] : [value.length, ...shapeOf(value[0] as Nested)]
const tensor = (value: Nested): Tensor => ({
  shape: shapeOf(value),
  data: Float64Array.from([value].flat(9) as number[]),
})

/** What NumPy gives. */
const ROWS: readonly [op: string, inputs: readonly Nested[], attributes: Attributes, expected: Nested][] = [
  [
    'sum',
    [
      [
        [1, 2],
        [3, 4],
      ],
    ],
    { axis: -1 },
    [3, 7],
  ],
  [
    'mean',
    [
      [
        [1, 2],
        [3, 4],
      ],
    ],
    {},
    2.5,
  ],
  [
    'mean',
    [
      [
        [1, 2],
        [3, 4],
      ],
    ],
    { axis: 0 },
    [2, 3],
  ],
  ['prod', [[2, 3, 4]], {}, 24],
  [
    'maxOver',
    [
      [
        [1, 5],
        [3, 4],
      ],
    ],
    { axis: 1, keep: true },
    [[5], [4]],
  ],
  [
    'minOver',
    [
      [
        [1, 5],
        [3, 4],
      ],
    ],
    {},
    1,
  ],
  ['norm', [[3, 4]], {}, 5],
  [
    'argmax',
    [
      [
        [1, 5],
        [3, 2],
      ],
    ],
    { axis: 1 },
    [1, 0],
  ],
  ['cumsum', [[1, 2, 3]], {}, [1, 3, 6]],
  ['cumsum', [[1, 2, 3]], { reverse: true }, [6, 5, 3]],
  ['softmax', [[1000, 1000]], {}, [0.5, 0.5]],
  ['logSumExp', [[1000, 1000]], {}, 1000 + Math.log(2)],
  [
    'size',
    [
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ],
    { axis: 1 },
    3,
  ],
  [
    'trace',
    [
      [
        [1, 2],
        [3, 4],
      ],
    ],
    {},
    5,
  ],
  [
    'diag',
    [[1, 2]],
    {},
    [
      [1, 0],
      [0, 2],
    ],
  ],
  [
    'diagonal',
    [
      [
        [1, 2],
        [3, 4],
      ],
    ],
    {},
    [1, 4],
  ],
  [
    'det',
    [
      [
        [1, 2],
        [3, 4],
      ],
    ],
    {},
    -2,
  ],
  [
    'det',
    [
      [
        [0, 1],
        [1, 0],
      ],
    ],
    {},
    -1,
  ],
  [
    'inverse',
    [
      [
        [0, 2],
        [1, 0],
      ],
    ],
    {},
    [
      [0, 1],
      [0.5, 0],
    ],
  ],
  [
    'inverse',
    [
      [
        [1, 1],
        [1, 1],
      ],
    ],
    {},
    [
      [Number.NaN, Number.NaN],
      [Number.NaN, Number.NaN],
    ],
  ],
  [
    'matrixPower',
    [
      [
        [2, 1],
        [0, 4],
      ],
    ],
    { n: 2 },
    [
      [4, 6],
      [0, 16],
    ],
  ],
  [
    'concat',
    [
      [[1], [2]],
      [
        [3, 4],
        [5, 6],
      ],
    ],
    { axis: 1 },
    [
      [1, 3, 4],
      [2, 5, 6],
    ],
  ],
  ['part', [[1, 2, 3], [0], [0, 0]], { index: 1 }, [2, 3]],
  [
    'slice',
    [
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ],
    { axis: 1, index: -1 },
    [3, 6],
  ],
  ['slice', [[1, 2, 3, 4]], { axis: 0, from: 1, step: 2 }, [2, 4]],
  [
    'rows',
    [
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      [2, 0],
    ],
    {},
    [
      [5, 6],
      [1, 2],
    ],
  ],
  [
    'addRows',
    [
      [
        [1, 2],
        [3, 4],
      ],
      [
        [0, 0],
        [0, 0],
      ],
      [1, 1],
    ],
    {},
    [
      [0, 0],
      [4, 6],
    ],
  ],
  [
    'pick',
    [
      [
        [1, 2],
        [3, 4],
      ],
      [1, 0],
    ],
    {},
    [2, 3],
  ],
  [
    'oneHot',
    [[2, 0]],
    { classes: 3 },
    [
      [0, 0, 1],
      [1, 0, 0],
    ],
  ],
  [
    'stack',
    [
      [1, 2],
      [3, 4],
    ],
    {},
    [
      [1, 2],
      [3, 4],
    ],
  ],
  [
    'reshape',
    [
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ],
    { shape: [3, -1] },
    [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
  ],
]

describe('array operations give what NumPy gives', () => {
  for (const [op, inputs, attributes, expected] of ROWS) {
    it(`${op} of ${JSON.stringify(inputs)} ${JSON.stringify(attributes)}`, () => {
      const entry = operation(op)
      const tensors = inputs.map(tensor)
      const shape = entry?.shape(
        tensors.map((each) => each.shape),
        attributes,
      )
      const value = entry?.tensor?.(tensors, attributes)
      assert.deepEqual(value?.shape, shapeOf(expected))
      assert.deepEqual(shape, shapeOf(expected))
      const wanted = tensor(expected).data
      value?.data.forEach((x, k) => {
        assert.ok(Object.is(x, wanted[k]) || Math.abs(x - (wanted[k] as number)) < 1e-12, `${x}, not ${wanted[k]}`)
      })
    })
  }
})

const SHAPES: readonly [
  op: string,
  inputs: readonly Shape[],
  attributes: Attributes,
  expected: Shape | 'mismatch' | null,
][] = [
  ['mean', [['N', 'D']], { axis: 0 }, ['D']],
  ['mean', [['N', 'D']], { axis: 2 }, null],
  ['softmax', [['N', 'K']], { axis: -1 }, ['N', 'K']],
  ['trace', [['n', 'n']], {}, []],
  ['trace', [[2, 3]], {}, 'mismatch'],
  ['det', [[3]], {}, 'mismatch'],
  ['diag', [['n']], {}, ['n', 'n']],
  ['concat', [['H'], ['D']], {}, ['H+D']],
  [
    'concat',
    [
      [2, 3],
      [4, 3],
    ],
    {},
    [6, 3],
  ],
  [
    'concat',
    [
      [2, 3],
      [4, 5],
    ],
    {},
    'mismatch',
  ],
  ['stack', [['D'], ['D']], {}, [2, 'D']],
  ['slice', [['N', 'D']], { axis: 0, index: 0 }, ['D']],
  ['slice', [[3]], { axis: 0, index: 3 }, null],
  ['reshape', [[2, 3]], { shape: [4, 2] }, 'mismatch'],
  ['pick', [['N', 'K'], ['N']], {}, ['N']],
  ['oneHot', [['N']], { classes: 'K' }, ['N', 'K']],
]

describe('shapes of array operations, sizes as symbols too', () => {
  for (const [op, inputs, attributes, expected] of SHAPES) {
    it(`${op} of ${JSON.stringify(inputs)} ${JSON.stringify(attributes)}: ${JSON.stringify(expected)}`, () => {
      const shape = operation(op)?.shape(inputs, attributes)
      if (expected === 'mismatch') assert.ok(shape && 'left' in shape)
      else assert.deepEqual(shape, expected)
    })
  }
})
