import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { importFile } from '../importer/importFile.ts'
import type { JobProgress } from '../jobs/jobRunner.ts'
import { createEvents } from '../rpc/events.ts'
import { testPorts } from '../testing/ports.ts'
import { openStore, type Store } from '../worker/pool.ts'
import { workspaceFolders } from '../workspace/workspaceFolders.ts'
import { createRunOverDatasets } from './runOverDatasets.ts'

const [HUNT, DATASET] = [randomUUID(), randomUUID()]
let folder: string
let store: Store
let result: Awaited<ReturnType<typeof importFile>>

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'huntbench-run-'))
  const folders = workspaceFolders(folder)
  store = await openStore(
    { workspace: folders.database, datasets: folders.datasets, backups: folders.backups },
    testPorts(folder).log,
  )
  const path = join(folder, 'p.csv')
  writeFileSync(
    path,
    'TimeGenerated,Computer,CommandLine\n2024-01-01 10:00:00,WS1,vssadmin delete shadows /all /quiet\n',
  )
  await store.write.hunts.create({ id: HUNT, name: 'h', description: '', analyzeOnImport: false, now: 0 })
  const source = { sourcePath: path, sourceMember: null, sourceStored: false, dialect: {}, reading: {} }
  await store.write.datasets.begin({ id: DATASET, huntId: HUNT, name: 'p', file: 'p.csv', size: 1, now: 0, ...source })
  result = await importFile(
    { path, name: 'p.csv', dialect: {}, target: join(folders.datasets, `${DATASET}.db`) },
    { cancelled: () => false, progress: () => undefined },
  )
  await store.write.datasets.publish(DATASET, result, 1, 0)
})
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

/** As changeReading says it once the file has been replaced. */
const readAnew = (): Promise<void> =>
  store.write.readings.settle(DATASET, {
    ...{ result, diskBytes: 1, now: 1, times: [] },
    change: {
      ...{ id: randomUUID(), datasetId: DATASET, kind: 'reading', before: {}, after: { timeZone: 'Europe/Berlin' } },
      ...{ rows: 0, reason: '', by: '', now: 1, undoes: null, headers: null },
    },
  })

it('a dataset that is read anew while analyzers run over it is analyzed once more, and counted once', async () => {
  const told: string[] = []
  const onAlerts = ({ datasetId }: { datasetId: string }): void => void told.push(datasetId)
  const run = createRunOverDatasets({ store, events: createEvents(), ports: testPorts(folder), onAlerts })
  let begun = 0
  const progress = ({ rows }: JobProgress): void => {
    if (rows !== 0 || ++begun > 1) return
    void readAnew()
  }
  const report = await run(
    { huntId: HUNT, datasetIds: [DATASET], analyzers: ['suspicious_commands'], config: {}, keep: true },
    { jobId: 'j', signal: new AbortController().signal, progress, atEnd: () => undefined },
  )
  expect(begun).toBe(2)
  expect(told).toEqual([DATASET])
  expect(report).toMatchObject({ rowsAnalyzed: 1, alertsCreated: report.candidatesFound, alertsKept: 0 })
  expect(report.alertsCreated).toBeGreaterThan(0)
  expect(await store.read().alerts.stats(HUNT)).toMatchObject({ total: report.alertsCreated })
})
