import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ConditionRule } from '#contract/rules'
import { importFile } from '../importer/importFile.ts'
import { testPorts } from '../testing/ports.ts'
import { workspaceFolders } from '../workspace/workspaceFolders.ts'
import { openStore, type Store } from './pool.ts'

// Each rule here takes minutes where nothing stops it: a test that ends says that it was stopped.

let folder: string
let store: Store
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'huntbench-rules-'))
  const folders = workspaceFolders(folder)
  const path = join(folder, 'long.csv')
  let seed = 1
  const letter = (): string => ((seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff) & 65_536 ? 'a' : 'b')
  const long = Array.from({ length: 900_000 }, letter).join('')
  const row = (n: number, text: string): string => `${n},${text.slice(0, 60)},"{""inner"":""${text}""}"`
  const rows = Array.from({ length: 100_000 }, (_, n) => row(n, long.slice(n, n + 60)))
  writeFileSync(path, `n,text,detail\n${row(0, long)}\n${rows.join('\n')}\n`)
  await importFile(
    { path, name: 'long.csv', dialect: {}, target: join(folders.datasets, 'd.db') },
    { cancelled: () => false, progress: () => undefined },
  )
  const { database: workspace, datasets, backups } = folders
  store = await openStore({ workspace, datasets, backups }, testPorts(folder).log)
})
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

const rule = (field: string): ConditionRule & { id: string } => ({
  ...{ id: 'r', kind: 'condition', name: 'Long', description: '', enabled: true, huntId: null, severity: 'low' },
  ...{ actor: 'n', dedupeMinutes: 15, message: '', mitreTechnique: null, tags: [], falsePositives: null },
  conditions: [{ op: 'regex', field, value: '(a.{1,30}b.{1,30}){1,30}#' }],
})

it.each([
  ['cells', 'text'],
  ['a value inside a cell of JSON', 'detail.inner'],
])(
  'a hostile rule over %s stops when it is cancelled, and the next one is answered',
  async (_, field) => {
    const abort = new AbortController()
    const question = store.task({ signal: abort.signal }).rules.tryOut('d', rule(field))
    question.catch(() => undefined)
    await sleep(1_000)
    abort.abort()
    await expect(question).rejects.toMatchObject({ code: 'cancelled' })
    const quick = { ...rule('n'), conditions: [{ op: 'eq' as const, field: 'n', value: '7' }] }
    expect((await store.task().rules.tryOut('d', quick)).findings).toHaveLength(1)
  },
  20_000,
)
