import { z } from 'zod'
import { canonicalFields } from '#contract/values'
import knowledge from '../../resources/profiles.json' with { type: 'json' }
import { isTimeFormat, type TimeFormat } from './times.ts'
import { isZone } from './zones.ts'

const names = z.array(z.string())

/** A column that gives the time of a row. */
const profileTime = z.object({
  column: z.string(),
  with: z
    .string()
    .nullable()
    .default(null)
    .describe('The column with the time of day, joined with a space; the next one of that name'),
  format: z
    .custom<TimeFormat>((value) => typeof value === 'string' && isTimeFormat(value))
    .nullable()
    .default(null)
    .describe('How it is written, where samples cannot tell'),
  zoneColumn: z.string().nullable().default(null).describe('The column that names the zone (l2tcsv)'),
})
export type ProfileTime = z.infer<typeof profileTime>

/** A packed column that can be taken apart, for example Hashes of Sysmon: MD5=...,SHA256=... */
const profileSplit = z.object({
  column: z.string(),
  how: z.enum(['key=value', 'key: value', 'json']),
  between: z.string(),
})
export type ProfileSplit = z.infer<typeof profileSplit>

/**
 * What the exports of a tool look like and what their columns mean: one entry of resources/profiles.json. Names of columns
 * are those of the tool; letter case, dots for underscores (id.orig_h, id_orig_h) and a trailing [UTC] do not count.
 */
const profileShape = z.object({
  id: z.string().regex(/^[a-z0-9_-]+$/),
  name: z.string(),
  required: names.min(1).describe('All must be there; further ones are allowed'),
  without: names.default([]).describe('None may be there'),
  also: names.default([]).describe('Further columns it writes, beside those that are named below'),
  signs: names
    .default([])
    .describe('Columns that tables of others do not have: with one of them a required column may be missing'),
  others: z
    .number()
    .int()
    .optional()
    .describe(
      'At most so many columns it does not write, for headers that say little; any number beside all of `also`',
    ),
  general: z.boolean().default(false).describe('For all logs of a family: one of it that fits nearly goes before'),
  prefix: z.boolean().default(false).describe('A header is a required one, or that and a number'),
  times: z.array(profileTime).describe('Time columns, best first: the first one there is the time of the row'),
  zone: z
    .string()
    .refine(isZone)
    .nullable()
    .default('UTC')
    .describe('Zone of times without an offset; null: the tool writes local time'),
  unset: names.default([]).describe('Cells that stand for nothing'),
  fields: z
    .record(z.string(), z.array(z.enum(canonicalFields)))
    .default({})
    .describe('Where names mislead; an empty list means none'),
  first: names.default([]).describe('Columns to show first'),
  splits: z.array(profileSplit).default([]),
})
export type Profile = z.infer<typeof profileShape>

export const profiles: readonly Profile[] = z.array(profileShape).parse(knowledge)

/** A header as profiles are matched with it. */
export const headerKey = (header: string): string =>
  header
    .trim()
    .replace(/\[UTC\]$/i, '')
    .trimEnd()
    .toLowerCase()
    .replaceAll('.', '_')

export function profileById(id: string): Profile | null {
  return profiles.find((profile) => profile.id === id) ?? null
}

/** A time column of a file: positions in its header. */
export type TimePosition = { position: number; with: number | null; zone: number | null; format: TimeFormat | null }

/** Where the time columns of a profile stand in a file, best first; those that are not there are left out. */
export function timePositions(headers: readonly string[], profile: Profile): TimePosition[] {
  const keys = headers.map(headerKey)
  const found: TimePosition[] = []
  for (const time of profile.times) {
    const position = keys.indexOf(headerKey(time.column))
    if (position < 0) continue
    const clock = time.with === null ? -1 : keys.indexOf(headerKey(time.with), position + 1)
    const zone = time.zoneColumn === null ? -1 : keys.indexOf(headerKey(time.zoneColumn))
    found.push({ position, with: clock < 0 ? null : clock, zone: zone < 0 ? null : zone, format: time.format })
  }
  return found
}

/** For each header its place among the columns that the profile shows first, null for all others. */
export function placesShownFirst(headers: readonly string[], profile: Profile): (number | null)[] {
  const keys = headers.map(headerKey)
  const first = profile.first.map(headerKey)
  return keys.map((key, position) =>
    first.includes(key) && keys.indexOf(key) === position ? first.indexOf(key) : null,
  )
}

/** The same for columns that the analyst names, by their positions. */
export function placesSaid(names: readonly string[], positions: readonly number[]): (number | null)[] {
  const order = [...new Set(positions)]
  return names.map((_, position) => (order.includes(position) ? order.indexOf(position) : null))
}
