import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { callNames, contract } from '#contract/contract'
import { failure } from '#contract/failure'
import type { Reply } from '#contract/wire'
import { createApp, type App } from '../app.ts'
import { testPorts } from '../testing/ports.ts'

// Whatever arrives on the wire, every call gets exactly one reply that the contract allows, and nothing is thrown.

let folder: string
let app: App
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'huntbench-router-'))
  app = await createApp(testPorts(folder))
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

const queries = callNames.filter((name) => contract[name].kind === 'query')

it('answers each of any hostile calls once, with a value or a failure of the contract', async () => {
  const hostile = fc.oneof(
    fc.jsonValue(),
    fc.record({
      id: fc.string(),
      datasetId: fc.uuid(),
      huntId: fc.oneof(fc.uuid(), fc.constant('1 OR 1=1')),
      limit: fc.double(),
      offset: fc.integer(),
    }),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.oneof(fc.constantFrom(...queries), fc.string()), hostile), { maxLength: 8 }),
      async (calls) => {
        const replies: Reply[] = []
        const connection = app.connect((reply) => replies.push(reply))
        await Promise.all(calls.map(([name, input], id) => connection.receive({ t: 'call', id, name, input })))
        connection.close()
        const answered = replies.flatMap((reply) => (reply.t === 'event' ? [] : [reply]))
        expect(answered.map((reply) => reply.id).sort((a, b) => a - b)).toEqual(calls.map((_, id) => id))
        for (const reply of answered) {
          if (reply.t === 'fail') expect(failure.parse(reply.failure).code).not.toBe('internal')
        }
      },
    ),
    { numRuns: 60 },
  )
})

it('refuses a call number that is still running and forgets it when it has ended', async () => {
  const replies: Reply[] = []
  const connection = app.connect((reply) => replies.push(reply))
  const first = connection.receive({ t: 'call', id: 1, name: 'workspace.info', input: {} })
  await connection.receive({ t: 'call', id: 1, name: 'workspace.info', input: {} })
  expect(replies).toMatchObject([{ t: 'fail', id: 1, failure: { code: 'conflict' } }])
  await first
  await connection.receive({ t: 'call', id: 1, name: 'workspace.info', input: {} })
  expect(replies.slice(1)).toMatchObject([{ t: 'ok' }, { t: 'ok' }])
  connection.close()
})

it('answers a cancelled call with cancelled, and a cancel of nothing with nothing', async () => {
  const replies: Reply[] = []
  const connection = app.connect((reply) => replies.push(reply))
  await connection.receive({ t: 'cancel', id: 99 })
  const running = connection.receive({ t: 'call', id: 5, name: 'hunts.list', input: {} })
  await connection.receive({ t: 'cancel', id: 5 })
  await running
  expect(replies).toMatchObject([{ t: 'fail', id: 5, failure: { code: 'cancelled' } }])
  connection.close()
})

it('a list of values too long for the store is refused as input', async () => {
  const replies: Reply[] = []
  const connection = app.connect((reply) => replies.push(reply))
  const input = { status: Array.from({ length: 40_000 }, () => 'new') }
  await connection.receive({ t: 'call', id: 1, name: 'alerts.list', input })
  expect(replies).toMatchObject([{ t: 'fail', failure: { code: 'invalid-input', detail: { path: 'status' } } }])
  connection.close()
})

it('a connection that cannot be told of a change disturbs neither the call that made it nor the others', async () => {
  const broken = app.connect(() => {
    throw new Error('The window is gone.')
  })
  const replies: Reply[] = []
  const connection = app.connect((reply) => replies.push(reply))
  await connection.receive({ t: 'call', id: 1, name: 'hunts.create', input: { name: 'h' } })
  expect(replies).toMatchObject([
    { t: 'event', topic: 'hunts.changed' },
    { t: 'ok', id: 1 },
  ])
  broken.close()
  connection.close()
})
