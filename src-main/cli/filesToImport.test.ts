import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { filesToImport } from './filesToImport.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'huntbench-files-'))
  for (const name of [
    'case/b.csv',
    'case/a.csv',
    'case/host1/a.csv',
    'case/host1/.hidden.csv',
    'case/.git/x.csv',
    'case/Thumbs.db',
    'case/[1].csv',
  ]) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), 'a,b\n')
  }
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const names = async (...asked: string[]) =>
  (await filesToImport(asked.map((name) => join(folder, name)))).map((file) => file.name)

test('a folder gives all files below it with their folders, without hidden ones', async () => {
  expect(await names('case')).toEqual(['case/[1].csv', 'case/a.csv', 'case/b.csv', 'case/host1/a.csv'])
})

test('a pattern gives the files that fit', async () => {
  expect(await names('case/*.csv')).toEqual(['[1].csv', 'a.csv', 'b.csv'])
  expect(await names('case/**/a.csv')).toEqual(['a.csv', 'a.csv'])
  expect(await names('case/{b,z}.csv')).toEqual(['b.csv'])
})

test('a file that looks like a pattern is that file', async () =>
  expect(await names('case/[1].csv')).toEqual(['[1].csv']))

test('what does not exist is kept, so that the import can say so', async () => {
  expect(await names('case/none.csv', 'none/*.csv')).toEqual(['none.csv', '*.csv'])
})

test('a file named twice is imported once', async () => {
  expect(await names('case/a.csv', 'case/a.csv', 'case/a*.csv')).toEqual(['a.csv'])
})
