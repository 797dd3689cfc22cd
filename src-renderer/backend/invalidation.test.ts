import { QueryObserver } from '@tanstack/react-query'
import type { QueryClient } from '@tanstack/react-query'
import { afterEach, expect, test, vi } from 'vitest'
import type { Input, Output } from '#contract/contract'
import type { Job } from '#contract/jobs'
import { createBackend } from './backend.ts'
import type { QueryName } from './commandNames.ts'
import { followTopics } from './invalidation.ts'
import { callKey, createQueryClient } from './query.ts'
import { wirePair } from './testWire.ts'

const A = '6f3f7f6e-2a07-4d5a-9b1e-6a1a5a3f000a'
const B = '6f3f7f6e-2a07-4d5a-9b1e-6a1a5a3f000b'

const job = (more: Partial<Job> = {}): Job => ({
  id: A,
  kind: 'import',
  title: 'a.csv',
  huntId: A,
  datasetId: null,
  state: 'running',
  done: 1,
  total: 10,
  unit: 'bytes',
  rows: 1,
  rate: null,
  note: null,
  startedAt: '2026-01-01T00:00:00Z',
  finishedAt: null,
  failure: null,
  result: null,
  ...more,
})

let cleanUp: (() => void)[] = []
afterEach(() => {
  for (const clean of cleanUp) clean()
  cleanUp = []
})

function start() {
  const wire = wirePair()
  const client = createQueryClient()
  const backend = createBackend(wire.page)
  cleanUp.push(followTopics(backend, client, 5), () => client.clear())
  const announce = (topic: string, payload: unknown) => wire.say({ t: 'event', topic, payload })
  return { wire, client, announce }
}

/** Counts how often an answer on screen is asked. */
async function watched<K extends QueryName>(client: QueryClient, name: K, input: Input<K>) {
  const asked = { times: 0 }
  const observer = new QueryObserver(client, {
    queryKey: callKey(name, input),
    queryFn: () => Promise.resolve((asked.times += 1)),
  })
  cleanUp.push(observer.subscribe(() => undefined))
  await vi.waitFor(() => expect(asked.times).toBe(1))
  return asked
}

test('a changed dataset makes its own rows and its hunt stale, and no other', async () => {
  const { client, announce } = start()
  const own = await watched(client, 'rows.page', { datasetId: A })
  const other = await watched(client, 'rows.page', { datasetId: B })
  const overview = await watched(client, 'hunts.overview', { id: B })
  announce('datasets.changed', { id: A, huntId: B })
  await vi.waitFor(() => expect([own.times, overview.times]).toEqual([2, 2]))
  expect(other.times).toBe(1)
})

test('many announcements in a moment ask once', async () => {
  const { client, announce } = start()
  const list = await watched(client, 'hunts.list', {})
  for (let n = 0; n < 50; n += 1) announce('hunts.changed', { id: A })
  await vi.waitFor(() => expect(list.times).toBe(2))
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(list.times).toBe(2)
})

test('changed alerts ask the lists of alerts again, with every filter', async () => {
  const { client, announce } = start()
  const plain = await watched(client, 'alerts.list', { huntId: A })
  const filtered = await watched(client, 'alerts.list', { huntId: A, severity: 'high' })
  announce('alerts.changed', { huntId: A })
  await vi.waitFor(() => expect([plain.times, filtered.times]).toEqual([2, 2]))
})

test('tags change what is asked about tags, and no other counts', async () => {
  const { client, announce } = start()
  const tags = await watched(client, 'rows.facets', { datasetId: A, column: '_tag' })
  const found = await watched(client, 'rows.count', { datasetId: A, q: 'a tag:benign' })
  const users = await watched(client, 'rows.facets', { datasetId: A, column: 'User', q: 'htmltag' })
  announce('rows.changed', { datasetId: A, huntId: B })
  await vi.waitFor(() => expect([tags.times, found.times]).toEqual([2, 2]))
  expect(users.times).toBe(1)
})

test('progress of a known job is taken from the announcement; an unknown job asks the list again', async () => {
  const { client, announce } = start()
  const list: Output<'jobs.list'> = { jobs: [job()], total: 1 }
  client.setQueryData(callKey('jobs.list', {}), list)
  announce('jobs.changed', job({ done: 9 }))
  expect(client.getQueryData<Output<'jobs.list'>>(callKey('jobs.list', {}))?.jobs[0]?.done).toBe(9)
  expect(client.getQueryState(callKey('jobs.list', {}))?.isInvalidated).toBe(false)
  announce('jobs.changed', job({ id: B }))
  expect(client.getQueryState(callKey('jobs.list', {}))?.isInvalidated).toBe(true)
})

test('changed settings are there at once', () => {
  const { client, announce } = start()
  announce('settings.changed', { theme: 'light' })
  expect(client.getQueryData(callKey('settings.get', {}))).toEqual({ theme: 'light' })
})

test('after a lost connection everything on screen is asked again', async () => {
  const { wire, client } = start()
  const list = await watched(client, 'analyzers.list', {})
  wire.become('lost')
  wire.become('open')
  await vi.waitFor(() => expect(list.times).toBe(2))
})
