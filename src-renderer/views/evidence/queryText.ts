/** A term of a query as it is written, where it stands, and what it means to the page. */
export type QueryToken = {
  text: string
  start: number
  negated: boolean
  field: string | null
  value: string
  /** field:"value": the cell is exactly that. */
  exact: boolean
  word: 'AND' | 'OR' | 'NOT' | null
}

// The same tokens as the program reads; here they are only coloured and set or taken away.
const TOKEN = /([-!](?=\S))?(?:("[^"]*"|[^\s:"]+):(?!\/\/|\\))?(?:"((?:[^"\\]|\\.)*)"?|(\S+))/gy
const SPACE = /\s*/y

export function queryTokens(query: string): QueryToken[] {
  const tokens: QueryToken[] = []
  let at = 0
  let negateNext = false
  while (at < query.length) {
    SPACE.lastIndex = at
    at += SPACE.exec(query)?.[0].length ?? 0
    if (at >= query.length) break
    TOKEN.lastIndex = at
    const found = TOKEN.exec(query)
    const text = found?.[0] || query.slice(at).split(/\s/)[0] || query.slice(at)
    const [, minus, name, quoted, plain] = found ?? []
    const isWord =
      name === undefined &&
      quoted === undefined &&
      minus === undefined &&
      (plain === 'AND' || plain === 'OR' || plain === 'NOT')
    tokens.push({
      text,
      start: at,
      negated: (minus !== undefined) !== negateNext,
      field: name === undefined ? null : name.replace(/^"|"$/g, ''),
      value: quoted?.replace(/\\(["\\])/g, '$1') ?? plain ?? '',
      exact: quoted !== undefined && name !== undefined,
      word: isWord && (plain === 'AND' || plain === 'OR' || plain === 'NOT') ? plain : null,
    })
    negateNext = isWord && plain === 'NOT' ? !negateNext : false
    at += text.length
  }
  return tokens
}

/** field:"value", or for an empty cell -field:*. null where the name cannot be written. */
export function termText(name: string, value: string, negated = false): string | null {
  if (name === '' || name.includes('"')) return null
  const field = /^[^\s:"()[\]{}<>=!-][^\s:"()[\]{}<>=]*$/.test(name) ? name : `"${name}"`
  if (value === '') return negated ? `${field}:*` : `-${field}:*`
  return `${negated ? '-' : ''}${field}:"${value.replace(/[\\"]/g, '\\$&')}"`
}

const same = (a: QueryToken, b: QueryToken): boolean =>
  a.negated === b.negated &&
  a.field?.toLowerCase() === b.field?.toLowerCase() &&
  a.value.toLowerCase() === b.value.toLowerCase() &&
  a.exact === b.exact

const without = (query: string, drop: (token: QueryToken) => boolean): string => {
  const tokens = queryTokens(query)
  const kept = tokens.filter((token, n) => {
    const target =
      token.word === 'NOT' || token.word === 'AND' || token.word === 'OR'
        ? tokens.slice(n + 1).find(({ word }) => word === null)
        : token
    return !target || !drop(target)
  })
  return kept.map(({ text }) => text).join(' ')
}

/** Does the query hold this one term? */
export const hasTerm = (query: string, term: string): boolean => {
  const wanted = queryTokens(term)[0]
  return wanted !== undefined && queryTokens(query).some((token) => same(token, wanted))
}

/** Whether an OR stands outside all parentheses: then a term put behind would belong to its last part only. */
function hasOpenOr(query: string): boolean {
  const bare = query.replace(/"(?:[^"\\]|\\.)*"/g, '""')
  let depth = 0
  for (const piece of bare.split(/([()\s])/)) {
    if (piece === '(') depth++
    else if (piece === ')') depth--
    else if (piece === 'OR' && depth === 0) return true
  }
  return false
}

/** The query with one more term that must hold. */
export function addTerm(query: string, term: string): string {
  if (hasTerm(query, term)) return query
  const before = query.trim()
  return `${hasOpenOr(before) ? `(${before})` : before} ${term}`.trim()
}

/** The query without the positive terms that fix a value of this field: all must hold, so two values of one field never match. */
export const withoutField = (query: string, name: string): string =>
  without(
    query,
    (token) =>
      token.field?.toLowerCase() === name.toLowerCase() &&
      ((token.exact && !token.negated) || (token.negated && token.value === '*')),
  )

/** Sets field to value, in place of another value of it; or takes the term away when it is there. */
export const toggleTerm = (query: string, name: string, value: string): string => {
  const term = termText(name, value)
  if (term === null) return query
  const others = withoutField(query, name)
  return hasTerm(query, term) ? others : addTerm(others, term)
}
