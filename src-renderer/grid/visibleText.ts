/** A stretch of cell text: as it stands, or a character that cannot be seen or would reorder its neighbours, named instead. */
export type TextPart = { text: string; hidden: boolean }

// C0 and C1 controls, soft hyphen, combining grapheme joiner, Arabic letter mark, Hangul fillers, Mongolian vowel separator,
// zero-width space, direction marks, line and paragraph separators, embeddings and overrides, word joiner and invisible
// operators, isolates, variation selectors of the supplement, BOM, interlinear marks, tag characters.
const HIDDEN =
  // eslint-disable-next-line no-control-regex, no-misleading-character-class -- these are the characters to be found
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}\u{e0100}-\u{e01ef}]/u
const HIDDEN_ALL = new RegExp(HIDDEN.source, 'gu')

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
