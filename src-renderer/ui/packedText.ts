import type { Split } from '#contract/datasets'
import { formatNoun } from './formatNumber.ts'

/** What usually stands between two pairs of a packed cell. */
export const betweenChoices: readonly { value: string; label: string }[] = [
  { value: ',', label: 'Comma' },
  { value: ', ', label: 'Comma and space' },
  { value: ';', label: 'Semicolon' },
  { value: '; ', label: 'Semicolon and space' },
  { value: '|', label: 'Bar' },
  { value: ' | ', label: 'Bar between spaces' },
  { value: ' ¦ ', label: 'Broken bar between spaces' },
  { value: '&', label: 'Ampersand' },
  { value: ' ', label: 'Space' },
  { value: '\t', label: 'Tab' },
  { value: '\n', label: 'Line end' },
  { value: '\r\n', label: 'Line end of Windows' },
]

/** How a packed column is taken apart, in words: `key=value, comma`; `JSON`. */
export function packedText({ how, between }: Split): string {
  if (how === 'json') return 'JSON'
  const known = betweenChoices.find(({ value }) => value === between)?.label.toLowerCase()
  return `${how}, ${known ?? `“${between}”`}`
}

export const partsText = (parts: number): string => (parts === 0 ? 'no part found' : formatNoun(parts, 'part'))

/** Cells looked at to tell whether a column looks packed. */
const LOOKED_AT = 5

/** Whether cells look as if each held several values with names. */
export function looksPacked(cells: readonly string[]): boolean {
  const some = cells.filter((cell) => cell !== '').slice(0, LOOKED_AT)
  const packed = some.filter(
    (cell) =>
      /^\s*\{\s*"/.test(cell) ||
      /^\s*\[\s*\{/.test(cell) ||
      /^\s*[\w .@-]{1,30}=[^=]*[,;|&\s¦][\w .@-]{1,30}=/.test(cell) ||
      /^\s*[\w .@-]{1,30}: .*?[,;|¦\n]\s*[\w .@-]{1,30}: /s.test(cell),
  )
  return some.length > 0 && packed.length * 2 > some.length
}
