import type { GridColumn } from './gridColumn.ts'
import type { GridData } from './gridData.ts'

const PADDING_PX = 18
const FIT_MAX = 900

/** The width, in px, at which the header and these texts are shown whole; at most 900. */
export function fitWidth(texts: readonly string[], font: string): number {
  const context = document.createElement('canvas').getContext('2d')
  if (!context) return 140
  context.font = font
  const widest = texts.reduce((most, text) => Math.max(most, context.measureText(text.slice(0, 400)).width), 24)
  return Math.min(FIT_MAX, Math.ceil(widest) + PADDING_PX)
}

/** The texts of a column in rows first..last, as far as they are here, and of its header with room for its marks. */
export function textsOf<R>(column: GridColumn<R>, data: GridData<R>, first: number, last: number): string[] {
  const texts = [`${column.title} ◀◀◀`, `◀ ${column.subtitle ?? ''}`]
  for (let row = first; row <= last; row += 1) {
    const here = data.rowAt(row)
    const value = here === undefined ? undefined : (column.text?.(here) ?? column.render(here))
    if (typeof value === 'string') texts.push(value)
  }
  return texts
}
