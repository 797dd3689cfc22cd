import { AppError } from '#contract/appError'
import type { Dialect } from '#contract/datasets'
import { headerKey, type Profile, type ProfileSplit } from './profiles.ts'

/** A packed column by its place in the header; `own`: the analyst said so, not the profile. */
export type WantedSplit = Pick<ProfileSplit, 'how' | 'between'> & { position: number; own: boolean }

/**
 * Which columns of a file are taken apart: those of the profile, unless the analyst says otherwise of one, and those that the
 * analyst names. AppError 'invalid-input' where a column is named that is not there.
 */
export function wantedSplits(
  headers: readonly string[],
  names: readonly string[],
  profile: Profile | null,
  said: Dialect['splits'] = {},
): WantedSplit[] {
  const own = Object.entries(said).map(([name, split]) => {
    const position = names.indexOf(name)
    if (position === -1 || position >= headers.length)
      throw new AppError('invalid-input', `The file has no column "${name}".`, { path: 'dialect.splits' })
    return { position, split }
  })
  const ofProfile = (profile?.splits ?? []).flatMap(({ column, how, between }) => {
    const position = headers.findIndex((header) => headerKey(header) === headerKey(column))
    return position === -1 || own.some((one) => one.position === position)
      ? []
      : [{ position, how, between, own: false }]
  })
  return [
    ...ofProfile,
    ...own.flatMap(({ position, split }) => (split === null ? [] : [{ position, ...split, own: true }])),
  ]
}

/**
 * Whether a name can be that of a part of a packed column: which parts there are differs from file to file, and with what is
 * taken apart. So what is said of one that is not there is no mistake; it waits for a file that has it.
 */
export function mayBePart(name: string, profile: Profile | null, said: Dialect['splits'] = {}): boolean {
  return (
    Object.keys(said).some((column) => name.startsWith(`${column}.`)) ||
    (profile?.splits ?? []).some(({ column }) => headerKey(name).startsWith(`${headerKey(column)}_`))
  )
}

/** Where a column stands; null: it may be a part of a packed one that this file does not have. */
export function knownName(
  names: readonly string[],
  name: string,
  path: string,
  profile: Profile | null,
  splits: Dialect['splits'],
): number | null {
  const position = names.indexOf(name)
  if (position >= 0) return position
  if (mayBePart(name, profile, splits)) return null
  throw new AppError('invalid-input', `The file has no column "${name}".`, { path })
}
