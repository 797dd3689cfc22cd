/**
 * What the font of PDFs has: Latin, Greek, Cyrillic, Vietnamese and common signs. Everything else would be an empty box, so
 * that it is written as its code point: nothing is lost silently. Letters that turn the direction are written so as well.
 */
const HAS =
  /[\n\u0020-\u007e\u00a0-\u017f\u0192\u01a0\u01a1\u01af\u01b0\u0218-\u021b\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u045f\u0490\u0491\u1e80-\u1e85\u1ea0-\u1ef9\u2013\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u2044\u20ac\u2122\u2212\u2260\u2264\u2265]/

/** The text with everything the font lacks as \u{1F600}. */
export const printable = (text: string): string => {
  let out = ''
  for (const letter of text.replaceAll('\r\n', '\n').replaceAll('\t', '    '))
    out += HAS.test(letter) ? letter : `\\u{${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`
  return out
}
