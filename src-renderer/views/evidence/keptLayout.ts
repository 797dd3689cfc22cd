import type { Column } from '#contract/datasets'
import { remember, remembered } from '../../state/remembered.ts'

/** Columns as in the URL (columnsParam.ts), and widths in px by column id. */
export type KeptLayout = { cols: string | null; widths: Readonly<Record<string, number>> }

const NOTHING: KeptLayout = { cols: null, widths: {} }

/** The same for files with the same headers in the same order: 53 bits, in base 36. */
export function headersKey(columns: readonly Pick<Column, 'header'>[]): string {
  let low = 0xdeadbeef
  let high = 0x41c6ce57
  for (const text of columns.map(({ header }) => `${header}\0`)) {
    for (let n = 0; n < text.length; n += 1) {
      low = Math.imul(low ^ text.charCodeAt(n), 2_654_435_761)
      high = Math.imul(high ^ text.charCodeAt(n), 1_597_334_677)
    }
  }
  return ((high & 0x1fffff) * 2 ** 32 + (low >>> 0)).toString(36)
}

/** How datasets with these headers were left. */
export function keptLayout(headers: string): KeptLayout {
  try {
    const kept: unknown = JSON.parse(remembered(`columns.${headers}`) ?? 'null')
    if (typeof kept !== 'object' || kept === null || !('cols' in kept) || !('widths' in kept)) return NOTHING
    const { cols, widths } = kept
    if ((cols !== null && typeof cols !== 'string') || typeof widths !== 'object' || widths === null) return NOTHING
    const sizes = Object.entries(widths).filter((one): one is [string, number] => typeof one[1] === 'number')
    return { cols, widths: Object.fromEntries(sizes) }
  } catch {
    return NOTHING
  }
}

export const keepLayout = (headers: string, layout: KeptLayout): void =>
  remember(`columns.${headers}`, JSON.stringify(layout))
