import { z } from 'zod'
import type { CaseFileNoun } from '#contract/values'
import type { MergeRule } from './fields.ts'

export type Cell = string | number | null
export type Check = z.ZodType<Cell>
/** The id that a record of a file has in this workspace. */
export type IdOf = (noun: CaseFileNoun, id: string) => string

/** One column of the workspace that travels. */
export type ColumnSpec = {
  /** What it may hold, as it stands in the workspace. */
  check: Check
  /** How it is merged where both sides changed it. Without: it is what it was when the record was made. */
  rule?: MergeRule
  /** It names a record of that noun. */
  refers?: CaseFileNoun
  /** Without that record this one cannot be. */
  needed?: true
  /** It goes with another column: its value comes from where the value of that one does. */
  follows?: string
  /** Of both sides the larger one; where it follows another column, of sides that say the same there. */
  latest?: true
  /** It is a number of a row in the record's dataset. */
  row?: true
  /** It may name a row: DATASET-ID/ROW. */
  rowTarget?: true
}

/** Lines that belong to one record, such as the rows an alert stands on. */
export type ListSpec = {
  table: string
  parent: string
  /** SQL of what `parent` holds for the record whose id is bound; default: the id. */
  key?: string
  columns: Record<string, ColumnSpec>
  /** Whether a line from a file can be, where columns alone do not say it. */
  fits?: (line: readonly unknown[]) => boolean
  /** Columns in which two lines are the same line. */
  same: readonly string[]
  /**
   * Lines of a record that is there already: those of the file are added (`join`), only what is there counts (`keep`), or all
   * lines are those of the record that was changed last (`newer`).
   */
  merge: 'join' | 'keep' | 'newer'
  orderBy: string
  /** The column with the place of a line, from 0. */
  numbered?: string
  /** Columns that stay at home, with the SQL of what they begin with. */
  own?: Record<string, string>
  /** Gives a line the ids of this workspace where it names something by another column than its id. */
  remap?: (line: Cell[], idOf: IdOf) => void
}

/** One kind of record: which of the workspace go with a hunt, what of them travels, and how two of them become one. */
export type Kind = {
  noun: CaseFileNoun
  table: string
  /** Named in SQL: `:hunts`, `:cases` and `:lists` are JSON arrays of their ids. `t` is the table. */
  scope: string
  /** What people call a record: a column. */
  title: string
  columns: Record<string, ColumnSpec>
  lists?: Record<string, ListSpec>
  /** Sets of row numbers of the record's dataset: table and the column that names the record. */
  rowSet?: { table: string; parent: string }
  /** Columns in which a record is the same as one that was made elsewhere, beside the id. */
  sameAs?: readonly string[]
  /** Columns that stay at home, with the SQL of what they begin with. */
  own?: Record<string, string>
  /** Sets columns that follow from others, after a merge. */
  derive?: (values: Record<string, Cell>) => void
  /** SQL; default: as they were made. */
  orderBy?: string
  /** Whether a record that was deleted lately stands in the table, with this column filled. */
  deletedAt?: string
  /** Gives columns that name records inside the ids of this workspace: JSON, texts with references. */
  remap?: (values: Record<string, Cell>, idOf: IdOf) => void
}

// Columns as they stand in the workspace. Texts are bounded: a person wrote them, or an analyzer.

export const uuid = z.uuid()
export const word = z.string().max(500)
export const text = z.string().max(1_000_000)
export const flag = z.union([z.literal(0), z.literal(1)])
export const whole = z.number().int().min(-9_007_199_254_740_991).max(9_007_199_254_740_991)
export const count = z.number().int().min(0).max(9_007_199_254_740_991)
/** Numbers of rows have 32 bits, as everywhere. */
export const ROWS_MAX = 4_294_967_295
export const rowNumber = z.number().int().min(1).max(ROWS_MAX)
export const runs = z
  .array(z.tuple([rowNumber, rowNumber]).refine(([from, to]) => from <= to, 'A run ends after it begins'))
  .min(1)
  .max(5_000_000)
  .refine((all) => all.every(([from], n) => from > (all[n - 1]?.[1] ?? 0)), 'Runs stand in order')
/** Milliseconds since 1970 UTC: up to the year 9999, beyond which no date can be shown. */
export const moment = z.number().int().min(0).max(253_402_300_799_999)
/** Microseconds since 1970 UTC. */
export const instant = whole
export const oneOf = <T extends string>(values: readonly T[]): z.ZodType<T> => z.enum(values)

/** JSON text whose value fits. */
export const jsonOf = (shape: z.ZodType): z.ZodType<string> =>
  z
    .string()
    .max(4_000_000)
    .refine((value) => {
      try {
        return shape.safeParse(JSON.parse(value)).success
      } catch {
        return false
      }
    }, 'It does not hold what it should')

export const id = { check: uuid } satisfies ColumnSpec
export const created = { check: moment } satisfies ColumnSpec
export const updated = { check: moment, latest: true } satisfies ColumnSpec
/** Records of the hunts that go into the file. */
export const OF_HUNTS = 't.hunt_id IN (SELECT value FROM json_each(:hunts))'
