import { cidrOf } from './cidr.ts'
import { queryError } from './queryError.ts'

/** A piece of a query. `at` and `end`: where it stands, in characters. */
export type Token =
  | { kind: '(' | ')' | 'and' | 'or' | 'not'; at: number; end: number }
  | { kind: 'field'; name: string; at: number; end: number }
  | { kind: 'word'; text: string; at: number; end: number }
  | { kind: 'quoted'; text: string; at: number; end: number }
  | { kind: 'regex'; source: string; at: number; end: number }
  | { kind: 'range'; from: string; to: string; fromInclusive: boolean; toInclusive: boolean; at: number; end: number }
  | { kind: 'compare'; sign: '>' | '>=' | '<' | '<='; text: string; at: number; end: number }

/** More pieces are a pasted text, not a question; it also bounds the depth of the tree. */
const TOKENS_MAX = 200

const KEYWORDS: Readonly<Record<string, 'and' | 'or' | 'not'>> = {
  AND: 'and',
  '&&': 'and',
  OR: 'or',
  '||': 'or',
  NOT: 'not',
  '!': 'not',
}

// Sticky and built of negated classes only: every expression reads each character once.
const SPACE = /\s+/y
const FIELD = /(?:"([^"]+)"|([^\s:"()[\]{}<>=]+)):(?!\/\/|\\)/y
const WORD = /[^\s()"]+/y
const RANGE = /([[{])\s*("[^"]*"|[^\s"\]}]+)\s+TO\s+("[^"]*"|[^\s"\]}]+)\s*([\]}])/y
const COMPARE = /([<>]=?)(?!=)\s*("[^"]*"|[^\s()"]+)/y

/** Pasted as they stand in evidence, colons and all: an address with its port, a MAC address; beside IPv6 addresses and networks. */
const WITH_COLONS = /^(?:\d{1,3}(?:\.\d{1,3}){3}:\d{1,5}|(?:[0-9a-f]{2}:){5}[0-9a-f]{2})$/i

/** Cuts a query into its pieces; AppError 'invalid-input' with the position of what is wrong. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    return pattern.exec(text)
  }
  const push = (token: Token): void => {
    tokens.push(token)
    if (tokens.length > TOKENS_MAX)
      throw queryError(`More than ${TOKENS_MAX} words`, at, 'fewer words, or import them as keywords')
    at = token.end
  }
  const afterField = (): boolean => tokens.at(-1)?.kind === 'field'

  while (at < text.length) {
    const space = match(SPACE)
    if (space) {
      at += space[0].length
      continue
    }
    const letter = text[at]
    if (letter === '(' || letter === ')') push({ kind: letter, at, end: at + 1 })
    else if (letter === '"' && (afterField() || !match(FIELD))) push(quoted(text, at))
    else if (letter === '/' && (afterField() || isRegex(text, at))) push(regex(text, at))
    else if ((letter === '[' || letter === '{') && afterField()) push(range(match(RANGE), text, at))
    else if ((letter === '>' || letter === '<') && afterField()) {
      const found = match(COMPARE)
      if (!found) throw queryError(`A value is missing after ${letter}`, at, 'pid:>1000')
      push({
        kind: 'compare',
        sign: signOf(found[1] ?? ''),
        text: plain(found[2] ?? ''),
        at,
        end: at + found[0].length,
      })
    } else if ((letter === '-' || letter === '!') && /[^\s)]/.test(text[at + 1] ?? '') && !afterField())
      push({ kind: 'not', at, end: at + 1 })
    else {
      const word = match(WORD)?.[0] ?? letter ?? ''
      const field = afterField() || isAddress(word) ? null : match(FIELD)
      if (field) push({ kind: 'field', name: field[1] ?? field[2] ?? '', at, end: at + field[0].length })
      else {
        const keyword = afterField() ? undefined : KEYWORDS[word]
        if (keyword) push({ kind: keyword, at, end: at + word.length })
        else push({ kind: 'word', text: word, at, end: at + word.length })
      }
    }
  }
  return tokens
}

const isAddress = (word: string): boolean =>
  WITH_COLONS.test(word) || (word.includes(':') && cidrOf(word.includes('/') ? word : `${word}/128`) !== null)

const plain = (text: string): string => text.replace(/^"([^"]*)"$/, '$1')
const signOf = (text: string): '>' | '>=' | '<' | '<=' => (text === '>=' || text === '<=' || text === '<' ? text : '>')

/** `/x/` is a regular expression; a path such as /etc/passwd is a word. */
function isRegex(text: string, at: number): boolean {
  const end = closing(text, at + 1, '/')
  return end > at + 1 && (end + 1 >= text.length || /[\s)]/.test(text[end + 1] ?? ''))
}

function closing(text: string, from: number, mark: string): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === mark) return at
  }
  return -1
}

function quoted(text: string, at: number): Token {
  const end = closing(text, at + 1, '"')
  if (end < 0) throw queryError('A quote is not closed', at, '"net user"')
  return { kind: 'quoted', text: text.slice(at + 1, end).replace(/\\(["\\])/g, '$1'), at, end: end + 1 }
}

function regex(text: string, at: number): Token {
  const end = closing(text, at + 1, '/')
  if (end < 0) throw queryError('A regular expression is not closed', at, 'command_line:/net1? user/')
  return { kind: 'regex', source: text.slice(at + 1, end).replace(/\\\//g, '/'), at, end: end + 1 }
}

function range(found: RegExpExecArray | null, text: string, at: number): Token {
  if (!found) {
    const open = !/[\]}]/.test(text.slice(at))
    throw queryError(open ? 'A range is not closed' : 'A range cannot be read', at, 'pid:[1000 TO 2000]')
  }
  const [whole, open, from, to, close] = found
  return {
    kind: 'range',
    from: plain(from ?? ''),
    to: plain(to ?? ''),
    fromInclusive: open === '[',
    toInclusive: close === ']',
    at,
    end: at + whole.length,
  }
}
