import type { CanonicalField } from '#contract/values'

/** A column that gives the time of a row. */
export type ProfileTime = {
  column: string
  /** A second column with the time of day, joined with a space (Plaso's l2tcsv). */
  with: string | null
  /** How it is written, where the samples cannot tell; null: by the samples. A TimeFormat. */
  format: string | null
}

/** A packed column that is to be taken apart later, for example Hashes of Sysmon. */
export type ProfileSplit = { column: string; how: 'key=value' | 'key: value' | 'json'; between: string }

/** What a tool's exports look like and what their columns mean. Header names in the case of the tool; matched in any case. */
export type Profile = {
  id: string
  name: string
  /** Headers that must all be there; further ones are allowed. */
  required: readonly string[]
  /** Time columns, best first; those that are there are times, the first of them is the time of the row. */
  times: readonly ProfileTime[]
  /** Zone of times without an offset; null: the profile does not know, UTC is assumed. */
  zone: string | null
  /** Cells that stand for "nothing". */
  unset: readonly string[]
  /** Headers whose fields differ from what their names say; an empty list means none. */
  fields: Readonly<Record<string, readonly CanonicalField[]>>
  /** Columns to show first. */
  first: readonly string[]
  splits: readonly ProfileSplit[]
}

export const profiles: readonly Profile[] = []

export function profileById(id: string): Profile | null {
  return profiles.find((profile) => profile.id === id) ?? null
}

/** The most specific profile whose required headers are all there, with the reason for people; null when none is. */
export function recogniseProfile(headers: readonly string[]): { profile: Profile; reason: string } | null {
  void headers
  return null
}
