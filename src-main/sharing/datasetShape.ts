import { z } from 'zod'
import { column } from '#contract/reading'
import { columnTypes } from '#contract/values'
import { count, ROWS_MAX, whole, word } from './kind.ts'

const COLUMNS_MAX = 40_000
const position = count.max(COLUMNS_MAX)

const packed = z.object({
  position,
  how: z.enum(['key=value', 'key: value', 'json']),
  between: z.string().max(20),
  keys: z.array(z.string().max(10_000)).max(1_000),
})

/**
 * How a dataset is read: what was decided at the beginning of its source. It travels, since cited rows alone would be read
 * otherwise. Whoever imports it makes names, types and tables of it anew; see sharedBeginning of the worker.
 */
export const datasetShape = z.object({
  encoding: word,
  dialect: z.object({
    delimiter: z.string().max(1),
    quote: z.string().max(1),
    escape: z.enum(['quote', 'backslash']),
  }),
  header: z.boolean(),
  headerLine: count.nullable(),
  warnings: z.array(z.string().max(10_000)).max(10_000),
  plan: z.object({
    columns: z.array(column).min(1).max(COLUMNS_MAX),
    sources: position,
    packed: z.array(packed).max(1_000),
    least: position,
    profile: z.object({ id: word, name: word, reason: word.nullable() }).nullable(),
    timePosition: position.nullable(),
    timeWith: position.nullable(),
    timeZoneFrom: position.nullable(),
    timeZone: word,
    skew: whole,
    hosts: z.array(position).max(COLUMNS_MAX),
    unset: z.array(z.string().max(100)).max(100),
    // Files written before this was kept say none.
    types: z.array(z.enum(columnTypes).nullable()).max(COLUMNS_MAX).default([]),
    warnings: z.array(z.string().max(10_000)).max(10_000),
  }),
})
export type DatasetShape = z.infer<typeof datasetShape>

/** A row: its number in the source, where its record lies there (byte, length, line), and the text of each cell. */
export type SharedRow = readonly [row: number, offset: number, length: number, line: number, ...cells: string[]]

const PLACE = 4

/** Whether a line of the part `rows` is one. By hand: there are millions, and a schema would copy each. */
export function isSharedRow(value: unknown): value is SharedRow {
  if (!Array.isArray(value) || value.length < PLACE) return false
  const [row] = value
  if (!isCount(row) || row < 1 || row > ROWS_MAX) return false
  for (let n = 1; n < PLACE; n++) if (!isCount(value[n])) return false
  for (let n = PLACE; n < value.length; n++) if (typeof value[n] !== 'string') return false
  return true
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0

/** A record that was not kept: number, line, byte, length, reason, text. */
export const sharedReject = z.tuple([count, count, count, count, z.string().max(100_000), z.string().max(1_000_000)])
