/** A stretch of cell text: as it stands, or a character that cannot be seen or would reorder its neighbours, named instead. */
export type TextPart = { text: string; hidden: boolean }

// Code points, first and last, that cannot be seen, break a line or reorder their neighbours.
const HIDDEN_RANGES: readonly (readonly [first: number, last: number])[] = [
  [0x00, 0x1f], // C0 controls
  [0x7f, 0x9f], // delete, C1 controls
  [0xad, 0xad], // soft hyphen
  [0x34f, 0x34f], // combining grapheme joiner
  [0x61c, 0x61c], // Arabic letter mark
  [0x115f, 0x1160], // Hangul fillers
  [0x17b4, 0x17b5], // Khmer inherent vowels
  [0x180e, 0x180e], // Mongolian vowel separator
  [0x200b, 0x200b], // zero-width space
  [0x200e, 0x200f], // direction marks
  [0x2028, 0x202e], // line and paragraph separators, embeddings, overrides
  [0x2060, 0x206f], // word joiner, invisible operators, isolates
  [0x3164, 0x3164], // Hangul filler
  [0xfeff, 0xfeff], // byte order mark
  [0xffa0, 0xffa0], // half-width Hangul filler
  [0xfff9, 0xfffb], // interlinear marks
  [0xe0000, 0xe007f], // tags
  [0xe0100, 0xe01ef], // variation selectors of the supplement
]
const escaped = (code: number): string => `\\u{${code.toString(16)}}`
const HIDDEN_CLASS = `[${HIDDEN_RANGES.map(([first, last]) => `${escaped(first)}-${escaped(last)}`).join('')}]`
const HIDDEN = new RegExp(HIDDEN_CLASS, 'u')
const HIDDEN_ALL = new RegExp(HIDDEN_CLASS, 'gu')

/** The zero-width joiners are part of writing in many scripts and of emoji; between ASCII characters they only hide something. */
const JOINER_ALL = /(?<=^|\p{ASCII})[\u200c\u200d]|[\u200c\u200d](?=\p{ASCII}|$)/gu

const names: Record<number, string> = {
  0x09: '→',
  0x0a: '↵',
  0x0d: '␍',
  0x061c: 'ALM',
  0x200b: 'ZWSP',
  0x200c: 'ZWNJ',
  0x200d: 'ZWJ',
  0x200e: 'LRM',
  0x200f: 'RLM',
  0x202a: 'LRE',
  0x202b: 'RLE',
  0x202c: 'PDF',
  0x202d: 'LRO',
  0x202e: 'RLO',
  0x2066: 'LRI',
  0x2067: 'RLI',
  0x2068: 'FSI',
  0x2069: 'PDI',
  0xfeff: 'BOM',
}

const nameOf = (character: string): string => {
  const code = character.codePointAt(0) ?? 0
  const known = names[code]
  if (known) return known
  if (code < 0x20) return String.fromCodePoint(0x2400 + code)
  if (code === 0x7f) return '␡'
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}

export const hasHidden = (text: string): boolean => HIDDEN.test(text) || /[\u200c\u200d]/.test(text)

/** Cuts text so that nothing in it can hide, reorder or break a line. Joined again the parts without `hidden` are unchanged. */
export function visibleParts(text: string): TextPart[] {
  const parts: TextPart[] = []
  const places = [...text.matchAll(HIDDEN_ALL), ...text.matchAll(JOINER_ALL)].toSorted((a, b) => a.index - b.index)
  let from = 0
  for (const place of places) {
    if (place.index < from) continue
    if (place.index > from) parts.push({ text: text.slice(from, place.index), hidden: false })
    parts.push({ text: nameOf(place[0]), hidden: true })
    from = place.index + place[0].length
  }
  if (from < text.length) parts.push({ text: text.slice(from), hidden: false })
  return parts
}
