import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { CallName, Input, Output } from '#contract/contract'
import type { Failure } from '#contract/failure'
import type { Reply } from '#contract/wire'
import { createApp, type App } from './app.ts'
import { openClient, type Client } from './testing/client.ts'
import { failureOf } from './testing/failureOf.ts'
import { testPorts } from './testing/ports.ts'

// Whatever is deleted, closed or started again while work goes on: the workspace stays whole and nothing is left lying.

let root: string
let workspace: string
let app: App
let client: Client
let logged: unknown[]

const ports = () => ({ ...testPorts(workspace), log: (...entry: unknown[]) => void logged.push(entry) })

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'huntbench-interrupted-'))
  workspace = join(root, 'workspace')
  logged = []
  await open()
})
afterEach(async () => {
  client.close()
  await app.close()
  rmSync(root, { recursive: true, force: true })
})

async function open(): Promise<void> {
  app = await createApp(ports(), { checkAnswers: true })
  client = openClient(app)
}

const call = <K extends CallName>(name: K, input: Input<K>): Promise<Output<K>> => client.call(name, input)
const left = (folder: string): string[] => readdirSync(join(workspace, folder)).sort()

const LINE = `2024-01-01T00:00:00Z,${'host'.repeat(10)},http://example.com/${'x'.repeat(40)}`
/** A file of so many rows; `mark` makes its bytes differ from others. */
function file(rows: number, mark = ''): string {
  const path = join(root, `${rows}${mark}.csv`)
  writeFileSync(path, `time,host,url\n${`${LINE}\n`.repeat(rows)}2024-01-01T00:00:00Z,${mark},\n`)
  return path
}
const BIG = 400_000
const importing = async (huntId: string, path: string, analyze = false): Promise<string> =>
  (await call('datasets.import', { huntId, files: [{ ticket: await app.files.offer(path) }], analyze })).jobId

/** Hands over the bytes as a browser does. */
async function upload(text: string): Promise<string> {
  const { write, done } = await app.files.upload('e.csv')
  write.end(text)
  return done()
}

it('closing the program during an import leaves a clean workspace', async () => {
  const hunt = await call('hunts.create', { name: 'h' })
  await client.finished(await importing(hunt.id, file(10)))
  const job = await importing(hunt.id, file(BIG))
  await client.progressed(job)
  client.close()
  await app.close()
  expect(left('datasets').filter((name) => name.startsWith('.'))).toEqual([])
  logged = []
  await open()
  const { datasets } = await call('datasets.list', { huntId: hunt.id })
  expect(datasets).toMatchObject([{ rows: 11, state: 'ready' }])
  expect(left('datasets')).toEqual(datasets.map((dataset) => `${dataset.id}.db`))
  expect(left('uploads')).toEqual([])
  // Nothing had to be recovered: it was closed in good order.
  expect(logged).toEqual([])
})

it('a call that comes while the program closes is refused and starts nothing', async () => {
  const hunt = await call('hunts.create', { name: 'h' })
  const ticket = await app.files.offer(file(10))
  const replies: Reply[] = []
  const late = app.connect((reply) => replies.push(reply))
  const closed = app.close()
  const input = { huntId: hunt.id, files: [{ ticket }] }
  await late.receive({ t: 'call', id: 1, name: 'datasets.import', input })
  await closed
  await late.receive({ t: 'call', id: 2, name: 'hunts.create', input: { name: 'late' } })
  expect(replies).toMatchObject([
    { t: 'fail', id: 1, failure: { code: 'unavailable' } },
    { t: 'fail', id: 2, failure: { code: 'unavailable' } },
  ])
  await open()
  expect(await call('hunts.list', {})).toMatchObject({ total: 1 })
  expect(await call('datasets.list', {})).toMatchObject({ total: 0 })
})

it('a hunt is deleted while its import runs: the import ends as cancelled and its files are gone', async () => {
  const [hunt, other] = [await call('hunts.create', { name: 'h' }), await call('hunts.create', { name: 'other' })]
  await client.finished(await importing(hunt.id, file(10)))
  await client.finished(await importing(other.id, file(20)))
  const job = await importing(hunt.id, file(BIG))
  await client.progressed(job)
  expect(await call('hunts.delete', { id: hunt.id })).toMatchObject({ ok: true, datasets: 1 })
  expect(await call('jobs.get', { id: job })).toMatchObject({ state: 'cancelled' })
  const { datasets } = await call('datasets.list', {})
  expect(datasets).toMatchObject([{ huntId: other.id, rows: 21 }])
  expect(left('datasets')).toEqual(datasets.map((dataset) => `${dataset.id}.db`))
})

it('a hunt is deleted in the moment in which imports into it begin: nothing is left of either', async () => {
  for (let n = 0; n < 12; n++) {
    const hunt = await call('hunts.create', { name: 'h' })
    const ticket = await upload(`a,b\n1,${n}\n`)
    const started = call('datasets.import', { huntId: hunt.id, files: [{ ticket }], analyze: false })
    // Each time a little later: before, during and after the import's own steps.
    for (let turn = 0; turn < n * 3; turn++) await new Promise((resolve) => setImmediate(resolve))
    await call('hunts.delete', { id: hunt.id })
    const job = await started.then(
      ({ jobId }) => client.finished(jobId),
      (error: Failure) => ({ state: 'failed', failure: error, result: null }),
    )
    expect(JSON.stringify(job)).not.toContain('"internal"')
  }
  expect(await call('datasets.list', {})).toMatchObject({ total: 0 })
  expect([left('datasets'), left('sources')]).toEqual([[], []])
})

it('the same bytes imported twice at once become one dataset, and both imports name it', async () => {
  const hunt = await call('hunts.create', { name: 'h' })
  const path = file(2_000)
  const jobs = await Promise.all([importing(hunt.id, path), importing(hunt.id, path)])
  const ended = await Promise.all(jobs.map(client.finished))
  const { datasets } = await call('datasets.list', { huntId: hunt.id })
  expect(datasets).toMatchObject([{ rows: 2_001, state: 'ready' }])
  const id = datasets[0]?.id
  const named = ended.map((job) => job.result).toSorted((a, b) => JSON.stringify(a).length - JSON.stringify(b).length)
  expect(named).toMatchObject([{ datasets: [{ id }] }, { datasets: [{ id, duplicateOf: id }] }])
  expect(left('datasets')).toEqual([`${id}.db`])
})

it('an upload that is imported into two hunts keeps its bytes for both', async () => {
  const hunts = [await call('hunts.create', { name: 'a' }), await call('hunts.create', { name: 'b' })]
  const ticket = await upload('a,b\n1,2\n')
  for (const hunt of hunts) {
    const { jobId } = await call('datasets.import', { huntId: hunt.id, files: [{ ticket }] })
    expect(await client.finished(jobId)).toMatchObject({ state: 'succeeded', result: { failed: [] } })
  }
  const { datasets } = await call('datasets.list', {})
  expect(datasets).toHaveLength(2)
  for (const { id } of datasets)
    expect(await call('datasets.bytes', { id, row: 1 })).toMatchObject({ text: '1,2', proof: 'matches' })
  expect(readFileSync(join(workspace, 'sources', datasets[0]?.id ?? ''), 'utf8')).toBe('a,b\n1,2\n')
  await call('hunts.delete', { id: hunts[0]?.id ?? '' })
  expect(await call('datasets.bytes', { id: datasets[1]?.id ?? '', row: 1 })).toMatchObject({ proof: 'matches' })
})

it('an upload of bytes that the hunt has already is not kept a second time', async () => {
  const hunt = await call('hunts.create', { name: 'a' })
  for (const ticket of [await upload('a,b\n1,2\n'), await upload('a,b\n1,2\n')]) {
    const { jobId } = await call('datasets.import', { huntId: hunt.id, files: [{ ticket }] })
    expect(await client.finished(jobId)).toMatchObject({ state: 'succeeded' })
  }
  expect(left('sources')).toHaveLength(1)
  expect(left('uploads')).toEqual([])
})

it('a dataset that is deleted or damaged while analyzers run over its hunt does not stop them for the others', async () => {
  const hunt = await call('hunts.create', { name: 'h' })
  const command = 'TimeGenerated,Computer,CommandLine\n2024-01-01 10:00:00,WS1,vssadmin delete shadows /all /quiet\n'
  for (const [n, text] of [command, `${command}\n`, `${command}${command.split('\n')[1]}\n`].entries()) {
    writeFileSync(join(root, `p${n}.csv`), text)
    await client.finished(await importing(hunt.id, join(root, `p${n}.csv`)))
  }
  const { datasets } = await call('datasets.list', { huntId: hunt.id })
  expect(datasets).toHaveLength(3)
  rmSync(join(workspace, 'datasets', `${datasets[0]?.id}.db`))
  const { jobId } = await call('analyzers.run', { huntId: hunt.id })
  const job = await client.finished(jobId)
  expect(job).toMatchObject({ state: 'succeeded', failure: null })
  expect(JSON.stringify(job.result)).toContain('The file of this dataset is missing')
  expect((await call('alerts.list', { datasetId: datasets[2]?.id ?? '' })).total).toBeGreaterThan(0)
  // One dataset alone: the failure is the answer.
  const alone = await call('analyzers.run', { datasetId: datasets[0]?.id ?? '' })
  expect(await client.finished(alone.jobId)).toMatchObject({ state: 'failed', failure: { code: 'dataset-damaged' } })
  expect((await failureOf(call('analyzers.run', { datasetId: crypto.randomUUID() }))).code).toBe('not-found')
})
