import { z } from 'zod'
import { alertStatuses, canonicalFields, columnTypes, iocScopes, iocTypes, severities, verdicts } from './values.ts'

/** Lists answer at most this many items at once. */
export const LIST_LIMIT_MAX = 500

export const id = z.uuid()
/** ISO 8601 in UTC, for example 2019-01-15T05:15:11.767Z; up to six digits of a second. */
export const time = z.iso.datetime()
export const severity = z.enum(severities)
export const alertStatus = z.enum(alertStatuses)
export const iocType = z.enum(iocTypes)
export const iocScope = z.enum(iocScopes)
export const verdict = z.enum(verdicts)
export const columnType = z.enum(columnTypes)
export const canonicalField = z.enum(canonicalFields)
export const count = z.number().int().nonnegative()
/** Rows are numbered in the order of the source. */
export const rowNumber = z.number().int().min(1).describe('Row number, from 1')

/** Attack technique id, for example T1059.001. */
export const technique = z.string().regex(/^T\d{4}(\.\d{3})?$/, 'A technique looks like T1059 or T1059.001')
export const tag = z.string().trim().min(1).max(64)
export const name = z.string().trim().min(1).max(200)

export const paging = {
  limit: z.number().int().min(1).max(LIST_LIMIT_MAX).default(100),
  offset: z.number().int().min(0).default(0).describe('How many to skip'),
}
export const jobRef = z.object({ jobId: id })
export const ok = z.object({ ok: z.literal(true) })
