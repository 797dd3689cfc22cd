import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { sweep, workspaceFolders } from './workspaceFolders.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'huntbench-folders-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

it('a folder of evidence that is chosen as workspace keeps everything that was in it', () => {
  for (const folder of ['sources', 'datasets', 'uploads']) {
    mkdirSync(join(root, folder, 'host1'), { recursive: true })
    writeFileSync(join(root, folder, 'Security.csv'), 'a,b\n1,2\n')
    writeFileSync(join(root, folder, 'notes.db'), 'mine')
    writeFileSync(join(root, folder, 'host1', 'System.csv'), 'a,b\n1,2\n')
  }
  const all = (): string[] => readdirSync(root, { recursive: true, encoding: 'utf8' })
  const before = all()
  expect(sweep(workspaceFolders(root), new Set())).toEqual([])
  expect(all()).toEqual(expect.arrayContaining(before))
})

it('what a crash left is removed, what belongs to a known dataset stays', () => {
  const folders = workspaceFolders(root)
  const [known, lost] = [randomUUID(), randomUUID()]
  const place = (folder: string, name: string): string => {
    writeFileSync(join(folder, name), 'x')
    return join(folder, name)
  }
  place(folders.datasets, `${known}.db`)
  place(folders.sources, known)
  const leftovers = [
    place(folders.datasets, `.${lost}.db`),
    place(folders.datasets, `.${lost}.db-journal`),
    place(folders.datasets, `.${known}.${randomUUID()}.db`),
    place(folders.datasets, `${lost}.db`),
    place(folders.sources, lost),
    place(folders.uploads, randomUUID()),
  ]
  expect(sweep(folders, new Set([known])).sort()).toEqual(leftovers.sort())
  expect(readdirSync(folders.datasets)).toEqual([`${known}.db`])
  expect(readdirSync(folders.sources)).toEqual([known])
})

it.skipIf(process.platform === 'win32')(
  'the folders and the database are made for their owner only, also in a folder that was there',
  () => {
    const made = workspaceFolders(join(root, 'deep', 'workspace'))
    for (const folder of [made.root, made.datasets, made.sources, made.uploads])
      expect(statSync(folder).mode & 0o077).toBe(0)
    expect(statSync(workspaceFolders(root).database).mode & 0o077).toBe(0)
  },
)
