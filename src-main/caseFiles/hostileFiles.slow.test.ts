import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AppError } from '#contract/appError'
import { mutateBytes } from '../../test/fuzz/mutateBytes.ts'
import { caseFileOf, mutateParts, partsOf } from '../../test/fuzz/mutateParts.ts'
import { createRandom } from '../../test/fuzz/random.ts'
import { testApp } from '../testing/testApp.ts'
import type { TaskContext } from '../worker/contexts.ts'
import { createDatasetFiles } from '../sqlite/datasetFiles.ts'
import { stageCase } from '../worker/stageCase.ts'

/** HUNTBENCH_SEED runs others. */
const SEED = Number(process.env['HUNTBENCH_SEED'] ?? 20_261_129)
const DAMAGED = 3_000
const FORGED = 2_000
/** Of forged files that are well-formed, so many are imported whole. */
const IMPORTED = 12
/** One file may take so long, in milliseconds of the processor: a clock would tell how busy the machine is. */
const EACH_MS = 5_000

const anna = testApp('hostile-anna')
const ben = testApp('hostile-ben')
let folder = ''
let base = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'huntbench-hostile-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const context: TaskContext = {
  ...{ folder: '', workspace: '', cancelled: () => false, progress: () => undefined },
  datasets: createDatasetFiles('', () => false),
}

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

/** Of so many files one goes through a file of staged records, as all do in the program; the others through memory. */
const ON_DISK_EACH = 25
let asked = 0

/** What becomes of a file: null where it is well-formed, else the failure; anything else is thrown. */
async function refusal(bytes: Buffer): Promise<AppError | null> {
  const path = join(folder, 'case.huntcase')
  const [staged, plain] = [asked++ % ON_DISK_EACH === 0 ? join(folder, 'staged.db') : ':memory:', join(folder, 'plain')]
  writeFileSync(path, bytes)
  const begun = cpuMs()
  try {
    await stageCase(context, { path, key: {}, plain }, staged, Date.now())
    return null
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  } finally {
    expect(cpuMs() - begun).toBeLessThan(EACH_MS)
    for (const left of [staged, plain]) rmSync(left, { force: true })
    expect(readdirSync(folder)).toEqual(['case.huntcase'])
  }
}

/** Whether every part is what it is in the base file. */
async function sameParts(bytes: Buffer): Promise<boolean> {
  const path = join(folder, 'case.huntcase')
  writeFileSync(path, bytes)
  const [mine, theirs] = [await partsOf(base), await partsOf(path)]
  return mine.parts.every((part, n) => theirs.parts[n]?.bytes.equals(part.bytes))
}

test('a base file with something of everything', async () => {
  const hunt = await anna.call('hunts.create', { name: 'Base', description: 'A note.' })
  const ticket = await anna.offer(
    'base.csv',
    'When,Box,CommandLine\n2024-07-01 10:00:00,WS1,vssadmin delete shadows /all /quiet\n2024-07-01 11:00:00,WS2,net user bob\ntoo,few\n',
  )
  await anna.client.finished(
    (await anna.call('datasets.import', { huntId: hunt.id, files: [{ ticket }], analyze: true })).jobId,
  )
  const datasetId = (await anna.call('datasets.list', { huntId: hunt.id })).datasets[0]?.id ?? ''
  await anna.call('annotations.create', { datasetId, rows: [1], text: 'noted', tag: 'suspicious' })
  await anna.call('annotations.update', {
    id: (await anna.call('annotations.list', { huntId: hunt.id })).annotations[0]?.id ?? '',
    text: 'changed',
  })
  await anna.call('rows.tag', { datasetId, rows: [2], tag: 'benign' })
  const claim = await anna.call('hypotheses.create', { huntId: hunt.id, title: 'It was Bob' })
  await anna.call('hypotheses.addEvidence', { id: claim.id, rows: { datasetId, rows: [2] } })
  await anna.call('searches.create', { huntId: hunt.id, name: 'Bob', q: 'bob', datasetId })
  await anna.call('rules.create', {
    rule: {
      kind: 'condition',
      name: 'Bob',
      huntId: hunt.id,
      conditions: [{ op: 'contains', field: 'command_line', value: 'bob' }],
    },
  })
  await anna.client.finished(
    (await anna.call('intel.import', { text: 'evil[.]example\n10.0.0.0/8\n', name: 'L' })).jobId,
  )
  const listIds = (await anna.call('intel.list', {})).lists.map(({ id }) => id)
  const asked = anna.call('caseFiles.export', {
    ...{ huntIds: [hunt.id], listIds, sources: true, to: 'folder' },
    rows: 'all',
  })
  const job = await anna.client.finished((await asked).jobId)
  base = String(Object.entries(job.result ?? {}).find(([key]) => key === 'path')?.[1])
  expect(await refusal(readFileSync(base))).toBeNull()
})

test(`${DAMAGED} damaged files are refused, each with what is wrong`, async () => {
  const bytes = readFileSync(base)
  const random = createRandom(SEED)
  for (let n = 0; n < DAMAGED; n++) {
    const mutated = mutateBytes(bytes, random)
    if (mutated.bytes.equals(bytes)) continue
    const failure = await refusal(mutated.bytes)
    // The last byte of packed data may have bits that mean nothing.
    if (failure === null && (await sameParts(mutated.bytes))) continue
    expect(failure, `${n}: ${mutated.how}`).toMatchObject({
      code: expect.stringMatching(/^(invalid-input|too-large)$/),
    })
    expect(failure?.message.length).toBeGreaterThan(40)
  }
}, 120_000)

test(`${FORGED} forged files with right hashes are refused or harmless: nothing crashes, hangs or changes what was there`, async () => {
  const { parts, sources } = await partsOf(base)
  const random = createRandom(SEED + 1)
  const own = await ben.call('hunts.create', { name: 'Of my own' })
  const codes = new Map<string, number>()
  let imported = 0
  for (let n = 0; n < FORGED; n++) {
    const mutated = mutateParts(parts, random)
    const bytes = caseFileOf(mutated.parts, sources)
    const failure = await refusal(bytes).catch((error: unknown) => {
      throw new Error(`${n}: ${mutated.how}`, { cause: error })
    })
    codes.set(failure?.code ?? 'accepted', (codes.get(failure?.code ?? 'accepted') ?? 0) + 1)
    if (failure || imported >= IMPORTED) continue
    imported++
    const job = await ben.client.finished(
      (await ben.call('caseFiles.import', { ticket: await ben.offer(`forged${n}.huntcase`, bytes) })).jobId,
    )
    expect(job.failure?.code, `${n}: ${mutated.how}: ${job.failure?.message ?? ''}`).not.toBe('internal')
    // Every answer is checked against the contract: what was taken over must fit it.
    const all = await Promise.all(
      (['hunts.list', 'rules.list', 'alerts.list', 'datasets.list', 'keywords.themes', 'intel.list'] as const).map(
        (call) => ben.call(call, {}),
      ),
    )
    expect(all[0]).toMatchObject({ hunts: expect.arrayContaining([expect.objectContaining(own)]) })
    for (const { id } of (await ben.call('hunts.list', {})).hunts) {
      await ben.call('annotations.list', { huntId: id })
      await ben.call('hypotheses.list', { huntId: id })
      await ben.call('searches.list', { huntId: id })
      await ben.call('hunts.overview', { id })
    }
    for (const { id } of (await ben.call('datasets.list', {})).datasets) await ben.call('rows.page', { datasetId: id })
  }
  expect(imported).toBe(IMPORTED)
  expect(codes.get('invalid-input')).toBeGreaterThan(FORGED / 2)
  expect([...codes.keys()].sort()).toEqual(expect.arrayContaining(['accepted', 'invalid-input']))
  expect([...codes.keys()].every((code) => ['accepted', 'invalid-input', 'too-large'].includes(code))).toBe(true)
  const db = new Database(join(ben.folder, 'workspace.db'), { readonly: true })
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(db.pragma('foreign_key_check')).toEqual([])
  db.close()
  expect(readdirSync(join(ben.folder, 'datasets')).filter((name) => name.startsWith('.'))).toEqual([])
  expect(readdirSync(ben.folder).filter((name) => name.startsWith('evil'))).toEqual([])
}, 120_000)

test('an archive bomb is refused before anything is unpacked', async () => {
  const { parts, sources } = await partsOf(base)
  const bomb = parts.map((part) =>
    part.name.endsWith('rows.jsonl') ? { ...part, bytes: Buffer.alloc(300 * 1024 ** 2, 32) } : part,
  )
  const bytes = caseFileOf(bomb, sources, 9)
  const begun = cpuMs()
  expect(await refusal(bytes)).toMatchObject({ code: 'too-large', message: expect.stringContaining('archive bomb') })
  expect(cpuMs() - begun).toBeLessThan(1_000)
})

test('a passphrase that would take hours to be tried is refused', async () => {
  const stanza =
    'age-encryption.org/v1\n-> scrypt c2FsdHNhbHRzYWx0c2FsdA 40\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n--- AAAA\n'
  expect(await refusal(Buffer.from(stanza))).toMatchObject({
    code: 'invalid-input',
    message: expect.stringContaining('2^40'),
  })
})
