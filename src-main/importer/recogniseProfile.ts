import { headerKey, profiles, type Profile } from './profiles.ts'

/** With fewer required headers than this one may be missing only where the others still tell: four of five common words say nothing. */
const NEARLY_FROM = 8
/** Of so many required headers one may be missing: versions of a tool drop and rename columns. */
const ONE_MISSING_OF = 6
/** A short header that lacks a column is recognised beside at most so many columns that the tool does not write, ... */
const STRANGERS_MAX = 1
/** ... or beside any number of them with so many columns that only this tool has. */
const SIGNS_ENOUGH = 2
/** Fewer columns of a tool than this say nothing once one is missing. */
const KNOWN_LEAST = 3
/** What a missing column weighs against columns that are explained. */
const MISSING_WEIGHS = 2

const keysOf = (headers: readonly string[]): string[] => headers.map(headerKey)

const candidates = profiles.map((profile) => ({
  profile,
  required: keysOf(profile.required),
  without: keysOf(profile.without),
  also: keysOf(profile.also),
  signs: keysOf(profile.signs),
  /** All columns of the tool that the profile names. */
  writes: new Set(
    keysOf([
      ...profile.required,
      ...profile.also,
      ...profile.signs,
      ...profile.first,
      ...Object.keys(profile.fields),
      ...profile.splits.map(({ column }) => column),
      ...profile.times.flatMap(({ column, with: clock, zoneColumn }) => [
        column,
        clock ?? column,
        zoneColumn ?? column,
      ]),
    ]),
  ),
}))
type Candidate = (typeof candidates)[number]

export type Recognised = { profile: Profile; reason: string }

/**
 * The most specific profile (most required headers) whose required headers are all there, with the reason for people: further
 * columns, their order and letter case do not count. One that lacks a few of them goes before where it has all of the other's and
 * still more, or where the other one is for a whole family of logs. Else null.
 */
export function recogniseProfile(headers: readonly string[]): Recognised | null {
  const present = new Set(keysOf(headers))
  const exact = exactProfile(headers.length, present)
  const near = nearProfile(present)
  if (near && (!exact || exact.profile.general || adds(near, exact))) {
    const { length } = near.profile.required
    const missing = near.profile.required.filter((header) => !present.has(headerKey(header)))
    const reason = `${near.there} of ${length} required headers are present; not there: ${missing.join(', ')}`
    return { profile: near.profile, reason }
  }
  if (!exact) return null
  const { length } = exact.required
  const reason = length === 1 ? 'The required header is present' : `All ${length} required headers are present`
  return { profile: exact.profile, reason }
}

const count = (keys: Iterable<string>, isThere: (key: string) => boolean): number => {
  let sum = 0
  for (const key of keys) if (isThere(key)) sum++
  return sum
}

function exactProfile(width: number, present: ReadonlySet<string>): Candidate | null {
  let best: Candidate | null = null
  for (const candidate of candidates) {
    const { required, without, also, writes, profile } = candidate
    if (best && required.length <= best.required.length) continue
    const isThere = (key: string): boolean =>
      profile.prefix ? [...present].some((header) => begins(header, key)) : present.has(key)
    if (!required.every(isThere) || without.some(isThere)) continue
    // Of a header of common words, its last column tells as well.
    const whole = also.length > 0 && also.every(isThere)
    const strangers =
      width -
      Math.max(
        required.length,
        count(present, (key) => writes.has(key)),
      )
    if (profile.others === undefined || whole || strangers <= profile.others) best = candidate
  }
  return best
}

/** A file without a header has a first record in its place: (0.04526). Words behind the bracket are somebody's header. */
const begins = (header: string, key: string): boolean =>
  header.startsWith(key) && /^(?:[\d_,]+\)?)?$/.test(header.slice(key.length))

type Near = Candidate & { there: number; strangers: number; weight: number }

/** The columns of the other one and more of its own: the same export with more detail. */
const adds = (near: Near, exact: Candidate): boolean =>
  near.there > exact.required.length &&
  (near.required.length >= NEARLY_FROM || near.strangers <= STRANGERS_MAX) &&
  exact.required.every((key) => near.required.includes(key))

function nearProfile(present: ReadonlySet<string>): Near | null {
  let best: Near | null = null
  for (const candidate of candidates) {
    const { required, without, signs, writes, profile } = candidate
    if (profile.prefix || profile.others !== undefined) continue
    const there = count(required, (key) => present.has(key))
    const missing = required.length - there
    if (missing === 0 || missing > Math.max(1, Math.floor(required.length / ONE_MISSING_OF))) continue
    if (without.some((key) => present.has(key))) continue
    const known = count(present, (key) => writes.has(key))
    const strangers = present.size - known
    if (required.length < NEARLY_FROM) {
      const telling = count(signs, (key) => present.has(key))
      if (telling === 0 || known < KNOWN_LEAST) continue
      if (telling < SIGNS_ENOUGH && strangers > STRANGERS_MAX) continue
    }
    // Of profiles that hold each other the one that explains most of the header.
    const weight = known - MISSING_WEIGHS * missing
    if (best && (weight < best.weight || (weight === best.weight && there <= best.there))) continue
    best = { ...candidate, there, strangers, weight }
  }
  return best
}
