/** What stands between words: blanks, quotes, slashes and what joins parts of addresses and parameters. */
const BETWEEN = new Uint8Array(128)
for (const mark of '\t\n\v\f\r "\'`\\/,;:=&?|<>()[]{}@._-') BETWEEN[mark.charCodeAt(0)] = 1
const EQUALS = 61
/** Texts up to here are looked at as bytes, which is several times faster where they are plain ASCII. */
const BYTES = Buffer.alloc(8 * 1024)

type Word = { from: number; length: number }
const NONE: readonly Word[] = []

/**
 * The words of at least `minimum` characters in the first `most` characters of a text, with up to two `=` behind them, as
 * base64 ends. A word is a run of characters without blanks, quotes, slashes and marks that join parts.
 */
export function wordsOf(text: string, minimum: number, most: number): readonly Word[] {
  if (3 * text.length <= BYTES.length && text.length <= most && BYTES.write(text) === text.length)
    return wordsIn(text.length, minimum, (at) => BYTES[at] ?? 0)
  return wordsIn(Math.min(text.length, most), minimum, (at) => text.charCodeAt(at))
}

function wordsIn(end: number, minimum: number, codeAt: (at: number) => number): readonly Word[] {
  let words: Word[] | null = null
  let from = 0
  while (from + minimum <= end) {
    // From behind: where one of the characters is no part of a word, none can begin before it.
    let at = from + minimum - 1
    while (at >= from && !isBetween(codeAt(at))) at -= 1
    if (at >= from) {
      from = at + 1
      continue
    }
    let to = from + minimum
    while (to < end && !isBetween(codeAt(to))) to += 1
    for (let more = 0; more < 2 && to < end && codeAt(to) === EQUALS; more += 1) to += 1
    words ??= []
    words.push({ from, length: to - from })
    from = to
  }
  return words ?? NONE
}

function isBetween(code: number): boolean {
  if (code < 128) return BETWEEN[code] === 1
  return code >= 0xa0 && /\s/.test(String.fromCharCode(code))
}
