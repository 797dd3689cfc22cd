import { AppError } from '#contract/appError'
import { callNames, contract, type CallName } from '#contract/contract'
import type { ExportTarget } from '../files/exportTargets.ts'
import type { JobContext } from '../jobs/jobRunner.ts'
import type { Store } from '../worker/pool.ts'

/** Lines of a list that are written; more are counted and said. */
const LINES_MAX = 100_000
const PAGE = 500

/** Asks any call that lists, with an input that was checked. */
export type AskList = (call: CallName, input: unknown, signal: AbortSignal) => Promise<unknown>

/** Writes lists as CSV: a line for each item, a column for each property; what is nested stands as JSON. */
export function createListCsv({ store, ask }: { store: Store; ask: AskList }) {
  return (call: string, input: Record<string, unknown>, guard: boolean) => {
    const name = callNames.find((one) => one === call)
    const entry = name === undefined ? undefined : contract[name]
    if (name === undefined || entry?.kind !== 'query') throw notAList(call)
    const page = (offset: number): unknown => {
      const parsed = entry.input.safeParse({ ...input, limit: PAGE, offset })
      if (!parsed.success)
        throw new AppError(
          'invalid-input',
          `The input does not fit ${call}: ${parsed.error.issues[0]?.message ?? ''}`,
          {
            path: ['input', ...(parsed.error.issues[0]?.path ?? [])].join('.'),
          },
        )
      return parsed.data
    }
    const first = page(0)
    if (!isRecord(first) || first['limit'] !== PAGE || first['offset'] !== 0) throw notAList(call)

    return async (
      target: ExportTarget,
      { signal, progress }: JobContext,
    ): Promise<{ bytes: number; leftOut: number }> => {
      const items: Record<string, unknown>[] = []
      let total: number
      do {
        signal.throwIfAborted()
        const answer = await ask(name, page(items.length), signal)
        const list = isRecord(answer) ? Object.values(answer).find((value) => Array.isArray(value)) : undefined
        if (!isRecord(answer) || !Array.isArray(list)) throw notAList(call)
        total = Number(answer['total'])
        items.push(...list.filter(isRecord))
        progress({ done: items.length, total: Math.min(total, LINES_MAX), note: null })
        if (list.length === 0) break
      } while (items.length < Math.min(total, LINES_MAX))
      const kept = items.slice(0, LINES_MAX)
      const bytes = await store.task({ signal }).reports.list({
        ...{
          guard,
          lines: kept.map((item) =>
            Object.fromEntries(Object.entries(item).map(([key, value]) => [key, textOf(value)])),
          ),
        },
        target: { path: target.path, replace: target.replace },
      })
      return { bytes, leftOut: Math.max(0, total - kept.length) }
    }
  }
}

const notAList = (call: string): AppError =>
  new AppError(
    'invalid-input',
    `${call.slice(0, 100)} is no call that lists. Take one that has limit and offset, such as alerts.list.`,
    { path: 'call' },
  )

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join('; ')
  return JSON.stringify(value)
}
