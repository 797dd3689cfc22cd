import { expect, test } from 'vitest'
import { createBackend } from './backend.ts'
import { wirePair } from './testWire.ts'

const huntList = { hunts: [], total: 0 }
const HUNT = '6f3f7f6e-2a07-4d5a-9b1e-6a1a5a3f0001'

test('a call gets the answer with its number, whatever the order of the answers', async () => {
  const { page, requests, say } = wirePair()
  const backend = createBackend(page)
  const first = backend.call('hunts.list', {})
  const second = backend.call('jobs.list', {})
  expect(requests).toMatchObject([
    { t: 'call', name: 'hunts.list', input: {} },
    { t: 'call', name: 'jobs.list', input: {} },
  ])
  say({ t: 'ok', id: requests[1]?.id ?? 0, value: { jobs: [], total: 7 } })
  say({ t: 'ok', id: requests[0]?.id ?? 0, value: huntList })
  expect(await first).toEqual(huntList)
  expect(await second).toEqual({ jobs: [], total: 7 })
})

test('a failure arrives as an AppError with code, message and detail', async () => {
  const { page, requests, say } = wirePair()
  const answer = createBackend(page).call('hunts.get', { id: HUNT })
  say({
    t: 'fail',
    id: requests[0]?.id ?? 0,
    failure: { code: 'not-found', message: 'There is no such hunt.', detail: { reference: 'E-1' } },
  })
  await expect(answer).rejects.toMatchObject({
    name: 'AppError',
    code: 'not-found',
    message: 'There is no such hunt.',
    detail: { reference: 'E-1' },
  })
})

test('aborting a call tells the other side and rejects at once; a late answer changes nothing', async () => {
  const { page, requests, say } = wirePair()
  const leave = new AbortController()
  const answer = createBackend(page).call('hunts.list', {}, { signal: leave.signal })
  const id = requests[0]?.id ?? 0
  leave.abort()
  await expect(answer).rejects.toMatchObject({ code: 'cancelled' })
  expect(requests[1]).toEqual({ t: 'cancel', id })
  say({ t: 'ok', id, value: huntList })
})

test('a call whose signal was aborted before is never sent', async () => {
  const { page, requests } = wirePair()
  await expect(createBackend(page).call('hunts.list', {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'cancelled',
  })
  expect(requests).toEqual([])
})

test('a query in flight is asked again after the connection was lost, once', async () => {
  const { page, requests, say, become } = wirePair()
  const answer = createBackend(page).call('hunts.list', { text: 'apt' })
  become('lost')
  become('refused')
  become('open')
  expect(requests).toHaveLength(2)
  expect(requests[1]).toMatchObject({ t: 'call', name: 'hunts.list', input: { text: 'apt' } })
  say({ t: 'ok', id: requests[1]?.id ?? 0, value: huntList })
  expect(await answer).toEqual(huntList)
})

test('a command in flight fails when the connection is lost and is not sent again', async () => {
  const { page, requests, become } = wirePair()
  const answer = createBackend(page).call('hunts.delete', { id: HUNT })
  become('lost')
  await expect(answer).rejects.toMatchObject({ code: 'unavailable' })
  become('open')
  expect(requests).toHaveLength(1)
})

test('without a connection queries wait for it and commands fail', async () => {
  const { page, requests, say, become } = wirePair('connecting')
  const backend = createBackend(page)
  const answer = backend.call('hunts.list', {})
  await expect(backend.call('hunts.openSample', {})).rejects.toMatchObject({ code: 'unavailable' })
  expect(requests).toEqual([])
  become('open')
  expect(requests).toMatchObject([{ t: 'call', name: 'hunts.list' }])
  say({ t: 'ok', id: requests[0]?.id ?? 0, value: huntList })
  expect(await answer).toEqual(huntList)
})

test('a query that is left while the connection is lost is not asked again', async () => {
  const { page, requests, become } = wirePair()
  const leave = new AbortController()
  const answer = createBackend(page).call('hunts.list', {}, { signal: leave.signal })
  become('lost')
  leave.abort()
  await expect(answer).rejects.toMatchObject({ code: 'cancelled' })
  become('open')
  expect(requests).toHaveLength(1)
})

test('topics reach those who listen until they stop', () => {
  const { page, say } = wirePair()
  const heard: string[] = []
  const stop = createBackend(page).on('hunts.changed', ({ id }) => heard.push(id))
  say({ t: 'event', topic: 'hunts.changed', payload: { id: 'a' } })
  say({ t: 'event', topic: 'alerts.changed', payload: { huntId: 'b' } })
  stop()
  say({ t: 'event', topic: 'hunts.changed', payload: { id: 'c' } })
  expect(heard).toEqual(['a'])
})
