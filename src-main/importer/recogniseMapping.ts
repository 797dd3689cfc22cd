import type { Reading } from '#contract/datasets'
import { columnNames } from './columnNames.ts'
import { readingFor, renamer, usedColumns } from './mappingNames.ts'
import { headerKey, profileById } from './profiles.ts'
import { recogniseProfile } from './recogniseProfile.ts'
import { isZone } from './zones.ts'

/** Of the columns of the file that a mapping was made for, this share must be there: fewer are another table. */
const THERE_SHARE = 0.5
/** Beside each of them a file may have so many that the mapping does not know, and some more where it is narrow. */
const STRANGERS_PER_KNOWN = 2
const STRANGERS_LEAST = 3
/** Columns that are named in a reason; the others are counted. */
const NAMED_MAX = 4

/** A mapping that somebody made. `exact`: the file has the very same headers. */
export type OwnMapping = {
  id: string
  name: string
  headers: readonly string[]
  reading: Reading
  exact: boolean
  updatedAt: string
}
/** `reading`: what it says, in the names of the file that it is taken for. */
export type RecognisedMapping = { id: string; name: string; exact: boolean; reading: Reading; reason: string }

type Fit = RecognisedMapping & { used: number; common: number; updatedAt: string }

/**
 * Mappings that fit a file with these headers, the best one first: made for the very same headers, or all columns that it uses
 * are there, in a file that is recognised as the same tool and has most of its columns. So it never takes a file from the profile
 * of another tool. A mapping that names no column (only a zone) holds for files of its tool, or the very same headers.
 */
export function recogniseMappings(headers: readonly string[], mappings: readonly OwnMapping[]): RecognisedMapping[] {
  const keys = new Set(columnNames(headers).map(headerKey))
  const tool = toolOf(headers)
  return mappings
    .flatMap((mapping) => fit(mapping, headers, keys, tool) ?? [])
    .toSorted(
      (a, b) =>
        Number(b.exact) - Number(a.exact) ||
        b.used - a.used ||
        b.common - a.common ||
        (a.updatedAt < b.updatedAt ? 1 : -1),
    )
    .map(({ id, name, exact, reading, reason }) => ({ id, name, exact, reading, reason }))
}

/** The mapping that was chosen by hand for a file: what it says of columns that are there holds. */
export function chosenMapping(headers: readonly string[], mapping: OwnMapping): RecognisedMapping {
  const { id, name, exact, reading } = mapping
  const rename = renamer(mapping.headers, headers)
  const missing = usedColumns(mapping.headers, reading).filter((column) => rename(column) === null)
  const reason = missing.length === 0 ? 'Chosen by you' : `Chosen by you. Not in this file: ${listed(missing)}`
  return { id, name, exact, reading: readingFor(reading, rename), reason }
}

/** The profile of a header: built in, without mappings. */
export const toolOf = (headers: readonly string[]): { id: string; name: string } | null => {
  const profile = recogniseProfile(headers)?.profile
  return profile ? { id: profile.id, name: profile.name } : null
}

function fit(
  mapping: OwnMapping,
  headers: readonly string[],
  keys: ReadonlySet<string>,
  tool: { id: string } | null,
): Fit | null {
  const { id, name, reading, exact, updatedAt } = mapping
  const rename = renamer(mapping.headers, headers)
  const used = usedColumns(mapping.headers, reading)
  if (exact) {
    const there = readingFor(reading, mapping.headers.length === 0 ? (column) => column : rename)
    const reason = 'It was made for a file with the very same headers'
    return { id, name, reading: there, reason, exact, used: used.length, common: keys.size, updatedAt }
  }
  if (mapping.headers.length === 0 || used.some((column) => rename(column) === null)) return null
  const own = columnNames(mapping.headers)
  const ownKeys = new Set(own.map(headerKey))
  const missing = own.filter((column) => !keys.has(headerKey(column)))
  const added = columnNames(headers).filter((column) => !ownKeys.has(headerKey(column)))
  const common = own.length - missing.length
  if (common < own.length * THERE_SHARE) return null
  if (added.length > Math.max(STRANGERS_LEAST, STRANGERS_PER_KNOWN * common)) return null
  const ownTool = toolOf(mapping.headers)
  if (tool !== null && tool.id !== ownTool?.id) return null
  if (used.length === 0 && (tool === null || ownTool === null)) return null
  const because =
    used.length === 0
      ? `It was made for ${ownTool?.name ?? ''}, as this file is`
      : used.length === 1
        ? `The column that it uses is there: ${used.join()}`
        : `The ${used.length} columns that it uses are there`
  const reason = [
    because,
    ...(missing.length === 0 ? [] : [`not here: ${listed(missing)}`]),
    ...(added.length === 0 ? [] : [`new: ${listed(added)}`]),
  ].join('; ')
  return { id, name, reading: readingFor(reading, rename), reason, exact, used: used.length, common, updatedAt }
}

const listed = (names: readonly string[]): string =>
  names.length <= NAMED_MAX
    ? names.join(', ')
    : `${names.slice(0, NAMED_MAX - 1).join(', ')} and ${names.length - NAMED_MAX + 1} more`

/** Why a mapping cannot hold here, with the field that says so; null when it can. */
export function mappingFault(
  headers: readonly string[],
  { profile, timeZone, ...reading }: Reading,
): { path: string; reason: string } | null {
  if (profile !== undefined && profile !== '' && !profileById(profile))
    return { path: 'reading.profile', reason: `There is no profile "${profile}".` }
  if (timeZone !== undefined && !isZone(timeZone))
    return { path: 'reading.timeZone', reason: `There is no zone "${timeZone}".` }
  if (headers.length === 0) return null
  const names = new Set(columnNames(headers))
  const unknown = usedColumns(headers, reading).find((column) => !names.has(column))
  return unknown === undefined
    ? null
    : { path: 'reading', reason: `The file that it was made for has no column "${unknown}".` }
}
