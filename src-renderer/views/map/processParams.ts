import { rangeIn } from '../../state/timeRange.ts'
import { setParams, useRoute, type ParamChanges } from '../../state/route.ts'

/** What of the processes stands in the URL. */
export type ProcessParams = {
  host: string | null
  /** Id of the selected process; a PID alone is the last process that had it. */
  pid: string | null
  q: string
  /** Only what has alerts. */
  marked: boolean
  /** Branches begin closed. */
  closed: boolean
  /** The stretch of time in which processes began; null: without that end. */
  from: string | null
  to: string | null
  /** A row whose process is looked for. */
  ds: string | null
  row: number | null
}

/** Reads the URL; what it does not understand it leaves out. */
export function processParams(params: URLSearchParams): ProcessParams {
  const row = Number(params.get('row'))
  return {
    host: params.get('host'),
    pid: params.get('pid'),
    q: (params.get('q') ?? '').slice(0, 500),
    marked: params.get('marked') === '1',
    closed: params.get('closed') === '1',
    ...rangeIn(params),
    ds: params.get('ds'),
    row: Number.isInteger(row) && row > 0 ? row : null,
  }
}

export const useProcessParams = (): ProcessParams => processParams(useRoute().params)

/** A host is a step in the history; the selected process and the filter are not. */
export const chooseHost = (host: string): void =>
  setParams({ host, pid: null, ds: null, row: null }, { replace: false })
export const setProcessParams = (changes: ParamChanges): void => setParams({ ds: null, row: null, ...changes })

/** What finds the rows of a PID however they write it, from the start of the process on. */
export function rowsQuery(pid: number, start: string | null): string {
  const pids = `(pid:"${pid}" OR pid:"0x${pid.toString(16)}" OR pid:"0x${pid.toString(16).padStart(16, '0')}")`
  return start === null ? pids : `${pids} AND timestamp:>="${start}"`
}
