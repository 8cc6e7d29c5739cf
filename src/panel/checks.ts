/** Whether a value that came from elsewhere has the form that it should have. */

export type Check = (value: unknown) => boolean
export type Shape = Readonly<Record<string, Check>>

/** An object, and not `null`. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
/** A text. */
export const text: Check = (value) => typeof value === 'string'
/** True or false. */
export const flag: Check = (value) => typeof value === 'boolean'
/** A number that is neither infinite nor NaN. */
export const finite: Check = (value) => typeof value === 'number' && Number.isFinite(value)
/** A whole number from 0 on. */
export const index: Check = (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0
/** Any object. */
export const object: Check = isObject
/** One of these texts. */
export const oneOf =
  (values: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && values.includes(value)
/** This, or `null`. */
export const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value)
/** A list of these. */
export const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check)
/** An object with at least these fields. */
export const shaped =
  (shape: Shape): Check =>
  (value) =>
    isObject(value) && Object.entries(shape).every(([key, check]) => check(value[key]))
