import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { AppError } from '#contract/appError'
import type { DatasetOrigin, Dialect } from '#contract/datasets'
import type { JobContext } from '../jobs/jobRunner.ts'
import { readRows, type Row } from './columns.ts'
import { frozenDialect, frozenLines } from './frozenCsv.ts'
import type { Panel, Statement } from './panel.ts'
import type { SocServer } from './server.ts'

/** Rows of one answer that are frozen; more are left out, and the dataset says so. An answer is at most 64 MB of text. */
export const FREEZE_ROWS_MAX = 100_000
/** Rows that are read between two moments in which others have their turn. */
const ROWS_PER_TURN = 1_000

export type Frozen = {
  name: string
  dialect: Dialect
  origin: DatasetOrigin
  text: Buffer
}

/**
 * Asks for all rows of a part at once, so that pages cannot shift under it, and makes the bytes that are kept, with their
 * hash and the question. AppError of the question; 'conflict' when there is no row.
 */
export async function freezePart(
  { shape }: Panel,
  { name, statement, part, total }: Statement,
  server: SocServer,
  now: () => Date,
  context: JobContext,
): Promise<Frozen> {
  const { signal } = context
  const params = { ...statement.params, ...(total === null ? {} : { limit: FREEZE_ROWS_MAX + 1, offset: 0 }) }
  context.progress({ note: 'Waiting for the answer of the server' })
  const limits = { ...server.limits, rows: FREEZE_ROWS_MAX, overflow: 'cut' as const }
  const answer = await server.clickhouse.ask({ sql: statement.text, params, limits, isoTimes: true, signal })
  const names = answer.columns.map((column) => column.name)
  const read: Row[] = []
  for (let at = 0; at < answer.rows.length; at += ROWS_PER_TURN) {
    if (signal.aborted) throw new AppError('cancelled', 'Cancelled.')
    const turn = answer.rows.slice(at, at + ROWS_PER_TURN)
    read.push(...readRows(part.reads ?? part.columns, names, turn, Infinity).rows)
    context.progress({ done: read.length, rows: read.length, note: 'Reading the answer' })
    await setImmediate()
  }
  const rows = part.shape?.(read) ?? read
  if (rows.length === 0) throw new AppError('conflict', 'The answer has no rows, so there is nothing to keep.')
  const text = Buffer.from([...frozenLines(part.columns, rows)].join(''))
  const title = `${shape.title}${titleOfPart(shape, name)}`
  return {
    name: `${title} ${now().toISOString().slice(0, 19).replace('T', ' ')}.csv`,
    dialect: frozenDialect(part.columns),
    origin: {
      ...{ connection: server.connection, version: server.clickhouse.version, panel: shape.id, part: name, title },
      ...{ sql: statement.text, params, queryId: answer.queryId, at: now().toISOString() },
      ...{ rows: rows.length, cut: answer.cut, sha256: createHash('sha256').update(text).digest('hex') },
    },
    text,
  }
}

function titleOfPart({ title, parts }: Panel['shape'], name: string): string {
  const found = parts.find((part) => part.name === name)?.title ?? name
  return found === title ? '' : `, ${found}`
}
