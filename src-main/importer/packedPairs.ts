import { createFlattener, NotAnObject, type Flattener } from './flattenJson.ts'
import type { ProfileSplit } from './profiles.ts'
import { valueEnd } from './valueEnd.ts'

/** Longer keys are text that only looks like a key. */
const KEY_MAX = 80
/** Elements of an array that are taken apart. */
const ELEMENTS_MAX = 8
/** Longer cells are not taken apart, in UTF-16 units. */
const CELL_MAX = 1_048_576

export type PackedPairs = (cell: string, take: (key: string, value: string) => void) => void

/**
 * Takes the cells of a packed column apart: `take` gets each key with its value, in the order of the cell. What cannot be
 * taken apart gives nothing. Values are text of the cell: of JSON strings are decoded, arrays and numbers stay as they are.
 */
export function packedPairs({ how, between }: Pick<ProfileSplit, 'how' | 'between'>): PackedPairs {
  if (how === 'json') return jsonPairs()
  const sign = how === 'key=value' ? '=' : ':'
  return (cell, take) => {
    if (cell.length > CELL_MAX) return
    let key: string | null = null
    let value = ''
    // Where every pair ends with what stands between (Chainsaw), the last value does not.
    const end = cell.endsWith(between) ? cell.length - between.length : cell.length
    for (const piece of cell.slice(0, end).split(between)) {
      const at = piece.indexOf(sign)
      const name = at < 1 ? '' : piece.slice(0, at).trim()
      // A colon must have a space or the end behind it: C:\Windows is no key.
      const isKey = name !== '' && name.length <= KEY_MAX && (sign === '=' || /^:(?: |$)/.test(piece.slice(at, at + 2)))
      if (!isKey) value += key === null ? '' : between + piece
      else {
        if (key !== null) take(key, value)
        key = name
        value = sign === '=' ? piece.slice(at + 1) : piece.slice(at + 2)
      }
    }
    if (key !== null) take(key, value)
  }
}

function jsonPairs(): PackedPairs {
  const object = objectPairs()
  return (cell, take) => {
    if (cell.length > CELL_MAX) return
    const text = cell.trim()
    if (text.startsWith('{')) object(text, take)
    else if (text.startsWith('[')) {
      let at = 1
      for (let n = 0; n < ELEMENTS_MAX; n++) {
        while (/[\s,]/.test(text.charAt(at))) at++
        const end = text.charAt(at) === '{' ? valueEnd(text, at, text.length) : -1
        if (end < 0) break
        object(text.slice(at, end), (key, value) => take(`${n}.${key}`, value))
        at = end
      }
    }
  }
}

/** Keys that a flattener remembers before it is made anew: keys of hostile cells must not take memory. */
const KEYS_MAX = 2_000

function objectPairs(): PackedPairs {
  let flattener: Flattener = createFlattener([], true)
  return (text, take) => {
    if (flattener.columns().length > KEYS_MAX) flattener = createFlattener([], true)
    const cells = read(flattener, text)
    const columns = flattener.columns()
    cells.forEach((value, column) => {
      if (value === '') return
      const key = columns[column] ?? ''
      const named = value.startsWith('[') ? namedValues(value) : null
      if (named === null) take(key, value)
      else for (const [name, inner] of named) take(`${key}.${name}`, inner)
    })
  }
}

function read(flattener: Flattener, text: string): string[] {
  try {
    return flattener.read(text).cells
  } catch (error) {
    if (error instanceof NotAnObject) return []
    throw error
  }
}

/** How tools write a key and its value as an object: EvtxECmd, Microsoft 365. */
const NAMED = [
  ['@Name', '#text'],
  ['Name', 'Value'],
] as const

/** The pairs of an array like [{"Name": "ForwardTo", "Value": "x"}]; null when it is another one, or a number would change. */
function namedValues(text: string): [string, string][] | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (!Array.isArray(value) || value.length === 0) return null
  const pairs: [string, string][] = []
  for (const element of value) {
    const pair = namedValue(element)
    if (pair === null) return null
    pairs.push(pair)
  }
  return pairs
}

function namedValue(element: unknown): [string, string] | null {
  if (typeof element !== 'object' || element === null) return null
  const fields = new Map<string, unknown>(Object.entries(element))
  for (const [nameKey, valueKey] of NAMED) {
    const name = fields.get(nameKey)
    if (typeof name !== 'string' || name === '' || fields.size > 2) continue
    const inner = fields.get(valueKey) ?? ''
    if (typeof inner === 'string') return [name, inner]
    if (typeof inner === 'number' && !Number.isSafeInteger(inner)) return null
    return [name, JSON.stringify(inner)]
  }
  return null
}
