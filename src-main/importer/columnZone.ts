import { AppError } from '#contract/appError'
import type { Column, Dialect } from '#contract/datasets'
import type { Profile } from './profiles.ts'
import { timeReader, type DetectedTime } from './times.ts'

export type ColumnZone = Pick<Column, 'timeZoneNamed' | 'timeZoneColumn'> & {
  zone: string
  source: NonNullable<Column['timeZoneSource']>
}

/**
 * The zone in which the times of a column are read where their text names none, and what said so. `beside`: the column that
 * names the zone of each row.
 */
export function zoneOf(
  dialect: Dialect,
  profile: Profile | null,
  time: DetectedTime | null,
  beside: string | null,
): ColumnZone {
  if (time?.zoned) return { zone: 'UTC', source: 'text', timeZoneNamed: 'cell' }
  if (dialect.timeZone !== undefined) return { zone: checkedZone(dialect.timeZone), source: 'user' }
  if (time?.headerZone) return { zone: time.headerZone, source: 'text', timeZoneNamed: 'header' }
  // Where the column beside it is empty, the profile's holds.
  if (beside !== null)
    return { zone: profile?.zone ?? 'UTC', source: 'text', timeZoneNamed: 'column', timeZoneColumn: beside }
  return profile?.zone ? { zone: profile.zone, source: 'profile' } : { zone: 'UTC', source: 'assumed' }
}

/** Building a reader is what finds out whether the zone exists. */
export function checkedZone(zone: string): string {
  try {
    timeReader('iso', zone)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    throw new AppError(error.code, error.message, { path: 'dialect.timeZone' }, { cause: error })
  }
  return zone
}
