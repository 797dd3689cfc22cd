/** A WHERE clause under construction: SQL text that holds only column names of ours, and the values bound to it. */
export type Conditions = { text: string; values: unknown[] }

export function conditions(): {
  and(sql: string, ...values: unknown[]): void
  in(column: string, wanted: unknown): void
  build(): Conditions
} {
  const parts: string[] = []
  const bound: unknown[] = []
  return {
    and(sql, ...values) {
      parts.push(sql)
      bound.push(...values)
    },
    /** `column = value`, or `column IN (values)` for a list; nothing when undefined; `column IS NULL` for null. */
    in(column, wanted) {
      if (wanted === undefined) return
      if (wanted === null) return void parts.push(`${column} IS NULL`)
      const list: unknown[] = Array.isArray(wanted) ? wanted : [wanted]
      parts.push(`${column} IN (${list.map(() => '?').join(', ')})`)
      bound.push(...list)
    },
    build: () => ({ text: parts.length === 0 ? '1' : parts.join(' AND '), values: bound }),
  }
}

/** A LIKE pattern that finds `text` anywhere; use with ESCAPE '\\'. */
export const containing = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/** Milliseconds to ISO 8601. */
export const isoOfMs = (ms: number): string => new Date(ms).toISOString()
export const isoOfMsOrNull = (ms: number | null): string | null => (ms === null ? null : isoOfMs(ms))

/** Microseconds to ISO 8601 in UTC with as many digits as the value has (3 or 6). */
export function isoOfUs(us: number): string {
  const ms = Math.floor(us / 1000)
  const rest = us - ms * 1000
  const iso = new Date(ms).toISOString()
  return rest === 0 ? iso : `${iso.slice(0, -1)}${String(rest).padStart(3, '0')}Z`
}
export const isoOfUsOrNull = (us: number | null): string | null => (us === null ? null : isoOfUs(us))
