import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { testApp } from '../testing/testApp.ts'

const program = testApp('cancelled-import')
const { call } = program

function write(name: string, text: string): string {
  writeFileSync(join(program.folder, name), text)
  return join(program.folder, name)
}
/** Enough for the analyzers to take a while. */
const many = (name: string): string =>
  write(
    name,
    `time,host,command_line\n${`2024-01-01T00:00:00Z,${name},cmd.exe ${'whoami '.repeat(30)}\n`.repeat(200_000)}`,
  )

async function start(paths: string[]) {
  const { id: huntId } = await call('hunts.create', { name: 'h', analyzeOnImport: true })
  const files = []
  for (const path of paths) files.push({ ticket: await program.app.files.offer(path) })
  const { jobId } = await call('datasets.import', { huntId, files })
  const says = (note: RegExp) =>
    vi.waitUntil(async () => note.test((await call('jobs.get', { id: jobId })).note ?? ''), {
      timeout: 25_000,
      interval: 10,
    })
  return { huntId, jobId, says }
}

describe('an import that is cancelled while its analyzers run', () => {
  it('leaves nothing behind', async () => {
    const { huntId, jobId, says } = await start([many('a.csv')])
    await says(/^Running analyzers over a\.csv$/)
    await call('jobs.cancel', { id: jobId })
    expect(await program.client.finished(jobId)).toMatchObject({
      state: 'cancelled',
      failure: { message: 'The import was cancelled; nothing of it was kept.' },
    })
    expect(await call('datasets.list', { huntId })).toMatchObject({ total: 0 })
    expect(readdirSync(join(program.folder, 'datasets'))).toEqual([])
  })

  it('keeps the files before it and says so', async () => {
    const { huntId, jobId, says } = await start([write('one.csv', 'a,b\n1,2\n'), write('empty.csv', ''), many('b.csv')])
    await says(/^File 3 of 3, 1 failed: Running analyzers over b\.csv$/)
    await call('jobs.cancel', { id: jobId })
    const { failure } = await program.client.finished(jobId)
    expect(failure?.message).toMatch(/nothing of the file it was at was kept\. The one before stays\.$/)
    const { datasets } = await call('datasets.list', { huntId, state: 'ready' })
    expect(datasets.map(({ file }) => file)).toEqual(['one.csv'])
  })
})
