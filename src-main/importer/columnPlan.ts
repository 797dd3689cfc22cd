import { AppError } from '#contract/appError'
import type { Column, Dialect } from '#contract/datasets'
import type { CanonicalField, ColumnType, IocType } from '#contract/values'
import { columnNames } from './columnNames.ts'
import { checkedZone, zoneOf } from './columnZone.ts'
import { orderWarning } from './dayMonth.ts'
import { fieldOrder, mapFields } from './fields.ts'
import { hostnameOfCell } from './iocColumns.ts'
import { iocOfCell } from './iocs.ts'
import { createUnpacker, derivedHeaders, packedColumns, type PackedColumn } from './packedColumns.ts'
import { placesSaid, placesShownFirst, profileById, timePositions, type Profile } from './profiles.ts'
import { recogniseProfile } from './recogniseProfile.ts'
import { contradictoryOrder, isWrittenAs, type TimeFormat } from './times.ts'
import { timePrecision } from './timePrecision.ts'
import { decideColumn, type ColumnDecision } from './types.ts'
import { knownName, wantedSplits } from './wantedSplits.ts'
import { asSaid } from './zeekTypes.ts'

/**
 * Everything decided about the columns of a file from its beginning; plain JSON, so that any implementation of the row
 * part can be given it. `columns` carry `filled` 0 and the indicators of the beginning; the end of the import corrects them.
 */
export type ColumnPlan = {
  columns: Column[]
  /** Columns of the source; those behind them are derived from packed ones. */
  sources: number
  /** Where the derived columns come from. */
  packed: PackedColumn[]
  /** A record has at least `least` and at most `sources` cells, missing ones are empty; others go to quarantine. */
  least: number
  profile: { id: string; name: string; reason: string | null } | null
  timePosition: number | null
  /** Column with the time of day, joined with a space to the cell at timePosition. */
  timeWith: number | null
  /** Column that names the zone of the row's time; where it names none, timeZone holds. */
  timeZoneFrom: number | null
  /** Zone of the time of the row where its text has none. */
  timeZone: string
  /** Microseconds added to every time: by so much the clock of the source was behind. */
  skew: number
  /** Positions of the columns that name the host, best first. */
  hosts: number[]
  /** Cells that stand for nothing, such as Zeek's -. They are stored as they are, but say nothing about a column. */
  unset: string[]
  /** As PlanStart has them. */
  types: (ColumnType | null)[]
  warnings: string[]
}

/** Cells of a column looked at to find what indicators it holds. */
const IOC_SAMPLES = 200
/** Share of the filled cells that must be one indicator type for the column to be of that type. */
export const IOC_SHARE = 0.6

export type PlanStart = {
  headers: readonly string[]
  /** Whether the headers stand in the file: names like column_1 are recognised by no profile. */
  headed: boolean
  least: number
  records: readonly (readonly string[])[]
  unset: readonly string[]
  /** What the file itself says about its columns (zeekTypes.ts); [] where it says nothing. */
  types: readonly (ColumnType | null)[]
  dialect: Dialect
}

/** Decides names, types, times, fields and indicators. Fails with invalid-input where the analyst names what is not there. */
export function columnPlan(start: PlanStart): ColumnPlan {
  const { headed, least, unset, dialect } = start
  const sources = start.headers.length
  // Also where no time of the file needs it now: it is remembered for others.
  if (dialect.timeZone !== undefined) checkedZone(dialect.timeZone)
  const { profile, reason } = profileOf(headed ? start.headers : [], dialect)
  const sourceNames = columnNames(start.headers)
  const splits = wantedSplits(start.headers, sourceNames, headed ? profile : null, dialect.splits)
  const packed = packedColumns(splits, start.records)
  const derived = derivedHeaders(start.headers, packed)
  const headers = [...start.headers, ...derived.map(({ header }) => header)]
  const unpack = createUnpacker(packed, sources)
  const records = packed.length === 0 ? start.records : start.records.map((record) => unpack(record))
  const names = columnNames(headers)
  const nothing = new Set([...unset, ...(profile?.unset ?? [])])
  const fields = mapFields(headers, profile)
  const own = new Set(splits.flatMap((split) => (split.own ? [split.position] : [])))
  names.forEach((name, position) => {
    const part = derived[position - sources]
    // The parts of a column that no profile knows are known by what it calls them.
    if (part && own.has(part.from) && fields[position]?.length === 0)
      fields[position] = mapFields([part.key], null)[0] ?? []
    fields[position] = dialect.fields?.[name] ?? fields[position] ?? []
  })
  const known = (name: string, path: string): number | null => knownName(names, name, path, profile, dialect.splits)
  for (const name of Object.keys(dialect.fields ?? {})) known(name, 'dialect.fields')
  for (const name of Object.keys(dialect.dayFirst ?? {})) known(name, 'dialect.dayFirst')

  const profileTimes = profile ? timePositions(headers, profile) : []
  const shownFirst = dialect.first
    ? placesSaid(
        names,
        dialect.first.flatMap((name) => known(name, 'dialect.first') ?? []),
      )
    : profile
      ? placesShownFirst(headers, profile)
      : []
  const chosen = typeof dialect.timeColumn === 'string' ? known(dialect.timeColumn, 'dialect.timeColumn') : null
  const warnings: string[] = []
  if (typeof dialect.timeColumn === 'string' && chosen === null)
    warnings.push(`${dialect.timeColumn}, the time column that was said, is in no cell at the beginning of this file`)

  const columns = names.map((name, position): Column => {
    const header = headers[position] ?? ''
    const samples = filledCells(records, position, nothing)
    const ofProfile = profileTimes.find((time) => time.position === position)
    const second = ofProfile?.with ?? null
    const joined = second === null ? samples : joinedCells(records, position, second, nothing)
    const dayFirst = dialect.dayFirst?.[name]
    const said = start.types[position] ?? null
    const isTime = ofProfile !== undefined || position === chosen || said === 'time'
    const decision = decideColumn(joined, header, isTime, dayFirst)
    const type = asSaid(decision.type, said, samples.length > 0)
    const detected = decision.time?.format ?? null
    const ofTool = formatOfTool(ofProfile?.format ?? null, detected, joined)
    const order = orderOfColumn(name, decision, joined, dayFirst, ofTool)
    if (order?.warning) warnings.push(order.warning)
    const format = type === 'time' ? (dayFirst === undefined ? (ofTool ?? detected) : detected) : null
    const first = shownFirst[position] ?? null
    const beside = ofProfile?.zone === undefined || ofProfile.zone === null ? null : (names[ofProfile.zone] ?? null)
    const zone = type === 'time' ? zoneOf(dialect, profile, decision.time, beside) : null
    const split = splits.find((one) => one.position === position)
    return {
      position,
      name,
      header,
      derivedFrom: names[derived[position - sources]?.from ?? -1] ?? null,
      type,
      fields: fields[position] ?? [],
      ioc: type === 'text' ? iocOfColumn(samples, fields[position] ?? []) : null,
      iocsInText: [],
      timeFormat: format,
      timeZone: zone?.zone ?? null,
      timeZoneSource: zone?.source ?? null,
      ...(zone?.timeZoneNamed ? { timeZoneNamed: zone.timeZoneNamed } : {}),
      ...(zone?.timeZoneColumn === undefined ? {} : { timeZoneColumn: zone.timeZoneColumn }),
      ...(format === null ? {} : { timePrecision: timePrecision(format, joined) }),
      ...(order ? { dayMonthSource: order.source } : {}),
      ...(first === null ? {} : { first }),
      ...(split ? { packed: { how: split.how, between: split.between } } : {}),
      filled: 0,
    }
  })

  const timePosition = dialect.timeColumn === null ? null : (chosen ?? timeOf(columns, profileTimes, headers, profile))
  if (chosen !== null && columns[chosen]?.type !== 'time') {
    throw new AppError('invalid-input', `Column "${names[chosen] ?? ''}" holds no times that can be read.`, {
      path: 'dialect.timeColumn',
    })
  }
  const time = timePosition === null ? null : columns[timePosition]
  const ofRow = profileTimes.find((candidate) => candidate.position === timePosition)
  return {
    columns,
    sources,
    packed,
    least,
    profile: profile && { id: profile.id, name: profile.name, reason },
    timePosition,
    timeWith: ofRow?.with ?? null,
    timeZoneFrom: dialect.timeZone === undefined ? (ofRow?.zone ?? null) : null,
    timeZone: time?.timeZone ?? dialect.timeZone ?? profile?.zone ?? 'UTC',
    skew: Math.round((dialect.skewSeconds ?? 0) * 1_000_000),
    hosts: hostsOf(columns, headers, profile),
    unset: [...nothing],
    types: [...start.types],
    warnings,
  }
}

function profileOf(headers: readonly string[], dialect: Dialect): { profile: Profile | null; reason: string | null } {
  if (dialect.profile !== undefined) {
    const profile = dialect.profile === '' ? null : profileById(dialect.profile)
    if (dialect.profile !== '' && !profile)
      throw new AppError('invalid-input', `There is no profile "${dialect.profile}".`, { path: 'dialect.profile' })
    return { profile, reason: 'chosen by you' }
  }
  return recogniseProfile(headers) ?? { profile: null, reason: null }
}

/** The format that the profile says, unless the times are written otherwise: Zeek can be told to write ISO. */
const formatOfTool = (
  said: TimeFormat | null,
  detected: TimeFormat | null,
  samples: readonly string[],
): TimeFormat | null =>
  said === null || detected === null || detected === said || isWrittenAs(said, samples) ? said : null

/** How the order of day and month was decided, and what is to be said about it; null for columns without such dates. */
function orderOfColumn(
  name: string,
  { time }: ColumnDecision,
  samples: readonly string[],
  dayFirst: boolean | undefined,
  ofProfile: TimeFormat | null,
): { source: NonNullable<Column['dayMonthSource']>; warning: string | null } | null {
  const format = time?.format === 'mdy' || time?.format === 'dmy' ? time.format : null
  const said = dayFirst !== undefined
  if (said && format === null) {
    const message = `Column "${name}" holds no dates that can be read with the ${dayFirst ? 'day' : 'month'} first.`
    throw new AppError('invalid-input', message, { path: 'dialect.dayFirst' })
  }
  if (!said && time && (ofProfile === 'mdy' || ofProfile === 'dmy')) return { source: 'profile', warning: null }
  const evidence = format === null ? (time ? null : contradictoryOrder(samples)) : (time?.order ?? null)
  if (evidence === null) return null
  const contradictory = evidence.monthFirst > 0 && evidence.dayFirst > 0
  const source = said ? 'user' : contradictory ? 'contradictory' : time?.ambiguous ? 'assumed' : 'data'
  return { source, warning: orderWarning(name, format, evidence, said) }
}

/** The column that gives the time of a row: the profile's first, else what feeds `timestamp`, else the first well filled time column. */
function timeOf(
  columns: readonly Column[],
  profileTimes: readonly { position: number }[],
  headers: readonly string[],
  profile: Profile | null,
): number | null {
  const isTime = (position: number): boolean => columns[position]?.type === 'time'
  const ofProfile = profileTimes.find(({ position }) => isTime(position))
  if (ofProfile) return ofProfile.position
  const asField = columns
    .filter((column) => column.type === 'time' && column.fields.includes('timestamp'))
    .map((column) => column.position)
  const best =
    fieldOrder(headers, profile)
      .get('timestamp')
      ?.find((position) => asField.includes(position)) ?? asField[0]
  return best ?? columns.find((column) => column.type === 'time')?.position ?? null
}

function hostsOf(columns: readonly Column[], headers: readonly string[], profile: Profile | null): number[] {
  const feeding = columns.filter((column) => column.fields.includes('hostname')).map((column) => column.position)
  const order = (fieldOrder(headers, profile).get('hostname') ?? []).filter((position) => feeding.includes(position))
  return [...order, ...feeding.filter((position) => !order.includes(position))]
}

function filledCells(
  records: readonly (readonly string[])[],
  position: number,
  nothing: ReadonlySet<string>,
): string[] {
  // Looking up a long text means hashing it.
  const longest = Math.max(...[...nothing].map((text) => text.length), 0)
  const cells: string[] = []
  for (const record of records) {
    const cell = record[position]
    if (cell && (cell.length > longest || !nothing.has(cell))) cells.push(cell)
  }
  return cells
}

function joinedCells(
  records: readonly (readonly string[])[],
  first: number,
  second: number,
  nothing: ReadonlySet<string>,
): string[] {
  return records.flatMap((record) => {
    const cell = record[first] ?? ''
    return cell === '' || nothing.has(cell) ? [] : [`${cell} ${record[second] ?? ''}`]
  })
}

function iocOfColumn(samples: readonly string[], fields: readonly CanonicalField[]): IocType | null {
  const step = Math.max(1, Math.ceil(samples.length / IOC_SAMPLES))
  const counts = new Map<IocType, number>()
  const known = new Map<string, IocType | null>()
  let looked = 0
  for (let i = 0; i < samples.length; i += step) {
    const text = samples[i] ?? ''
    looked++
    let type = known.get(text)
    if (type === undefined) {
      type = iocOfCell(text) ?? (fields.includes('hostname') && hostnameOfCell(text) !== null ? 'hostname' : null)
      known.set(text, type)
    }
    if (type) counts.set(type, (counts.get(type) ?? 0) + 1)
  }
  for (const [type, count] of counts) if (count >= looked * IOC_SHARE) return type
  return null
}
