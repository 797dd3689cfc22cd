import { RE2JS } from 're2js'
import type { KeywordKind } from '#contract/values'
import { compilePhrases } from './phraseAutomaton.ts'

export type MatchedKeyword = { kind: KeywordKind; text: string }

/** Between cells of a row that are looked at as one text; no keyword holds it and no word goes on over it. */
export const CELL_END = '\u0001'

export type KeywordMatcher = {
  /** Whether cells, joined by CELL_END, may hold a keyword: false only when none does. */
  mayHold(joined: string): boolean
  /** Which keywords a cell holds, by their places, ascending. The same array is handed out again. */
  inCell(text: string): readonly number[]
  /** Whether a number, as it is written, can hold a keyword. */
  numbers: boolean
}

const TOUCHES_NUMBERS = /^[0-9.eE+-]+$/
/** What makes a pattern mean something else when its cell stands inside a longer text. */
const ANCHORED = /\\[AzZ]|\(\?[a-z]*-?[a-z]*[ms]/
/** Patterns that are asked together; a longer alternation needs more memory than it saves time. */
const TOGETHER_MAX = 50

/**
 * Compiles keywords so that a text is read once, whatever their number; patterns take linear time. Any case. `watch` is given
 * long texts before a pattern reads them.
 */
export function keywordMatcher(
  keywords: readonly MatchedKeyword[],
  watch: (text: string) => string = (text) => text,
): KeywordMatcher {
  const phrases = new Map<string, number[]>()
  const patterns: { place: number; regex: RE2JS }[] = []
  keywords.forEach(({ kind, text }, place) => {
    if (kind === 'regex') patterns.push({ place, regex: RE2JS.compile(`(?i)${text}`) })
    else {
      const bytes = Buffer.from(text.toLowerCase()).toString('latin1')
      phrases.set(bytes, [...(phrases.get(bytes) ?? []), place])
    }
  })
  const written = [...phrases.keys()]
  const places = [...phrases.values()]
  const read = compilePhrases(written, true)
  const lengths = written.map((phrase) => phrase.length)
  const kinds = keywords.map(({ kind }) => kind)
  const sources = keywords.flatMap(({ kind, text }) => (kind === 'regex' ? [text] : []))
  const prefilter = prefilterOf(sources)
  const marks = keywords.some(({ text }) => text.search(MARKS) >= 0)

  let [holds, found]: [boolean, number[]] = [false, []]
  const collect = (phrase: number, bytes: Uint8Array, to: number): void => {
    const from = to - (lengths[phrase] ?? 0)
    for (const place of places[phrase] ?? []) {
      if (!stands(kinds[place] ?? 'word', bytes, from, to) || found.includes(place)) continue
      holds = true
      found.push(place)
    }
  }
  const look = (text: string): void => {
    holds = false
    found = []
    read(folded(text, marks), collect)
  }
  return {
    mayHold(joined) {
      look(joined)
      return holds || prefilter(watch(joined))
    },
    inCell(text) {
      look(text)
      for (const { place, regex } of patterns) if (regex.test(watch(text))) found.push(place)
      return found.length < 2 ? found : found.sort((a, b) => a - b)
    },
    numbers: patterns.length > 0 || written.some((phrase) => TOUCHES_NUMBERS.test(phrase)),
  }
}

/** What is neither ASCII nor part of a word: a no-break space, a dash, a bullet. */
const MARKS = /[^\0-\x7f\p{L}\p{N}\p{M}]/gu

/** Letters beyond ASCII are folded here; A to Z in the automaton. `marks`: some keyword holds them, so that they must stay. */
const folded = (text: string, marks: boolean): string =>
  /^[\0-\x7f]*$/.test(text) ? text : marks ? text.toLowerCase() : text.toLowerCase().replace(MARKS, ' ')

/** Whether some pattern may match in some of the cells: asked of the row as one text, with cells as its lines. */
function prefilterOf(sources: readonly string[]): (joined: string) => boolean {
  if (sources.length === 0) return () => false
  if (sources.length > TOGETHER_MAX || sources.some((source) => ANCHORED.test(source))) return () => true
  const together = RE2JS.compile(`(?im)${sources.map((source) => `(?:${source})`).join('|')}`)
  return (joined) => together.test(joined.includes(CELL_END) ? joined.replaceAll(CELL_END, '\n') : joined)
}

/** Letters and digits, and every letter beyond ASCII (bytes from 128 on). */
const WORD = Uint8Array.from({ length: 256 }, (_, code) =>
  Number(code >= 128 || /[a-z0-9]/i.test(String.fromCharCode(code))),
)
const [DOT, HYPHEN, UNDERSCORE] = [46, 45, 95]
const isWord = (byte: number | undefined): boolean => WORD[byte ?? 0] === 1
const isLabel = (byte: number | undefined): boolean => isWord(byte) || byte === HYPHEN || byte === UNDERSCORE

/** Whether bytes `from` to `to` stand there as such a keyword must. What follows the text is zero. */
function stands(kind: KeywordKind, bytes: Uint8Array, from: number, to: number): boolean {
  const before = from === 0 ? 0 : bytes[from - 1]
  if (kind === 'word') return !(isWord(before) && isWord(bytes[from])) && !(isWord(bytes[to - 1]) && isWord(bytes[to]))
  if (kind === 'domain')
    return !isLabel(before) && !isLabel(bytes[to]) && !(bytes[to] === DOT && isLabel(bytes[to + 1]))
  return true
}
