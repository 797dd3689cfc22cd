/**
 * In any case: a letter finds its other cases by Unicode's simple folding (é É, м М, σ ς Σ), one letter for one letter; so
 * ß does not find SS. One exception keeps words of ASCII quick: K and S do not find the Kelvin sign and the long s.
 * Engines fold differently, so no engine folds letters beyond ASCII: the compilers spell out the cases.
 */

// Folds to another letter without being its lower or upper case, so that neither leads here. fold.test.ts knows they are all.
const LATE =
  '\u00b5\u01c5\u01c8\u01cb\u01f2\u0345\u0390\u03b0\u03c2\u03d0\u03d1\u03d5\u03d6\u03f0\u03f1\u03f4' +
  '\u03f5\u1c80\u1c81\u1c82\u1c83\u1c84\u1c85\u1c86\u1c87\u1c88\u1e9b\u1e9e\u1f88\u1f89\u1f8a\u1f8b' +
  '\u1f8c\u1f8d\u1f8e\u1f8f\u1f98\u1f99\u1f9a\u1f9b\u1f9c\u1f9d\u1f9e\u1f9f\u1fa8\u1fa9\u1faa\u1fab' +
  '\u1fac\u1fad\u1fae\u1faf\u1fbc\u1fbe\u1fcc\u1fd3\u1fe3\u1ffc\u2126\u212b\ufb05\ufb06'

/** Every case of a letter, itself first. */
export function casesOf(letter: string): string[] {
  const found = new Set([letter])
  for (const one of found) {
    for (const other of [one.toLowerCase(), one.toUpperCase()]) if (isCase(letter, other)) found.add(other)
  }
  if (letter > '\u007f') for (const late of LATE) if (isCase(letter, late)) found.add(late)
  return [...found]
}

function isCase(letter: string, other: string): boolean {
  if ([...other].length !== 1 || other <= '\u007f' !== letter <= '\u007f') return false
  return new RegExp(`^${escaped(letter)}$`, 'iu').test(other)
}

/** True where only A to Z have cases: then the engines' own folding of ASCII finds the same. */
export const foldsAsAscii = (text: string): boolean =>
  [...text].every((letter) => letter <= '\u007f' || casesOf(letter).length === 1)

export const asciiLower = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())

/** A regular expression (RE2 and JavaScript) for the text in any case, spelt out; to be used case-sensitively. */
export function inAnyCase(text: string): string {
  return [...text]
    .map((letter) => {
      const cases = casesOf(letter)
      return cases.length === 1 ? escaped(letter) : `[${cases.join('')}]`
    })
    .join('')
}

const escaped = (text: string): string => text.replace(/[.*+?^$()|[\]\\{}/]/g, '\\$&')
