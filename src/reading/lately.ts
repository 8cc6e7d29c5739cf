/** What was made of texts lately, so that a keystroke costs only what it changes. */

/** More are seldom on one screen, or in one note. */
const MOST = 8192

/** Gives what was made for a key, and makes it where it isn't known any more. */
export function lately<T>(): (key: string, make: () => T) => T {
  const known = new Map<string, T>()
  return (key, make) => {
    const found = known.get(key)
    if (found !== undefined) return found
    if (known.size >= MOST) known.clear()
    const made = make()
    known.set(key, made)
    return made
  }
}
