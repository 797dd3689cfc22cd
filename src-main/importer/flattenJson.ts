/** The columns of nested objects: which column a key gives, and what lies below it. `path` is its dotted name. */
export type KeyNode = { path: string; column: number; inner: Map<string, KeyNode> }

/** No column yet, or none because there are enough: the value goes to _more. */
const NONE = -1
/** Objects nested deeper than this stay JSON text in one cell. */
const FLAT_MAX = 24
/** Deeper nesting than this is set aside: it is an attack on readers, not evidence. */
const NEST_MAX = 500
/** Columns that keys can make; further ones share _more. */
const COLUMNS_MAX = 4_000

export type Flattened = {
  /** One text per column, '' where the record has no value or null. */
  cells: string[]
  /** What has no column, as the text of a JSON object; '' where there is none. */
  more: string
}

export type Flattener = {
  /** The cells of one JSON object. Throws NotAnObject, whose message is a reason for people. */
  read(text: string): Flattened
  /** Dotted names of the columns, in the order in which they were first seen. */
  columns(): string[]
}

/** Why a text is no record. */
export class NotAnObject extends Error {}

/**
 * Takes JSON objects apart: `{"a": {"b": 1}}` gives column a.b with 1. Strings are decoded, numbers keep the characters of the
 * source, arrays and empty objects stay JSON text, true and false are text, null is nothing. `known` are the columns; with
 * `grow` new keys make further ones (up to 4,000), else their values go to `more`, as do keys that come twice. Strict JSON.
 */
export function createFlattener(known: readonly string[], grow: boolean): Flattener {
  const root: KeyNode = { path: '', column: NONE, inner: new Map() }
  const columns: string[] = []
  /** A dotted name may be one key or several: all readings of it lead to the same column. */
  const byPath = new Map<string, number>()
  for (const path of known) {
    byPath.set(path, columns.length)
    columns.push(path)
  }
  /** Nodes are made for keys that have or get a column only, so that hostile keys take no memory. */
  const prefixes = new Set<string>()
  for (const path of known)
    for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) prefixes.add(path.slice(0, dot))

  let text = ''
  let at = 0
  let cells: string[] = []
  let more: string[] = []
  let record = 0
  const seen: number[] = []

  function fail(what: string): never {
    throw new NotAnObject(`not a JSON object: ${what} at character ${at + 1}`)
  }

  function unexpected(): never {
    return at >= text.length ? fail('it ends too early') : fail(`unexpected ${JSON.stringify(text.charAt(at))}`)
  }

  function space(): number {
    let code = text.charCodeAt(at)
    while (code === 32 || code === 10 || code === 13 || code === 9) code = text.charCodeAt(++at)
    return code
  }

  /** Moves behind a string; answers its text, decoded. An escape that stands for half a character leaves it as it was written. */
  function string(): string {
    const begin = ++at
    let escaped = false
    for (;;) {
      const code = text.charCodeAt(at)
      if (code === 34) break
      if (!(code >= 32)) fail(at >= text.length ? 'it ends inside a string' : 'a control character inside a string')
      if (code === 92) {
        escaped = true
        at++
      }
      at++
    }
    const raw = text.slice(begin, at++)
    return escaped ? unescaped(raw) : raw
  }

  function unescaped(raw: string): string {
    let decoded: unknown
    try {
      decoded = JSON.parse(`"${raw}"`)
    } catch {
      fail('a wrong escape in the string before it')
    }
    return typeof decoded === 'string' && decoded.isWellFormed() ? decoded : raw
  }

  const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y

  /** Moves behind a value that is no string; what is nested is checked and passed over. */
  function skip(depth: number): void {
    if (depth > NEST_MAX) fail(`more than ${NEST_MAX} levels of nesting`)
    const code = space()
    if (code === 34) string()
    else if (code === 123 || code === 91) {
      const close = code + 2
      at++
      if (space() === close) {
        at++
        return
      }
      for (;;) {
        if (code === 123) key()
        skip(depth + 1)
        const next = space()
        at++
        if (next === close) return
        if (next !== 44) {
          at--
          unexpected()
        }
      }
    } else scalar(code)
  }

  function scalar(code: number): void {
    for (const word of ['true', 'false', 'null']) {
      if (word.charCodeAt(0) === code && text.startsWith(word, at)) {
        at += word.length
        return
      }
    }
    NUMBER.lastIndex = at
    if (!NUMBER.test(text)) unexpected()
    at = NUMBER.lastIndex
  }

  function key(): string {
    if (space() !== 34) unexpected()
    const name = string()
    if (space() !== 58) unexpected()
    at++
    return name
  }

  function nodeOf(parent: KeyNode, name: string): KeyNode | null {
    const node = parent.inner.get(name)
    if (node) return node
    const path = parent === root ? name : `${parent.path}.${name}`
    const column = byPath.get(path) ?? NONE
    if (column === NONE && !prefixes.has(path) && !(grow && columns.length < COLUMNS_MAX)) return null
    const made: KeyNode = { path, column, inner: new Map() }
    parent.inner.set(name, made)
    return made
  }

  function leaf(node: KeyNode | null, path: string, cell: string, from: number): void {
    if (node && node.column === NONE) node.column = columnFor(node.path)
    const column = node?.column ?? NONE
    if (column === NONE || seen[column] === record) {
      more.push(`${JSON.stringify(node?.path ?? path)}:${compact(text.slice(from, at))}`)
      return
    }
    seen[column] = record
    cells[column] = cell
  }

  function columnFor(path: string): number {
    const column = byPath.get(path)
    if (column !== undefined) return column
    if (!grow || columns.length >= COLUMNS_MAX) return NONE
    byPath.set(path, columns.length)
    return columns.push(path) - 1
  }

  /** `node` null: the key is not known, `path` says which it is. */
  function value(node: KeyNode | null, path: string, depth: number): void {
    const code = space()
    const from = at
    if (code === 34) leaf(node, path, string(), from)
    else if (code === 123 && depth < FLAT_MAX && !isEmptyObject()) object(node, path, depth)
    else {
      skip(depth)
      const token = text.slice(from, at)
      if (token !== 'null') leaf(node, path, code === 91 || code === 123 ? compact(token) : token, from)
      else if (node && node.column === NONE && node.inner.size === 0) node.column = columnFor(node.path)
    }
  }

  const EMPTY = /\{[ \t\r\n]*\}/y
  function isEmptyObject(): boolean {
    EMPTY.lastIndex = at
    return EMPTY.test(text)
  }

  function object(node: KeyNode | null, path: string, depth: number): void {
    at++
    if (space() === 125) {
      at++
      return
    }
    for (;;) {
      const name = key()
      const inner = node && nodeOf(node, name)
      const below = inner ? '' : `${node === root ? '' : `${node?.path ?? path}.`}${name}`
      value(inner, below, depth + 1)
      const next = space()
      if (next === 125) {
        at++
        return
      }
      if (next !== 44) unexpected()
      at++
    }
  }

  return {
    read(input) {
      text = input
      at = 0
      record++
      cells = new Array<string>(columns.length).fill('')
      more = []
      const code = space()
      if (code !== 123) {
        if (code === 91) throw new NotAnObject('a JSON array, not an object')
        unexpected()
      }
      object(root, '', 0)
      space()
      if (at < text.length) fail('further text behind the object')
      for (let i = 0; i < cells.length; i++) cells[i] ??= ''
      return { cells, more: more.length === 0 ? '' : `{${more.join(',')}}` }
    },
    columns: () => columns,
  }
}

/** JSON text without white space outside of strings, where it stands on several lines. */
function compact(json: string): string {
  if (!/[\r\n]/.test(json)) return json
  return json.replace(/("(?:[^"\\]|\\.)*")|[ \t\r\n]+/gs, '$1')
}
