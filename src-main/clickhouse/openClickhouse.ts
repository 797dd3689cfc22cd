import { randomUUID } from 'node:crypto'
import { addAbortSignal } from 'node:stream'
import { ClickHouseError, ClickHouseLogLevel, createClient, type ClickHouseSettings } from '@clickhouse/client'
import { AppError } from '#contract/appError'
import { agentOf, type ClickhouseTls } from './agentOf.ts'
import { answerLines, BrokenAnswer, LargeAnswer } from './answerLines.ts'
import { answerCells, type ClickhouseValue } from './answerCells.ts'
import { clickhouseFailure, signedByAnother } from './clickhouseFailure.ts'
import { isoTime, zoneOf } from './isoTimes.ts'
import { settingsOf } from './querySettings.ts'

export type ClickhouseAddress = {
  url: string
  user: string
  password: string
  database?: string | undefined
  tls?: ClickhouseTls
}

/** How much a question may cost. Held by the server where it may be told so, and here in any case. */
export type ClickhouseLimits = {
  seconds: number
  rows: number
  /** What happens over `rows`: fail with 'too-large', or answer so many and say `cut`. */
  overflow: 'fail' | 'cut'
  /** Rows and bytes that the server may read for it; without them: any number. */
  readRows?: number
  readBytes?: number
}
const LIMITS: ClickhouseLimits = { seconds: 30, rows: 10_000, overflow: 'cut' }
/** Bytes of an answer; over it the question fails, whatever its limits. */
const ANSWER_MAX = 64_000_000
/** The server keeps its limit itself; only after this many seconds more is it stopped from here. */
const GRACE_S = 5
/** A question to stop another one must not wait long itself, in milliseconds. */
const KILL_MS = 5_000

export type ClickhouseQuestion = {
  /** Values never stand in here: they are parameters, `{name:Type}`. */
  sql: string
  params?: Record<string, string | number | null | readonly (string | number)[]>
  limits?: Partial<ClickhouseLimits>
  /** Settings the answer depends on; left out for users who may set none. */
  settings?: ClickHouseSettings
  /** Times come as ISO 8601 in UTC, whatever the zones of columns and server. */
  isoTimes?: boolean
  signal?: AbortSignal | undefined
}

export type ClickhouseAnswer = {
  queryId: string
  columns: { name: string; type: string }[]
  rows: ClickhouseValue[][]
  /** True when there were more rows than the limit. */
  cut: boolean
  /** As the server counted them; null where it did not say. */
  rowsRead: number | null
  bytesRead: number | null
  seconds: number
}

export type Clickhouse = {
  version: string
  /** 0: may write; 1: may only read and set nothing; 2: may only read. */
  readonly: 0 | 1 | 2
  /** Milliseconds by which the server's clock is ahead of ours. */
  clockSkewMs: number
  /** Reads. AppError 'cancelled' when aborted, and the query is stopped on the server as well. */
  ask(question: ClickhouseQuestion): Promise<ClickhouseAnswer>
  /** Changes something; answers its query id. AppError 'conflict' or 'unauthorised' for users who may not. */
  run(statement: Pick<ClickhouseQuestion, 'sql' | 'params' | 'signal'>): Promise<string>
  /** Waits for what still has to be stopped. */
  close(): Promise<void>
}

/**
 * Opens a connection and asks what its user may do; nothing is sent that `readonly = 1` forbids. AppError 'unauthorised' for a
 * wrong password, 'unavailable' when the server cannot be reached.
 */
export async function openClickhouse(
  address: ClickhouseAddress,
  log: (message: string, detail: unknown) => void,
): Promise<Clickhouse> {
  const agent = agentOf(address.url, address.tls)
  let serverZone = 'UTC'
  const client = createClient({
    ...(agent === null ? {} : { http_agent: agent }),
    url: address.url,
    username: address.user,
    password: address.password,
    ...(address.database === undefined ? {} : { database: address.database }),
    application: 'Huntbench',
    // Questions carry limits of their own.
    request_timeout: 3_600_000,
    use_multipart_params_auto: true,
    log: { level: ClickHouseLogLevel.OFF },
  })
  const stopping = new Set<Promise<void>>()

  /** Own queries may be stopped by any user, read-only ones too. */
  async function kill(queryId: string): Promise<void> {
    try {
      await client.command({
        query: 'KILL QUERY WHERE query_id = {id:String}',
        query_params: { id: queryId },
        abort_signal: AbortSignal.timeout(KILL_MS),
      })
    } catch (error) {
      log('A query could not be stopped on the ClickHouse server', {
        queryId,
        error: clickhouseFailure(error, '').message,
      })
    }
  }
  function stop(queryId: string): void {
    const stopped = kill(queryId).finally(() => stopping.delete(stopped))
    stopping.add(stopped)
  }

  async function ask(question: ClickhouseQuestion, readonly: 0 | 1 | 2 | null): Promise<ClickhouseAnswer> {
    const limits = { ...LIMITS, ...question.limits }
    const queryId = `huntbench-${randomUUID()}`
    const late = AbortSignal.timeout((limits.seconds + GRACE_S) * 1000)
    const started = performance.now()
    if (question.signal?.aborted) throw new AppError('cancelled', 'Cancelled.', { queryId })
    let ended = false
    try {
      const abort = question.signal ? AbortSignal.any([late, question.signal]) : late
      const { stream, response_headers } = await client.exec({
        query: `${question.sql}\nFORMAT JSONCompactEachRowWithNamesAndTypes`,
        query_params: question.params ?? {},
        query_id: queryId,
        clickhouse_settings: settingsOf(readonly, limits, {
          ...(question.isoTimes ? { date_time_output_format: 'iso' } : {}),
          ...question.settings,
        }),
        abort_signal: abort,
      })
      // The driver heeds the signal until the answer begins.
      addAbortSignal(abort, stream)
      // Two lines say names and types; one row more than the limit says that there are more.
      const most = limits.rows + 2
      const lines: string[] = []
      for await (const line of answerLines(stream, ANSWER_MAX)) {
        lines.push(line)
        if (lines.length > most) break
      }
      if (lines.length < 2) throw new BrokenAnswer()
      // An answer that was not read to its end may still be made.
      ended = lines.length <= most
      const [names = '[]', types = '[]', ...rows] = lines
      if (rows.length > limits.rows && limits.overflow === 'fail') throw tooMany(limits, queryId)
      const typeNames = answerCells(types, []).map(textOf)
      const zones = question.isoTimes ? typeNames.map((type) => zoneOf(type, serverZone)) : []
      const cellsOf = (line: string): ClickhouseValue[] => {
        const cells = answerCells(line, typeNames)
        if (cells.length !== typeNames.length) throw new BrokenAnswer()
        return zones.some((zone) => zone !== null)
          ? cells.map((cell, n) => (typeof zones[n] === 'string' ? isoTime(cell, zones[n]) : cell))
          : cells
      }
      return {
        queryId,
        columns: answerCells(names, []).map((name, n) => ({ name: textOf(name), type: typeNames[n] ?? 'String' })),
        rows: rows.slice(0, limits.rows).map(cellsOf),
        cut: rows.length > limits.rows,
        ...readOf(response_headers['x-clickhouse-summary'], readonly),
        seconds: (performance.now() - started) / 1000,
      }
    } catch (error) {
      // What the server reports has ended there.
      ended ||= error instanceof ClickHouseError
      if (question.signal?.aborted) throw new AppError('cancelled', 'Cancelled.', { queryId })
      if (late.aborted) throw tooLong(limits, queryId)
      if (error instanceof LargeAnswer) throw tooLarge(queryId)
      if (error instanceof BrokenAnswer || error instanceof SyntaxError) throw brokenOff(queryId)
      throw clickhouseFailure(error, queryId)
    } finally {
      if (!ended) stop(queryId)
    }
  }

  async function run({ sql, params, signal }: Pick<ClickhouseQuestion, 'sql' | 'params' | 'signal'>): Promise<string> {
    const queryId = `huntbench-${randomUUID()}`
    try {
      await client.command({
        query: sql,
        query_params: params ?? {},
        query_id: queryId,
        ...(signal === undefined ? {} : { abort_signal: signal }),
      })
      return queryId
    } catch (error) {
      if (!signal?.aborted) throw clickhouseFailure(error, queryId)
      stop(queryId)
      throw new AppError('cancelled', 'Cancelled.', { queryId })
    }
  }

  try {
    const begun = Date.now()
    const probe = await ask(
      {
        sql: "SELECT toInt8(getSetting('readonly')), version(), toUnixTimestamp(now()), timezone()",
        limits: { seconds: 10 },
      },
      null,
    )
    const [level, version, clock, zone] = probe.rows[0] ?? []
    if (typeof zone === 'string' && isZone(zone)) serverZone = zone
    const readonly = level === 0 || level === 2 ? level : 1
    return {
      version: textOf(version),
      readonly,
      // Its clock is told in whole seconds, at some moment between question and answer.
      clockSkewMs: Math.round(Number(clock) * 1000 + 500 - (begun + Date.now()) / 2),
      ask: (question) => ask(question, readonly),
      run,
      async close() {
        await Promise.all(stopping)
        await client.close()
        agent?.destroy()
      },
    }
  } catch (error) {
    await client.close()
    agent?.destroy()
    throw typeof address.tls?.ca === 'string' ? signedByAnother(error) : error
  }
}

const tooMany = ({ rows }: ClickhouseLimits, queryId: string): AppError =>
  new AppError('too-large', `The answer has more than ${rows} rows. Narrow the time range or the filter.`, { queryId })
const tooLong = ({ seconds }: ClickhouseLimits, queryId: string): AppError =>
  new AppError('too-large', `The query took longer than ${seconds} s. Narrow the time range or the filter.`, {
    queryId,
  })

const tooLarge = (queryId: string): AppError =>
  new AppError('too-large', 'The answer is larger than 64 MB. Narrow the time range or the filter.', { queryId })
const brokenOff = (queryId: string): AppError =>
  new AppError('unavailable', 'The answer of ClickHouse broke off or is no answer of ClickHouse. Try again.', {
    queryId,
  })

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

const textOf = (value: ClickhouseValue | undefined): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? null)

/** Counts of the server. To users who may set nothing it sends them before it has read anything. */
function readOf(
  header: string | string[] | undefined,
  readonly: 0 | 1 | 2 | null,
): { rowsRead: number | null; bytesRead: number | null } {
  try {
    const summary: unknown = JSON.parse(String(header ?? '{}'))
    const count = (name: string): number | null => {
      if (typeof summary !== 'object' || summary === null || !(name in summary)) return null
      const value = Number(Reflect.get(summary, name))
      return Number.isFinite(value) && (value > 0 || readonly !== 1) ? value : null
    }
    return { rowsRead: count('read_rows'), bytesRead: count('read_bytes') }
  } catch {
    return { rowsRead: null, bytesRead: null }
  }
}
