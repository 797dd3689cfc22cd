import { cidrOf } from './cidr.ts'
import { regexFault } from './limits.ts'
import type { Field, Predicate, Test } from './predicate.ts'
import { queryError } from './queryError.ts'
import { withoutNow } from './relativeTime.ts'
import { tokensOf, type Token } from './tokens.ts'

/** `_exists_:user`, as Kibana and Timesketch write `user:*`. */
const EXISTS = '_exists_'
/** An IPv4 address and a length, right or wrong. */
const NETWORK = /^\d+(?:\.\d+){3}\/\d+$/

/** Parentheses and NOT may stand inside each other this deep. */
const DEPTH_MAX = 30

/**
 * Parses the query language that analysts know from Kibana and Timesketch. Two terms side by side must both hold.
 *   certutil                 some cell holds it            "net user"              the same with blanks
 *   user:admin               a cell of the field holds it  user:"CORP\\admin"      it is exactly that
 *   user:adm*                wildcards over the whole cell user:* _exists_:user    it is not empty
 *   pid:[1000 TO 2000}       a range, } leaves the end out pid:>=1000              half a range
 *   src_ip:10.0.0.0/8        a network                     command_line:/net1? /   a regular expression
 *   10.0.0.0/8               an address of it in any cell  time:>=now-7d           relative to now (s, m, h, d, w)
 *   a OR b   a AND b   NOT a   -a   !a   (a OR b) c   user:(a OR b)
 * `now`: what relative times count from, in milliseconds since 1970. AppError 'invalid-input' with `at`, the position in characters.
 */
export function parseQuery(text: string, now: number = Date.now()): Predicate {
  const parser = createParser(tokensOf(text), text.length, now)
  return parser.tokens === 0 ? { op: 'all' } : parser.all()
}

function createParser(tokens: readonly Token[], length: number, now: number): { tokens: number; all(): Predicate } {
  let at = 0
  let depth = 0
  const peek = (): Token | undefined => tokens[at]
  const here = (): number => peek()?.at ?? length

  function or(field: Field | null): Predicate {
    const parts = [and(field)]
    while (peek()?.kind === 'or') {
      at++
      parts.push(and(field))
    }
    return joined('or', parts)
  }

  function and(field: Field | null): Predicate {
    const parts = [not(field)]
    for (let next = peek(); next && next.kind !== 'or' && next.kind !== ')'; next = peek()) {
      if (next.kind === 'and') at++
      parts.push(not(field))
    }
    return joined('and', parts)
  }

  function not(field: Field | null): Predicate {
    if (peek()?.kind !== 'not') return term(field)
    at++
    return nested(() => ({ op: 'not', part: not(field) }))
  }

  function term(field: Field | null): Predicate {
    const token = peek()
    if (!token || token.kind === ')' || token.kind === 'and' || token.kind === 'or')
      throw queryError('A word is missing', here(), 'certutil AND user:admin')
    at++
    if (token.kind === '(') return group(field, token.at)
    if (token.kind === 'field') {
      const named = { name: token.name, at: token.at }
      const value = peek()
      if (!value || value.at !== token.end || value.kind === ')' || value.kind === 'field')
        throw queryError(`A value is missing after ${token.name}`, token.at, `${token.name}:admin`)
      if (token.name === EXISTS && (value.kind === 'word' || value.kind === 'quoted')) {
        at++
        return { op: 'match', field: { name: value.text, at: value.at }, test: { kind: 'exists' } }
      }
      return term(named)
    }
    if (field === null && token.kind === 'word' && cidrOf(token.text)) return anyAddressOf(token.text)
    return { op: 'match', field, test: testOf(token, field, now) }
  }

  function group(field: Field | null, opened: number): Predicate {
    const inside = nested(() => or(field))
    if (peek()?.kind !== ')') throw queryError('A parenthesis is not closed', opened, '(a OR b) c')
    at++
    return inside
  }

  function nested(read: () => Predicate): Predicate {
    if (++depth > DEPTH_MAX) throw queryError(`More than ${DEPTH_MAX} levels`, here(), 'fewer parentheses')
    const inside = read()
    depth--
    return inside
  }

  return {
    tokens: tokens.length,
    all() {
      const predicate = or(null)
      if (peek()) throw queryError('A parenthesis was never opened', here(), '(a OR b) c')
      return predicate
    },
  }
}

const joined = (op: 'and' | 'or', parts: readonly Predicate[]): Predicate => {
  const [only] = parts
  return parts.length === 1 && only ? only : { op, parts }
}

/** Cells that are an address of the network, or that name it, as firewall rules and routes do. */
const anyAddressOf = (network: string): Predicate => ({
  op: 'or',
  parts: [
    { op: 'match', field: null, test: { kind: 'cidr', network } },
    { op: 'match', field: null, test: { kind: 'contains', text: network } },
  ],
})

function testOf(token: Token, field: Field | null, now: number): Test {
  if (token.kind === 'quoted') return field ? { kind: 'equals', text: token.text } : containing(token.text, token.at)
  if (token.kind === 'regex') return regexTest(token.source, token.at)
  if (token.kind === 'range') {
    return {
      kind: 'range',
      from: token.from === '*' ? null : { text: withoutNow(token.from, now), inclusive: token.fromInclusive },
      to: token.to === '*' ? null : { text: withoutNow(token.to, now), inclusive: token.toInclusive },
    }
  }
  if (token.kind === 'compare') {
    const bound = { text: withoutNow(token.text, now), inclusive: token.sign.endsWith('=') }
    return token.sign.startsWith('>')
      ? { kind: 'range', from: bound, to: null }
      : { kind: 'range', from: null, to: bound }
  }
  if (token.kind !== 'word') throw queryError('A word is missing', token.at, 'user:admin')
  if (field && token.text === '*') return { kind: 'exists' }
  if (field && cidrOf(token.text)) return { kind: 'cidr', network: token.text }
  if (field && NETWORK.test(token.text))
    throw queryError(`${token.text} is no network`, token.at, `${field.name}:10.0.0.0/8`)
  if (/[*?]/.test(token.text)) return { kind: 'wildcard', pattern: token.text }
  return containing(token.text, token.at)
}

function containing(text: string, at: number): Test {
  if (text === '') throw queryError('A word is missing', at, '"net user"')
  return { kind: 'contains', text }
}

function regexTest(source: string, at: number): Test {
  const why = regexFault(source)
  if (why !== null) throw queryError(`The regular expression cannot be read: ${why}`, at, '/net1? user/')
  return { kind: 'regex', source }
}
