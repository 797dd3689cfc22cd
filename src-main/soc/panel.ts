import { z } from 'zod'
import { AppError } from '#contract/appError'
import type { PanelShape } from '#contract/soc'
import type { SocScreen } from '#contract/values'
import { kindOf, titleOf, type Columns, type Row } from './columns.ts'
import type { SocDatabases } from './databases.ts'
import { and, integer, name, placed, quoted, sql, text, whole, type Sql } from './sql.ts'

/** `processing.ml_all_scores`, `logs.http_logs`: the databases have other names on each server. */
export type Needed = `processing.${string}` | `logs.${string}`
/** Seconds since 1970, `to` not included; `last`: so many seconds back by the clock of the server. */
export type Window = { from?: number; to?: number; last?: number }

/** What a part makes its statement of. */
export type Question<P> = {
  params: P
  processing(table: string): Sql
  logs(table: string): Sql
  /** `'ja4_processing.dict_x'` as dictGet and dictionary() take it. */
  dictionary(table: string): Sql
  /** Rows whose time lies in the range of the window, or in the panel's own when none is set; `days`: of this part alone. */
  within(column: string, days?: number): Sql
  /** Whether a range is set: the panel's own then does not count. */
  ranged: boolean
  /** The name of the processing database as a value. */
  processingName: Sql
}

export type Part<P> = {
  title: string
  /** Of the rows as they are answered, after `shape`. */
  columns: Columns
  /** Without one of them this part says that it is missing; the others go on. */
  requires: readonly Needed[]
  sql(question: Question<P>): Sql
  /** How many rows there are in all: one row, one number. Makes the part a paged one. */
  total?(question: Question<P>): Sql
  /** Makes of the rows of the server, which then have `reads`, those with `columns`. */
  shape?(rows: Row[]): Row[]
  reads?: Columns
}

/** What params of a shape are once they were parsed. */
export type ParamsOf<S extends z.ZodRawShape> = z.output<z.ZodObject<S, z.core.$strict>>

export type Definition<S extends z.ZodRawShape> = {
  id: string
  title: string
  question: string
  screen: SocScreen
  /** How far back it looks when no range is set; null: its views say. A param `days` goes before it. */
  window: { days: number } | { hours: number } | null
  params: S
  parts: Readonly<Record<string, Part<ParamsOf<S>>>>
}

/** A statement of one part with its values. */
export type Statement = {
  name: string
  statement: Sql
  total: Sql | null
  part: Pick<Part<never>, 'columns' | 'requires' | 'shape' | 'reads'>
}
export type Panel = {
  shape: PanelShape
  needs: readonly Needed[]
  /** AppError 'invalid-input' when params do not fit. */
  statements(params: unknown, databases: SocDatabases, window: Window): Statement[]
}

const PAGING = ['sort', 'order', 'limit', 'offset']

/** Makes a panel of what its file says. */
export function panel<S extends z.ZodRawShape>(definition: Definition<S>): Panel {
  const { id, title, question, screen, parts } = definition
  const schema = z.strictObject(definition.params)
  const windowSeconds =
    definition.window === null
      ? null
      : 'days' in definition.window
        ? definition.window.days * 86_400
        : definition.window.hours * 3_600
  const sort: unknown = definition.params['sort']
  return {
    shape: {
      ...{ id, title, question, screen, windowSeconds },
      filters: Object.keys(definition.params).filter((key) => !PAGING.includes(key)),
      sorts: sort instanceof z.ZodDefault ? sortsOf(sort) : [],
      parts: Object.entries(parts).map(([key, part]) => ({
        name: key,
        title: part.title,
        columns: Object.entries(part.columns).map(([column, as]) => ({
          name: column,
          title: titleOf(column, as),
          kind: kindOf(as),
        })),
        paged: part.total !== undefined,
        requires: [...part.requires],
      })),
    },
    needs: [...new Set(Object.values(parts).flatMap((part) => part.requires))],
    statements(params, databases, window) {
      const parsed = schema.safeParse(params)
      if (!parsed.success) {
        const issue = parsed.error.issues[0]
        const path = ['params', ...(issue?.path ?? [])].map(String).join('.')
        throw new AppError('invalid-input', `${path}: ${issue?.message ?? 'does not fit'}`, { path })
      }
      const asked: Question<ParamsOf<S>> = {
        params: parsed.data,
        processing: (table) => placed(databases.processing, table),
        logs: (table) => placed(databases.logs, table),
        dictionary: (table) => quoted(databases.processing, table),
        within: (column, days = daysOf(parsed.data)) =>
          within(column, window, days === undefined ? windowSeconds : days * 86_400),
        ranged: window.from !== undefined || window.to !== undefined || window.last !== undefined,
        processingName: text('processing_name', databases.processing),
      }
      return Object.entries(parts).map(([key, part]) => ({
        name: key,
        statement: part.sql(asked),
        total: part.total?.(asked) ?? null,
        part,
      }))
    },
  }
}

const daysOf = (params: object): number | undefined =>
  'days' in params && typeof params.days === 'number' ? params.days : undefined

const sortsOf = (sort: z.ZodDefault): string[] => {
  const inner: unknown = sort.unwrap()
  return inner instanceof z.ZodEnum ? inner.options.map(String) : []
}

function within(column: string, { from, to, last }: Window, own: number | null): Sql {
  const at = name(column)
  if (last !== undefined) return sql`${at} >= now() - INTERVAL ${whole('last', last)} SECOND`
  if (from === undefined && to === undefined)
    return own === null ? and() : sql`${at} >= now() - INTERVAL ${whole('last', own)} SECOND`
  // Seconds since 1970 mean the same in every zone. Without a begin it looks as far back from the end as it would from now.
  const begin = from ?? (own === null || to === undefined ? undefined : to - own)
  return and(
    begin === undefined ? null : sql`${at} >= toDateTime(${integer('from', Math.floor(begin))})`,
    to === undefined ? null : sql`${at} < toDateTime(${integer('to', Math.ceil(to))})`,
  )
}
