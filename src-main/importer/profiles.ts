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
  others: z.number().int().optional().describe('At most so many further columns, for headers that say little'),
  general: z.boolean().default(false).describe('For all logs of a family: one of it that fits nearly goes before'),
  prefix: z.boolean().default(false).describe('The required ones need only begin a header'),
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

const keyed = profiles.map((profile) => ({
  profile,
  required: profile.required.map(headerKey),
  without: profile.without.map(headerKey),
}))

export function profileById(id: string): Profile | null {
  return profiles.find((profile) => profile.id === id) ?? null
}

/** With fewer required headers than this all must be there: four of five common words say nothing. */
const NEARLY_FROM = 8
/** Of so many required headers one may be missing: versions of a tool drop and rename columns. */
const ONE_MISSING_OF = 6

/**
 * The most specific profile (most required headers) whose required headers are all there, with the reason for people. Where
 * there is none, the one of which nearly all are there and that is nearer than every other. Else null.
 */
export function recogniseProfile(headers: readonly string[]): { profile: Profile; reason: string } | null {
  const exact = exactProfile(headers)
  return exact && !exact.profile.general ? exact : (nearProfile(headers) ?? exact)
}

function nearProfile(headers: readonly string[]): { profile: Profile; reason: string } | null {
  const present = new Set(headers.map(headerKey))
  let best: { profile: Profile; missing: string[]; there: number } | null = null
  let share = 0
  for (const { profile, required, without } of keyed) {
    if (required.length < NEARLY_FROM || profile.prefix || profile.others !== undefined) continue
    const missing = profile.required.filter((_, index) => !present.has(required[index] ?? ''))
    if (missing.length > Math.floor(required.length / ONE_MISSING_OF)) continue
    if (without.some((key) => present.has(key))) continue
    const there = required.length - missing.length
    // Of profiles that hold each other the one that leaves least of the header unexplained.
    if (best && (there < best.there || (there === best.there && there / required.length <= share))) continue
    best = { profile, missing, there }
    share = there / required.length
  }
  if (!best) return null
  const { profile, missing, there } = best
  return {
    profile,
    reason: `${there} of ${profile.required.length} required headers are present; not there: ${missing.join(', ')}`,
  }
}

function exactProfile(headers: readonly string[]): { profile: Profile; reason: string } | null {
  const present = new Set(headers.map(headerKey))
  let best: (typeof keyed)[number] | null = null
  for (const candidate of keyed) {
    const { required, without, profile } = candidate
    if (best && required.length <= best.required.length) continue
    if (profile.others !== undefined && headers.length > required.length + profile.others) continue
    const there = (key: string): boolean =>
      profile.prefix ? [...present].some((header) => header.startsWith(key)) : present.has(key)
    if (required.every(there) && !without.some(there)) best = candidate
  }
  if (!best) return null
  const { length } = best.required
  return {
    profile: best.profile,
    reason: length === 1 ? 'The required header is present' : `All ${length} required headers are present`,
  }
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
