import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createApp } from '../app.ts'
import { openClient } from './client.ts'
import { testPorts } from './ports.ts'

/** What a program that opens the workspace finds: of each dataset its last row, of the folder every file. */
export type Found = {
  datasets: { id: string; state: string; rows: number; total: number | null }[]
  files: string[]
}

// A program that says what it finds in a workspace and then imports one file into it, for tests that kill it in the middle: its
// first line is what it found as JSON, the second one `importing` when the import has begun. Without a file it ends before that.
const [folder, path] = process.argv.slice(2)
if (folder === undefined) throw new Error('importChild WORKSPACE [FILE]')
const app = await createApp(testPorts(folder))
const client = openClient(app)
const { datasets } = await client.call('datasets.list', { limit: 500 })
const found: Found = { datasets: [], files: readdirSync(join(folder, 'datasets')) }
for (const { id, state, rows } of datasets) {
  const page =
    state === 'ready'
      ? await client.call('rows.page', { datasetId: id, offset: Math.max(0, rows - 1), limit: 1 })
      : null
  found.datasets.push({ id, state, rows, total: page?.rows.length === 1 ? page.total : null })
}
process.stdout.write(`${JSON.stringify(found)}\n`)
if (path === undefined) await app.close()
else {
  const hunt = await client.call('hunts.create', { name: 'killed' })
  const { jobId } = await client.call('datasets.import', {
    huntId: hunt.id,
    files: [{ ticket: await app.files.offer(path) }],
  })
  // Threads start and archives are looked into first; what is to be killed has begun once its dataset is there.
  while ((await client.call('datasets.list', { huntId: hunt.id })).total === 0) await wait(5)
  process.stdout.write('importing\n')
  await client.finished(jobId)
  process.stdout.write('finished\n')
}
