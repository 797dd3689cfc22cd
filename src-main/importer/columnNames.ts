/** Columns every row table has; a header may not take their names. */
const RESERVED = ['_row', '_time', '_offset', '_length', '_line']
/** The contract lets a column be named with at most so many characters. */
const NAME_MAX = 480

/**
 * Unique column names for headers: trimmed, without NULs, `column_N` (from 1) where nothing is left, `_2`, `_3` ... where a
 * name comes again. SQLite compares names without case, and a time column brings a second one named `<name> _us`.
 */
export function columnNames(headers: readonly string[]): string[] {
  const used = new Set(RESERVED)
  const next = new Map<string, number>()
  const free = (name: string): boolean => {
    const key = fold(name)
    return !used.has(key) && !used.has(`${key} _us`) && !(key.endsWith(' _us') && used.has(key.slice(0, -4)))
  }
  return headers.map((header, position) => {
    const cleaned = header.replaceAll('\0', '').trim().slice(0, NAME_MAX)
    const base = cleaned === '' ? `column_${position + 1}` : cleaned
    let name = base
    for (let n = next.get(fold(base)) ?? 2; !free(name); n++) {
      name = `${base}_${n}`
      next.set(fold(base), n + 1)
    }
    used.add(fold(name))
    return name
  })
}

/** SQLite folds ASCII letters only. */
const fold = (name: string): string => name.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
