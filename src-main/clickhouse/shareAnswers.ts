import { AppError } from '#contract/appError'
import type { Clickhouse, ClickhouseAnswer, ClickhouseQuestion } from './openClickhouse.ts'

type OnItsWay = { answer: Promise<ClickhouseAnswer>; abort: AbortController; waiting: number }

const made = new WeakMap<Clickhouse, Clickhouse>()

/**
 * The same connection, which asks a question once for all who ask it while its answer is on its way: parts of a panel that
 * are read out of one answer cost one query. It is stopped on the server when the last of them is gone. What is asked after
 * something was written gets an answer of its own.
 */
export function shareAnswers(clickhouse: Clickhouse): Clickhouse {
  const before = made.get(clickhouse)
  if (before) return before
  const shared = sharing(clickhouse)
  made.set(clickhouse, shared)
  return shared
}

function sharing(clickhouse: Clickhouse): Clickhouse {
  const onTheirWay = new Map<string, OnItsWay>()

  function begin(key: string, question: ClickhouseQuestion): OnItsWay {
    const abort = new AbortController()
    const answer = clickhouse.ask({ ...question, signal: abort.signal })
    const one = { answer, abort, waiting: 0 }
    onTheirWay.set(key, one)
    const over = (): void => leave(key, one)
    answer.then(over, over)
    return one
  }
  function leave(key: string, one: OnItsWay): void {
    if (onTheirWay.get(key) === one) onTheirWay.delete(key)
  }

  return {
    ...clickhouse,
    async ask({ signal, ...question }) {
      if (signal?.aborted) throw new AppError('cancelled', 'Cancelled.')
      const key = JSON.stringify(question)
      const one = onTheirWay.get(key) ?? begin(key, question)
      one.waiting += 1
      let gone = (): void => undefined
      const left = new Promise<never>((_, reject) => {
        gone = () => {
          reject(new AppError('cancelled', 'Cancelled.'))
          if (one.waiting > 1) return
          // Nobody waits for it any more, and nobody shall begin to.
          leave(key, one)
          one.abort.abort()
        }
      })
      signal?.addEventListener('abort', gone, { once: true })
      try {
        return await Promise.race([one.answer, left])
      } finally {
        one.waiting -= 1
        signal?.removeEventListener('abort', gone)
      }
    },
    async run(statement) {
      onTheirWay.clear()
      try {
        return await clickhouse.run(statement)
      } finally {
        onTheirWay.clear()
      }
    },
  }
}
