import { setTimeout as wait } from 'node:timers/promises'
import { createApp } from '../app.ts'
import { openClient } from './client.ts'
import { testPorts } from './ports.ts'

// A program that imports one file into a workspace, for tests that kill it in the middle: says `importing` when the import has begun.
const [folder, path] = process.argv.slice(2)
if (folder === undefined || path === undefined) throw new Error('importChild WORKSPACE FILE')
const app = await createApp(testPorts(folder))
const client = openClient(app)
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
