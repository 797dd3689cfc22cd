import type { Column, DatasetChange, Reading, Split } from '#contract/datasets'
import { formatSkew } from '../../ui/clockSkew.ts'
import { formatNoun } from '../../ui/formatNumber.ts'
import { packedText } from '../../ui/packedText.ts'

/** What the analyst said about the times of a column: `read as Europe/Berlin, +30 s`; empty where nothing was said. */
export function readAs(column: Pick<Column, 'timeZone' | 'timeZoneSource'>, skewSeconds: number): string {
  const zone = column.timeZoneSource === 'user' && column.timeZone !== null ? `read as ${column.timeZone}` : ''
  return [zone, skewSeconds === 0 ? '' : formatSkew(skewSeconds)].filter(Boolean).join(', ')
}

export type ChangeLine = { what: string; from: string; to: string }

const DETECTED = 'as detected'
const fieldsText = (fields: readonly string[] | undefined): string =>
  fields === undefined ? DETECTED : fields.length === 0 ? 'no field' : fields.join(', ')

/** What a change altered, one line each: from, to. */
export function changeLines(before: Reading, after: Reading): ChangeLine[] {
  const lines: ChangeLine[] = []
  const compare = (what: string, from: string, to: string) => from !== to && lines.push({ what, from, to })
  const text = (value: string | null | undefined, none: string) =>
    value === undefined ? DETECTED : value === null || value === '' ? none : value
  compare('Zone', text(before.timeZone, DETECTED), text(after.timeZone, DETECTED))
  compare('Clock skew', formatSkew(before.skewSeconds ?? 0), formatSkew(after.skewSeconds ?? 0))
  compare('Time column', text(before.timeColumn, 'none'), text(after.timeColumn, 'none'))
  compare('Profile', text(before.profile, 'none'), text(after.profile, 'none'))
  for (const name of new Set([...Object.keys(before.fields ?? {}), ...Object.keys(after.fields ?? {})]))
    compare(name, fieldsText(before.fields?.[name]), fieldsText(after.fields?.[name]))
  const splitText = (split: Split | null | undefined) =>
    split === undefined ? DETECTED : split === null ? 'whole' : `taken apart, ${packedText(split)}`
  for (const name of new Set([...Object.keys(before.splits ?? {}), ...Object.keys(after.splits ?? {})]))
    compare(name, splitText(before.splits?.[name]), splitText(after.splits?.[name]))
  const firstText = (first: readonly string[] | undefined) => first && (first.length === 0 ? '' : first.join(', '))
  compare('Shown first', text(firstText(before.first), 'none'), text(firstText(after.first), 'none'))
  const order = (dayFirst: boolean | undefined) =>
    dayFirst === undefined ? DETECTED : dayFirst ? 'day first' : 'month first'
  for (const name of new Set([...Object.keys(before.dayFirst ?? {}), ...Object.keys(after.dayFirst ?? {})]))
    compare(`Dates of ${name}`, order(before.dayFirst?.[name]), order(after.dayFirst?.[name]))
  return lines
}

/** What sort of change it was, in words. */
export function changeTitle(change: Pick<DatasetChange, 'kind' | 'rows'>): string {
  if (change.kind === 'repair') return `${formatNoun(change.rows, 'record')} repaired`
  if (change.kind === 'rescan') return 'Rescanned'
  if (change.kind === 'reading') return 'Read otherwise'
  return change.rows > 0
    ? `Repair taken back, ${formatNoun(change.rows, 'record')} in quarantine again`
    : 'Last change taken back'
}
