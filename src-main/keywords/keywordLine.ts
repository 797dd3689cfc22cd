import { RE2JS } from 're2js'
import { KEYWORD_MAX } from '#contract/keywords'
import type { KeywordKind } from '#contract/values'
import { regexFault } from '../predicate/limits.ts'

export type ReadKeyword = { kind: KeywordKind; text: string }
export type RefusedKeyword = { reason: string }

const DOMAIN = /^(?=.{4,})(?:[a-z0-9\p{L}](?:[a-z0-9\p{L}-]*[a-z0-9\p{L}])?\.)+(?:xn--[a-z0-9-]+|\p{L}{2,})$/u
const CONTROL = /\p{Cc}/u
const WORD = /[\p{L}\p{N}]/u

/**
 * A keyword as it is kept, or why it cannot be one: host names without scheme, path and `www.`, spaces as one, patterns as
 * they are.
 */
export function readKeyword(kind: KeywordKind, written: string): ReadKeyword | RefusedKeyword {
  const text = written.trim()
  if (CONTROL.test(text)) return { reason: 'A keyword holds no control characters.' }
  if (text.length > KEYWORD_MAX) return { reason: `A keyword has at most ${KEYWORD_MAX} characters.` }
  if (kind === 'regex') return readPattern(text)
  if (kind === 'domain') {
    const domain = hostIn(text)
    return DOMAIN.test(domain) ? { kind, text: domain } : { reason: `${text.slice(0, 60)} is no host name.` }
  }
  const words = text.toLowerCase().replace(/\s+/g, ' ')
  if (words.length < 2 || !WORD.test(words))
    return { reason: 'A keyword has two characters or more, one of them a letter or digit.' }
  return { kind, text: words }
}

function readPattern(text: string): ReadKeyword | RefusedKeyword {
  const fault = regexFault(text)
  if (fault !== null) return { reason: `The pattern cannot be read: ${fault}.` }
  // In every cell of every row: nobody means that.
  if (RE2JS.compile(`(?i)${text}`).test('')) return { reason: 'The pattern matches the empty text, so every cell.' }
  return { kind: 'regex', text }
}

/**
 * A pasted line: `/pattern/`, `*text*` anywhere, `"words"` as words whatever they look like, a host name or web address as a
 * domain, anything else as words. Null for an empty line and a comment.
 */
export function readLine(line: string): ReadKeyword | RefusedKeyword | null {
  const text = line.trim()
  if (text === '' || text.startsWith('#')) return null
  const pattern = /^\/(.+)\/i?$/.exec(text)?.[1]
  if (pattern !== undefined) return readKeyword('regex', pattern)
  const anywhere = /^\*(.+)\*$/.exec(text)?.[1]
  if (anywhere !== undefined) return readKeyword('contains', anywhere)
  const words = /^"(.+)"$/.exec(text)?.[1]
  if (words !== undefined) return readKeyword('word', words)
  return readKeyword(DOMAIN.test(hostIn(text)) ? 'domain' : 'word', text)
}

/** The host of an address, without `www.` and without the dots in brackets that keep people from clicking. */
const hostIn = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('[.]', '.')
    .replace(/^[a-z]+:\/\//, '')
    .replace(/[/?#:].*$/, '')
    .replace(/^(?:\*\.|www\.)/, '')
    .replace(/\.$/, '')
