import type { IocType } from '#contract/values'
import { hostnameOfCell, mayHoldIocs } from './iocColumns.ts'
import { cellIoc, findIocs, hostOfUrl, type PlainIoc } from './iocs.ts'

/** Indicators of one cell, each as often as it stands there; `whole`: the cell is this one indicator. */
export type CellFindings = { found: readonly PlainIoc[]; whole: IocType | null }

export const noFindings: CellFindings = { found: [], whole: null }

/** What a cell of a text column holds, where the column as a whole is expected to hold `ioc` (null: nothing in particular). */
export function cellFindings(text: string, ioc: IocType | null): CellFindings {
  if (ioc === 'hostname') {
    const value = hostnameOfCell(text)
    if (value !== null) return { found: [{ type: 'hostname', value }], whole: 'hostname' }
  }
  const found = findIocs(text)
  const only = found[0]
  if (only === undefined) return noFindings
  const all: PlainIoc[] = []
  for (const one of found) {
    all.push(one)
    const host = one.type === 'url' ? hostOfUrl(one) : null
    if (host) all.push(host)
  }
  const fills = found.length === 1 && ((only.start === 0 && only.end === text.length) || cellIoc(text) !== null)
  return { found: all, whole: fills ? only.type : null }
}

/** Whether the cells of a column are looked at. */
export const looksForIocs = (column: { type: string; ioc: IocType | null; header: string }): boolean =>
  column.type === 'text' && (column.ioc !== null || mayHoldIocs(column.header))
