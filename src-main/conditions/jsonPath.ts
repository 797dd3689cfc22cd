/** Longer cells are not taken apart, in UTF-16 units: the bound of the importer's packed columns. */
const CELL_MAX = 1_048_576
/** Values that one path gives in one cell. */
const VALUES_MAX = 1_000
/** JSON texts inside JSON texts. */
const TEXTS_MAX = 3
/** Levels gone down, lists inside lists and JSON inside JSON included. */
const DEPTH_MAX = 100

/** What is left of the two on the way down. */
type Left = { texts: number; depth: number }

/** The JSON of a cell; undefined where it holds none, or too much. */
export function jsonOf(cell: string): unknown {
  if (cell.length > CELL_MAX || !/^\s*[[{]/.test(cell)) return undefined
  try {
    return JSON.parse(cell)
  } catch {
    return undefined
  }
}

/**
 * The texts at a path: strings as they are, numbers and truth values as JSON writes them, what is nested as JSON text. Lists
 * are gone through where the path names no element; an object such as {"Name": "ForwardTo", "Value": "x"} in a list is
 * reached by its name. Keys are taken in any case where none is spelt so.
 */
export function textsAt(value: unknown, path: readonly string[]): string[] {
  const found: string[] = []
  walk(value, path, 0, { texts: TEXTS_MAX, depth: DEPTH_MAX }, found)
  return found
}

function walk(value: unknown, path: readonly string[], at: number, above: Left, found: string[]): void {
  if (found.length >= VALUES_MAX || value === null || value === undefined || above.depth === 0) return
  const left = { ...above, depth: above.depth - 1 }
  if (typeof value === 'string' && left.texts > 0 && at < path.length) {
    walk(jsonOf(value), path, at, { ...left, texts: left.texts - 1 }, found)
    return
  }
  const step = path[at]
  if (step === undefined) take(value, found)
  else if (Array.isArray(value)) intoList(value, path, at, left, found)
  else if (typeof value === 'object') {
    if (step === '*') walk(value, path, at + 1, left, found)
    else walk(keyOf(value, step) ?? namedValue(value, step), path, at + 1, left, found)
  }
}

function intoList(list: readonly unknown[], path: readonly string[], at: number, left: Left, found: string[]): void {
  const step = path[at] ?? ''
  if (/^\d+$/.test(step)) {
    walk(list[Number(step)], path, at + 1, left, found)
    return
  }
  for (const element of list) {
    if (found.length >= VALUES_MAX) return
    const named = step === '*' ? undefined : namedValue(element, step)
    if (named !== undefined) walk(named, path, at + 1, left, found)
    else walk(element, path, step === '*' ? at + 1 : at, left, found)
  }
}

/** How tools write a key and its value as an object: EvtxECmd, Microsoft 365, Entra. */
const NAMED = [
  ['@Name', '#text'],
  ['Name', 'Value'],
  ['key', 'value'],
] as const

function namedValue(element: unknown, name: string): unknown {
  if (typeof element !== 'object' || element === null || Array.isArray(element)) return undefined
  for (const [key, value] of NAMED) {
    const own = keyOf(element, key)
    if (typeof own === 'string' && own.toLowerCase() === name.toLowerCase()) return keyOf(element, value)
  }
  return undefined
}

function keyOf(value: object, key: string): unknown {
  if (Object.hasOwn(value, key)) return Reflect.get(value, key)
  const wanted = key.toLowerCase()
  const other = Object.keys(value).find((known) => known.toLowerCase() === wanted)
  return other === undefined ? undefined : Reflect.get(value, other)
}

function take(value: unknown, found: string[]): void {
  if (typeof value === 'string') found.push(value)
  else found.push(jsonText(value))
  if (!Array.isArray(value)) return
  for (const element of value)
    if (found.length < VALUES_MAX && (typeof element === 'string' || typeof element === 'number'))
      found.push(String(element))
}

/** '' where it is nested too deeply to be written. */
function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch {
    return ''
  }
}
