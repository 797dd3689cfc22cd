import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { failure } from '#contract/failure'
import { lockWorkspace } from '../sqlite/workspaceLock.ts'

const main = join(import.meta.dirname, 'main.ts')

let folder: string
let workspace: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'huntbench-cli-'))
  workspace = join(folder, 'workspace')
  writeFileSync(
    join(folder, 'logons.csv'),
    'time,host,user\n2024-01-02T03:04:05Z,WS1,ada\n2024-01-02T03:05:05Z,WS2,bob\n',
  )
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

type Ran = { code: number | null; out: string; err: string; json: unknown }

/** Runs the command line shell as a process of its own, as people and programs do. */
function huntbench(args: string[], input = ''): Promise<Ran> {
  const env = { ...process.env, HUNTBENCH_WORKSPACE: workspace }
  const child = spawn(process.execPath, [main, ...args], { env, cwd: folder })
  const text = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text.out += part))
  child.stderr.setEncoding('utf8').on('data', (part: string) => (text.err += part))
  child.stdin.end(input)
  return new Promise((resolve) => {
    child.on('close', (code) =>
      resolve({ code, ...text, json: /^[[{]/.test(text.out) ? JSON.parse(text.out) : undefined }),
    )
  })
}

const importAnswer = z.strictObject({
  hunt: z.strictObject({ id: z.uuid(), name: z.string() }),
  datasets: z.array(
    z.strictObject({
      id: z.uuid(),
      name: z.string(),
      file: z.string(),
      rows: z.number(),
      quarantined: z.number(),
      columns: z.number(),
      profile: z.string().nullable(),
      encoding: z.string().nullable(),
      delimiter: z.string().nullable(),
      sha256: z.string().nullable(),
      duplicateOf: z.uuid().optional(),
    }),
  ),
  failed: z.array(z.strictObject({ file: z.string(), code: z.string(), message: z.string() })),
})

describe('import', () => {
  test('creates the hunt, imports into it, and says so in JSON', async () => {
    const ran = await huntbench(['import', 'logons.csv', '--hunt', 'demo', '--json'])
    expect(ran).toMatchObject({ code: 0 })
    const { hunt, datasets, failed } = importAnswer.parse(ran.json)
    expect(hunt.name).toBe('demo')
    expect(failed).toEqual([])
    expect(datasets).toMatchObject([{ file: 'logons.csv', rows: 2, quarantined: 0, columns: 3, delimiter: ',' }])
    expect(datasets[0]?.sha256).toMatch(/^[0-9a-f]{64}$/)

    const again = importAnswer.parse((await huntbench(['import', 'logons.csv', '--hunt', 'demo', '--json'])).json)
    expect(again.hunt).toEqual(hunt)
    expect(again.datasets[0]?.duplicateOf).toBe(datasets[0]?.id)
  })

  test('names the files that failed, imports the others and exits with 1', async () => {
    writeFileSync(join(folder, 'empty.csv'), '')
    const ran = await huntbench(['import', 'none.csv', 'empty.csv', 'logons.csv', '--hunt', 'demo', '--json'])
    expect(ran.code).toBe(1)
    const { datasets, failed } = importAnswer.parse(ran.json)
    expect(datasets.map((dataset) => dataset.file)).toEqual(['logons.csv'])
    expect(failed.map(({ file, code }) => [file, code])).toEqual([
      ['none.csv', 'not-found'],
      ['empty.csv', 'not-a-table'],
    ])
  })

  test('tells people in a line a file', async () => {
    const { code, out } = await huntbench(['import', 'logons.csv', 'none.csv', '--hunt', 'demo'])
    expect(code).toBe(1)
    expect(out).toContain('logons.csv: 2 rows, 0 quarantined\n')
    expect(out).toMatch(/none\.csv: not imported\. .+\n/)
    expect(out).toContain('demo: 1 of 2 files imported')
  })
})

describe('call', () => {
  test('prints the answer of a call; its input may come from stdin', async () => {
    const created = await huntbench(['call', 'hunts.create', '-'], '{"name":"Night"}')
    expect(created).toMatchObject({ code: 0, err: '', json: { name: 'Night', status: 'active' } })
    expect((await huntbench(['call', 'hunts.list'])).json).toMatchObject({ total: 1 })
  })

  test('offers a file by its path and waits for the job that the call starts', async () => {
    const hunt = z.object({ id: z.uuid() }).parse((await huntbench(['call', 'hunts.create', '{"name":"Night"}'])).json)
    const input = JSON.stringify({ huntId: hunt.id, files: [{ ticket: '@logons.csv' }] })
    const ran = await huntbench(['call', 'datasets.import', input])
    expect(ran).toMatchObject({ code: 0, json: { state: 'succeeded', result: { datasets: [{ rows: 2 }] } } })
    const preview = await huntbench(['call', 'datasets.preview', '{"ticket":"@logons.csv"}'])
    expect(preview.json).toMatchObject({ file: 'logons.csv', estimatedRows: 2 })
  })

  test('prints only the job when it is not to wait; the work is done all the same', async () => {
    const hunt = z.object({ id: z.uuid() }).parse((await huntbench(['call', 'hunts.create', '{"name":"Night"}'])).json)
    const ran = await huntbench([
      'call',
      'datasets.import',
      JSON.stringify({ huntId: hunt.id, files: [{ ticket: '@logons.csv' }] }),
      '--no-wait',
    ])
    expect(ran.code).toBe(0)
    expect(Object.keys(z.object({ jobId: z.uuid() }).passthrough().parse(ran.json))).toEqual(['jobId'])
    expect((await huntbench(['call', 'datasets.list'])).json).toMatchObject({
      total: 1,
      datasets: [{ state: 'ready' }],
    })
  })

  test.each([
    ['an unknown call', ['call', 'hunts.explode'], 'not-found'],
    ['an input that does not fit', ['call', 'hunts.create', '{"name":7}'], 'invalid-input'],
    ['an input that is no JSON', ['call', 'hunts.create', '{'], 'invalid-input'],
    [
      'something that is not there',
      ['call', 'hunts.get', '{"id":"6f3f7f6e-2a07-4d5a-9b1e-6a1a5a3f0001"}'],
      'not-found',
    ],
    ['a file that is not there', ['call', 'datasets.preview', '{"ticket":"@none.csv"}'], 'not-found'],
  ])('%s is a failure in JSON, and the exit code is 1', async (_what, args, code) => {
    const ran = await huntbench(args)
    expect(ran.code).toBe(1)
    expect(failure.strict().parse(ran.json).code).toBe(code)
  })

  test('a workspace that another process holds is refused with a sentence', async () => {
    await huntbench(['call', 'hunts.list'])
    const lock = lockWorkspace(workspace)
    try {
      const ran = await huntbench(['call', 'hunts.list'])
      expect(ran.code).toBe(1)
      expect(ran.json).toMatchObject({
        code: 'workspace-locked',
        message: expect.stringContaining('--workspace') as string,
      })
    } finally {
      lock.release()
    }
    expect((await huntbench(['call', 'hunts.list'])).code).toBe(0)
  })
})

test('calls lists every call with schemas for programs, without opening a workspace', async () => {
  const listed = z
    .array(
      z.strictObject({
        name: z.string(),
        kind: z.enum(['query', 'command']),
        does: z.string(),
        example: z.json(),
        input: z.looseObject({}),
        output: z.looseObject({}),
      }),
    )
    .parse((await huntbench(['calls', '--json'])).json)
  expect(listed.map((call) => call.name)).toContain('alerts.bulkUpdate')
  const create = listed.find((call) => call.name === 'hunts.create')
  expect(create?.input).toMatchObject({ type: 'object', required: ['name'] })
  expect((await huntbench(['calls'])).out).toContain("huntbench call hunts.create '")
})

test('bad usage is one line on stderr and exit code 2', async () => {
  expect(await huntbench(['import', 'logons.csv'])).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringMatching(/^[^\n]+\n$/) as string,
  })
})
