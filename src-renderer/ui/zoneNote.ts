import type { Column } from '#contract/datasets'

/** Where the zone of a column of times comes from. */
export const zoneNote: Record<NonNullable<Column['timeZoneSource']>, string> = {
  text: 'as written in the text',
  profile: 'set by the profile',
  assumed: 'assumed',
  user: 'set by you',
}
