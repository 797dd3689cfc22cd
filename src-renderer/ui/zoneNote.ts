import type { Column } from '#contract/datasets'

type ZoneOf = Pick<Column, 'timeZone' | 'timeZoneSource' | 'timeZoneNamed' | 'timeZoneColumn'>

/** Where the zone of a column of times comes from; empty for a column without. */
export function zoneNote({ timeZoneSource, timeZoneNamed, timeZoneColumn }: ZoneOf): string {
  if (timeZoneSource === 'profile') return 'set by the profile'
  if (timeZoneSource === 'user') return 'set by you'
  if (timeZoneSource === 'assumed') return 'assumed'
  if (timeZoneSource === null) return ''
  if (timeZoneNamed === 'header') return 'as named in the header'
  return timeZoneNamed === 'column' ? `as named in ${timeZoneColumn ?? 'each row'}` : 'as written in the text'
}

/** Whether rows differ in their zones: then the zone of the column only holds where a row names none. */
export const rowsNameZones = ({ timeZoneSource, timeZoneNamed }: ZoneOf): boolean =>
  timeZoneSource === 'text' && timeZoneNamed !== 'header'

/** The zone of a column of times with where it comes from: `zone UTC, assumed`; `zone as written in the text`. */
export function zoneText(column: ZoneOf): string {
  const note = zoneNote(column)
  if (rowsNameZones(column)) return `zone ${note}`
  return [column.timeZone === null ? '' : `zone ${column.timeZone}`, note].filter(Boolean).join(', ')
}

/** What the zone that can be set means for a column of times. */
export function zoneMeaning(column: ZoneOf & { name: string }): string {
  if (!rowsNameZones(column)) return zoneNote(column)
  return column.timeZoneNamed === 'column'
    ? `Each row names its own in ${column.timeZoneColumn ?? 'a column'}; this one is for rows that do not`
    : `Times of ${column.name} say their own offset; this zone is for columns that do not`
}
