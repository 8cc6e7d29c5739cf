/** What was found in a part of a document, told for the whole. */

/** The same value with every range in it moved. */
export function shifted<T>(value: T, by: number): T {
  if (Array.isArray(value)) return value.map((each) => shifted(each, by)) as T
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  const isRange = entries.length === 2 && 'start' in value && 'end' in value
  return Object.fromEntries(
    entries.map(([key, each]) => [key, isRange ? (each as number) + by : shifted(each, by)]),
  ) as T
}
