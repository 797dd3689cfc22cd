import type { IocType } from '#contract/values'
import { findIocs, hostnameOfCell, iocOfCell } from '../iocs.ts'

/** Indicators of one cell, in order, each as often as it stands there; `whole`: the cell is this one indicator. */
export type CellFindings = { found: readonly { type: IocType; value: string }[]; whole: IocType | null }

const nothing: CellFindings = { found: [], whole: null }

/** What a cell of a text column holds, where the column as a whole is expected to hold `ioc` (null: nothing in particular). */
export function cellFindings(text: string, ioc: IocType | null): CellFindings {
  // "::1" is the shortest indicator.
  if (text.length < 3) return nothing
  if (ioc === 'hostname') {
    const value = hostnameOfCell(text)
    if (value !== null) return { found: [{ type: 'hostname', value }], whole: 'hostname' }
  }
  const found = findIocs(text)
  const only = found[0]
  if (only === undefined) {
    // What is an indicator only because it stands alone.
    const type = ioc === null ? null : iocOfCell(text)
    return type === null ? nothing : { found: [{ type, value: text.trim().toLowerCase() }], whole: type }
  }
  return { found, whole: found.length === 1 && only.end - only.start >= text.trim().length ? only.type : null }
}
