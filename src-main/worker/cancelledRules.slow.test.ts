import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { ConditionRule } from '#contract/rules'
import { coinLetters, testStore } from '../testing/testStore.ts'

// Each rule here takes minutes where nothing stops it: a test that ends says that it was stopped.

const test = testStore(() => {
  const long = coinLetters(900_000)
  const row = (n: number, text: string): string => `${n},${text.slice(0, 60)},"{""inner"":""${text}""}"`
  const rows = Array.from({ length: 100_000 }, (_, n) => row(n, long.slice(n, n + 60)))
  return `n,text,detail\n${row(0, long)}\n${rows.join('\n')}\n`
})

const rule = (field: string): ConditionRule & { id: string } => ({
  ...{ id: 'r', kind: 'condition', name: 'Long', description: '', enabled: true, huntId: null, severity: 'low' },
  ...{ actor: 'n', dedupeMinutes: 15, message: '', mitreTechnique: null, tags: [], falsePositives: null },
  conditions: [{ op: 'regex', field, value: '(a.{1,30}b.{1,30}){1,30}#' }],
})

const alone = { target: 'd', together: ['d'] }

it.each([
  ['cells', 'text'],
  ['a value inside a cell of JSON', 'detail.inner'],
])(
  'a hostile rule over %s stops when it is cancelled, and the next one is answered',
  async (_, field) => {
    const abort = new AbortController()
    const question = test.store.task({ signal: abort.signal }).rules.tryOut(alone, rule(field), [])
    question.catch(() => undefined)
    await sleep(1_000)
    abort.abort()
    await expect(question).rejects.toMatchObject({ code: 'cancelled' })
    const quick = { ...rule('n'), conditions: [{ op: 'eq' as const, field: 'n', value: '7' }] }
    expect((await test.store.task().rules.tryOut(alone, quick, [])).findings).toHaveLength(1)
  },
  20_000,
)
