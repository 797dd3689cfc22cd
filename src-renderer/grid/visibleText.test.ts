import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasHidden, visibleParts } from './visibleText.ts'

const shown = (text: string): string =>
  visibleParts(text)
    .map((part) => (part.hidden ? `[${part.text}]` : part.text))
    .join('')

describe('cell text', () => {
  it('cannot pose as something else by overrides of the writing direction', () => {
    expect(shown('invoice\u202efdp.exe')).toBe('invoice[RLO]fdp.exe')
    expect(shown('a\u2067b\u2069c')).toBe('a[RLI]b[PDI]c')
  })

  it('shows line ends, tabs, NULs and escapes as marks', () => {
    expect(shown('a\r\nb\tc\0d\u001b[31m')).toBe('a[␍][↵]b[→]c[␀]d[␛][31m')
  })

  it('shows characters without width where they can only hide', () => {
    expect(shown('pay\u200bpal.com')).toBe('pay[ZWSP]pal.com')
    expect(shown('pay\u200dpal')).toBe('pay[ZWJ]pal')
    expect(shown('x\u{e0041}')).toBe('x[U+E0041]')
  })

  it('leaves writing as it is: Persian, emoji, accents, right-to-left words', () => {
    for (const text of ['می\u200cخواهم', '👩\u200d💻', 'Zoë', 'שלום', 'C:\\Windows\\system32'])
      expect(shown(text)).toBe(text)
  })

  it('is neither lost nor changed, and holds nothing hidden afterwards', () => {
    const hostile = fc.string({
      unit: fc.oneof(
        fc.constantFrom('\u202e', '\u0000', '\n', '\u200b', 'a', '/'),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      ),
    })
    fc.assert(
      fc.property(hostile, (text) => {
        const parts = visibleParts(text)
        const kept = parts
          .filter((part) => !part.hidden)
          .map((part) => part.text)
          .join('')
        expect(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200b]/.test(kept)).toBe(false)
        if (!hasHidden(text)) expect(kept).toBe(text)
        let rest = text
        for (const part of parts) {
          if (part.hidden) rest = rest.slice(String.fromCodePoint(rest.codePointAt(0)!).length)
          else {
            expect(rest.startsWith(part.text)).toBe(true)
            rest = rest.slice(part.text.length)
          }
        }
        expect(rest).toBe('')
      }),
    )
  })
})
