/** What Python, `math` and NumPy bring along, on the machine's values. */

import type { Range } from '../../statement'
import { constantNamed } from '../arithmetic'
import type { Call } from '../calls'
import type { Language } from '../language'
import { type Machine, rangeOf } from '../machine'
import { arrayOf } from '../ndarray'
import { NOTHING, namesIn, opaque, type Value } from '../value'
import { arrayAttribute, isArrayAttribute } from './attributes'
import { builtin, GLOBALS } from './builtins'
import { distribution } from './distributions'
import { listMethod, METHODS_OF_LISTS } from './lists'
import { copied, isInNumpy, numpy } from './numpy'
import { readPython } from './source'

/** What people call the modules. */
const MODULES: Readonly<Record<string, string>> = {
  numpy: 'np',
  math: 'np',
  np: 'np',
  cmath: 'np',
  'autograd.numpy': 'np',
  'jax.numpy': 'np',
  jnp: 'np',
  cupy: 'np',
  cp: 'np',
  xp: 'np',
  'numpy.linalg': 'np.linalg',
  'numpy.random': 'np.random',
  'scipy.special': 'np',
  'scipy.stats': 'stats',
  copy: 'copy',
  collections: 'collections',
}

const CONSTANTS: Readonly<Record<string, string>> = {
  pi: 'Math.PI',
  e: 'Math.E',
  inf: 'Infinity',
  nan: 'NaN',
  Inf: 'Infinity',
  NaN: 'NaN',
}

const moduleNamed = (source: string): string | null =>
  Object.hasOwn(MODULES, source) ? (MODULES[source] as string) : null

/** Names that nobody gives to anything else. */
const isNumpy = (name: string): boolean => /^(np|numpy|jnp|xp|cp)$/.test(name)

export const PYTHON: Language = {
  read: readPython,
  brings: true,
  nameMeans: (name) => {
    if (GLOBALS.has(name)) return { kind: 'builtin', name: `py.${name}` }
    return isNumpy(name) || name === 'math' ? { kind: 'builtin', name: 'np' } : null
  },
  imported: (source, name, range) => {
    const module = moduleNamed(source)
    if (module !== null) return name === null ? { kind: 'builtin', name: module } : memberOf(module, name, range)
    // `from scipy import stats`; `from common.np import np` brings NumPy, or what takes its place on other hardware.
    const inner = name === null ? null : (moduleNamed(`${source}.${name}`) ?? (isNumpy(name) ? 'np' : null))
    return inner === null ? null : { kind: 'builtin', name: inner }
  },
  starred: (source, name) => {
    const module = moduleNamed(source)
    return module === 'np' && (Object.hasOwn(CONSTANTS, name) || isInNumpy(name))
      ? memberOf(module, name, { start: 0, end: 0 })
      : null
  },
  attribute: (machine, of, key, range) => attributeOf(machine, of, key, range),
  call: (machine, name, of, written) => callOf(machine, name, of, written),
}

/** `np.pi`, `np.exp`, `np.linalg`. */
function memberOf(module: string, key: string, range: Range): Value {
  const constant = Object.hasOwn(CONSTANTS, key) ? constantNamed(CONSTANTS[key] as string, range) : null
  if (constant) return constant
  // What keeps the order in which it was filled, as every dictionary does.
  if (module === 'collections' && key === 'OrderedDict') return { kind: 'builtin', name: 'py.dict' }
  return key === 'newaxis' ? NOTHING : { kind: 'builtin', name: `${module}.${key}` }
}

/** Attributes that only arrays have. */
const METHODS = new Set(
  'sum mean max min prod std var dot copy reshape flatten ravel transpose argmax cumsum trace astype item tolist squeeze clip conj fill repeat swapaxes any all round'.split(
    ' ',
  ),
)

function attributeOf(machine: Machine, of: Value, key: string, range: Range): Value | null {
  if (of.kind === 'builtin')
    return /^(np|copy|stats|collections)(\.\w+)*$/.test(of.name) ? memberOf(of.name, key, range) : null
  if (of.kind === 'reference' && METHODS_OF_LISTS.has(key)) return { kind: 'builtin', name: `items.${key}`, of }
  if (of.kind !== 'number' && of.kind !== 'free') return null
  // Asking makes an input a number: only for what arrays have.
  const array = isArrayAttribute(key) ? arrayOf(machine, of, range) : null
  const attribute = array && arrayAttribute(machine, array, key, range)
  if (attribute) return attribute
  if (METHODS.has(key)) return { kind: 'builtin', name: `method.${key}`, of }
  return of.kind === 'number' ? opaque('attribute that is not known', namesIn(of.expr)) : null
}

function callOf(machine: Machine, name: string, of: Value | undefined, written: Call): Value | null {
  const dot = name.indexOf('.')
  const [family, key] = [name.slice(0, dot), name.slice(dot + 1)]
  if (family === 'py') return builtin(machine, key, written)
  if (family === 'np') return numpy(machine, key, written)
  if (family === 'stats') return distribution(machine, key, written)
  if (family === 'copy') return copied(machine, written.args[0]?.value, rangeOf(machine, written.code))
  if (family === 'method' && of) {
    if (key === 'copy' || key === 'astype' || key === 'tolist')
      return copied(machine, of, rangeOf(machine, written.code))
    const args = [{ value: of, code: written.callee }, ...written.args]
    return numpy(machine, key, { ...written, args })
  }
  if (family === 'items' && of?.kind === 'reference') return listMethod(machine, key, of, written)
  return null
}
