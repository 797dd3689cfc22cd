/** What differs between a record and what it becomes, and when each field was last changed: merging goes by the field. */
export type FieldChange = { field: string; from: string | null; to: string | null }

const textOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value)

/** The fields given (not undefined) that really change. */
export function fieldChanges(before: object, change: Readonly<Record<string, unknown>>): FieldChange[] {
  const known = new Map(Object.entries(before))
  return Object.entries(change).flatMap(([field, to]) => {
    const from = textOf(known.get(field))
    return to === undefined || textOf(to) === from ? [] : [{ field, from, to: textOf(to) }]
  })
}

/** The JSON of `changed` with these fields stamped; `now` in milliseconds. A field never goes back in time. */
export function stamped(json: string, fields: readonly string[], now: number): string {
  const times = timesOf(json)
  for (const field of fields) times[field] = Math.max(now, times[field] ?? 0)
  return JSON.stringify(times)
}

/** When each field was last changed, in milliseconds; what was never changed is as old as the record. */
export function timesOf(json: string): Record<string, number> {
  try {
    const parsed: unknown = JSON.parse(json)
    if (typeof parsed !== 'object' || parsed === null) return {}
    return Object.fromEntries(
      Object.entries(parsed).filter((pair): pair is [string, number] => typeof pair[1] === 'number'),
    )
  } catch {
    return {}
  }
}
