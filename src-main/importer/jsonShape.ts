import { isWholeObject } from './sniffContainer.ts'
import { stringEnd, valueEnd } from './valueEnd.ts'

/** How the records of a JSON file stand in it, and the columns their keys make. Plain JSON. */
export type JsonShape = {
  /** 'lines': one object a line. 'values': objects over any number of lines, one after another or in an array. */
  layout: 'lines' | 'values'
  /** The records are the elements of this array of the object that the file is: "Records" of CloudTrail. */
  under: string | null
  /** Dotted names. */
  columns: string[]
  /** A last column takes the keys that have no column of their own, as a JSON object. */
  more: boolean
}

/** Characters of the beginning in which lines are looked at. */
const LOOK = 1_048_576

/** The name of the column for keys that come only after the beginning of a file. */
export const MORE = '_more'

/**
 * How a file of JSON is laid out, by its beginning (`complete`: all of it); null when it is no JSON or holds no objects.
 */
export function jsonLayout(beginning: string, complete: boolean): Pick<JsonShape, 'layout' | 'under'> | null {
  const start = beginning.search(/[^\s]/)
  if (start === -1) return null
  const values = { layout: 'values', under: null } as const
  if (beginning.charAt(start) === '[') return /^[[\s]*\{\s*["}]/.test(beginning.slice(start)) ? values : null
  if (beginning.charAt(start) !== '{') return null
  const wrapper = arrayOf(beginning, start)
  const end = valueEnd(beginning, start, beginning.length)
  const alone = end < 0 ? !complete : complete && beginning.slice(end).trim() === ''
  // The log files of CloudTrail are such objects one after another; of other objects only one alone is taken for a wrapping.
  if (wrapper && (alone || (wrapper.only && wrapper.key === 'Records'))) return { layout: 'values', under: wrapper.key }
  const lines = beginning.slice(start, start + LOOK).split('\n', 20)
  // An object that is printed over lines begins with its bracket alone.
  if (lines[0]?.trim() !== '{' && lines.some((line) => line.startsWith('{') && isWholeObject(line.trim())))
    return { layout: 'lines', under: null }
  return /^\{\s*"(?:[^"\\]|\\.)*"\s*:/.test(beginning.slice(start, start + LOOK)) ? values : null
}

/** The one array of objects that the object at `start` holds beside plain values; null when there is none, or more than that. */
function arrayOf(text: string, start: number): { key: string; only: boolean } | null {
  let found: string | null = null
  let keys = 0
  let at = start + 1
  for (;;) {
    while (/[\s,]/.test(text.charAt(at))) at++
    if (at >= text.length || text.charAt(at) === '}') break
    if (text.charAt(at) !== '"') return null
    const end = stringEnd(text, at, text.length)
    if (end === -1) break
    const key = text.slice(at, end)
    at = end
    while (/[\s:]/.test(text.charAt(at))) at++
    keys++
    if (/^\[\s*\{/.test(text.slice(at, at + 1_000))) {
      if (found !== null) return null
      found = key
    } else if (text.charAt(at) === '{') return null
    const next = valueEnd(text, at, text.length)
    if (next < 0) break
    at = next
  }
  if (found === null) return null
  try {
    const key: unknown = JSON.parse(found)
    return typeof key === 'string' && JSON.stringify(key) === found ? { key, only: keys === 1 } : null
  } catch {
    return null
  }
}
