import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createTickets, type Tickets } from './tickets.ts'

let folder: string
let tickets: Tickets
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'huntbench-tickets-'))
  for (const name of ['uploads', 'sources']) mkdirSync(join(folder, name))
  tickets = createTickets(join(folder, 'uploads'), join(folder, 'sources'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('stand for a file that was offered and cannot be guessed', async () => {
  writeFileSync(join(folder, 'a.csv'), 'a')
  const [first, second] = [await tickets.offer(join(folder, 'a.csv')), await tickets.offer(join(folder, 'a.csv'))]
  expect(first).not.toBe(second)
  expect(first.length).toBeGreaterThanOrEqual(24)
  expect(tickets.take(first)).toMatchObject({ path: join(folder, 'a.csv'), name: 'a.csv', size: 1, stored: false })
  expect(() => tickets.take('a.csv')).toThrow(expect.objectContaining({ code: 'not-found' }))
})

it('are refused for folders and for what is not there', async () => {
  await expect(tickets.offer(folder)).rejects.toMatchObject({ code: 'unreadable-file' })
  await expect(tickets.offer(join(folder, 'none.csv'))).rejects.toMatchObject({ code: 'not-found' })
})

it('never let a name climb out of its folder', async () => {
  writeFileSync(join(folder, 'a.csv'), 'a')
  for (const [given, kept] of [
    ['../../etc/passwd', 'etc/passwd'],
    ['C:\\temp\\..\\x.csv', 'C:/temp/x.csv'],
    ['..', 'file'],
    ['', 'file'],
  ]) {
    expect(tickets.take(await tickets.offer(join(folder, 'a.csv'), given)).name).toBe(kept)
  }
})

it('keep uploaded bytes with their dataset and leave nothing of an upload that broke off', async () => {
  const upload = await tickets.upload('e.csv')
  upload.write.write('a,b\n')
  upload.write.end('1,2\n')
  const ticket = await upload.done()
  const kept = await tickets.keep(tickets.take(ticket), 'id-1')
  expect(kept).toBe(join(folder, 'sources', 'id-1'))
  expect(readFileSync(kept, 'utf8')).toBe('a,b\n1,2\n')
  const broken = await tickets.upload('f.csv')
  broken.write.write('half')
  await broken.abort()
  expect(readdirSync(join(folder, 'uploads'))).toEqual([])
})

it('keep the last few beginnings of large files for their previews, and say which those are', async () => {
  const beginning = async () => {
    const { write, done } = await tickets.upload('large.csv', 90_000_000)
    write.end('a,b\n1,2\n')
    return done()
  }
  const first = await beginning()
  expect(tickets.take(first)).toMatchObject({ size: 90_000_000, beginning: true })
  for (let n = 0; n < 16; n += 1) await beginning()
  expect(readdirSync(join(folder, 'uploads'))).toHaveLength(16)
  expect(() => tickets.take(first)).toThrow(expect.objectContaining({ code: 'not-found' }))
})

it('give each dataset a copy of its own when the same upload is imported into several hunts', async () => {
  const upload = await tickets.upload('e.csv')
  upload.write.end('a,b\n1,2\n')
  const file = tickets.take(await upload.done())
  const kept = await Promise.all(['id-1', 'id-2', 'id-3'].map((id) => tickets.keep(file, id)))
  expect(kept).toEqual(['id-1', 'id-2', 'id-3'].map((id) => join(folder, 'sources', id)))
  for (const path of kept) expect(readFileSync(path, 'utf8')).toBe('a,b\n1,2\n')
  for (const path of kept) rmSync(path)
  await expect(tickets.keep(file, 'id-4')).rejects.toMatchObject({ code: 'unreadable-file' })
})
