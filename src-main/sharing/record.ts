import { z } from 'zod'
import type { Field } from './fields.ts'
import { valueOf } from './fields.ts'
import { moment, runs, uuid, type Cell, type ColumnSpec, type Kind } from './kind.ts'

export type { Cell } from './kind.ts'

/** A record on its way: numbers of rows are those of the source. */
export type CaseRecord = {
  id: string
  /** By column, as they stand in the workspace. */
  values: Record<string, Cell>
  /** Of columns that were changed since the record was made. */
  fields: Record<string, Field>
  /** Lines that belong to it, each with the columns of its list in order. */
  lists: Record<string, Cell[][]>
  /** First and last of each run of rows; null where the kind has none. */
  rows: [number, number][] | null
}

/** Values people gave one field without knowing of each other; workspaces that ever changed a field. */
const SIBLINGS_MAX = 50
const REPLICAS_MAX = 500
/** A clock may be wrong by so much, in milliseconds; a change from later would hold against every later one. */
const AHEAD_MAX = 2 * 24 * 60 * 60 * 1_000

const replica = z.string().regex(/^[0-9a-f]{16}$/)

function fieldCheck(column: ColumnSpec): z.ZodType<Field> {
  const at = moment
  const sibling = z.strictObject({ at, by: z.union([replica, z.literal('')]), value: column.check })
  return z
    .strictObject({ siblings: z.array(sibling).min(1).max(SIBLINGS_MAX), seen: z.record(replica, at) })
    .refine(({ seen }) => Object.keys(seen).length <= REPLICAS_MAX, 'Too many workspaces changed it')
    .refine(
      ({ siblings, seen }) => siblings.every(({ at: changed, by }) => by === '' || (seen[by] ?? 0) >= changed),
      'It holds a change that it has not seen',
    )
}

const checks = new WeakMap<Kind, z.ZodType<CaseRecord>>()

/** Checks records of a kind as they come from a file. */
export function recordCheck(kind: Kind): z.ZodType<CaseRecord> {
  const known = checks.get(kind) ?? makeCheck(kind)
  checks.set(kind, known)
  return known
}

/** Whether something in it was changed after `now`, in milliseconds, by more than clocks may be wrong. */
export function isOfTheFuture({ columns }: Kind, { values, fields }: CaseRecord, now: number): boolean {
  const times = Object.values(fields).flatMap(({ siblings, seen }) => [
    ...siblings.map(({ at }) => at),
    ...Object.values(seen),
  ])
  const latest = Object.keys(columns).flatMap((column) => (columns[column]?.latest ? Number(values[column] ?? 0) : []))
  return [...times, ...latest].some((at) => at > now + AHEAD_MAX)
}

function makeCheck(kind: Kind): z.ZodType<CaseRecord> {
  const columns = Object.entries(kind.columns)
  const ruled = columns.filter(([, column]) => column.rule !== undefined)
  const values = z.strictObject(Object.fromEntries(columns.map(([name, column]) => [name, column.check])))
  const fields = z
    .strictObject(Object.fromEntries(ruled.map(([name, column]) => [name, fieldCheck(column).optional()])))
    .transform((said): Record<string, Field> => {
      const given: Record<string, Field> = {}
      for (const [name, field] of Object.entries(said)) if (field) given[name] = field
      return given
    })
  const lists = z.strictObject(
    Object.fromEntries(
      Object.entries(kind.lists ?? {}).map(([name, list]) => {
        const [first, ...rest] = Object.values(list.columns).map(({ check }) => check)
        if (!first) throw new Error(`The list ${name} has no columns.`)
        const line = z.tuple([first, ...rest])
        const { fits } = list
        // Files of before do not know every list.
        return [name, z.array(fits ? line.refine(fits, 'It cannot be') : line).default([])]
      }),
    ),
  )
  const rows = kind.rowSet ? runs : z.null()
  const shape = z
    .strictObject({ id: uuid, values, fields, lists, rows })
    .refine((record) => record.values['id'] === record.id, 'Its ids differ')
    .superRefine((record, context) => {
      for (const [name, column] of ruled) {
        const field = record.fields[name]
        if (field && valueOf(field, column.rule ?? 'newer') !== record.values[name])
          context.addIssue({ code: 'custom', path: ['fields', name], message: 'It does not say what the record says' })
      }
    })
  return shape
}
