import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { importFile } from '../importer/importFile.ts'
import { openStore, type Store } from '../worker/pool.ts'
import { workspaceFolders } from '../workspace/workspaceFolders.ts'
import { testPorts } from './ports.ts'

/** A store with one dataset, `d`, made of a CSV text, for the tests of one file. */
export function testStore(csv: () => string): { readonly store: Store; readonly database: string } {
  let folder: string
  let store: Store
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'huntbench-store-'))
    const { database: workspace, datasets, backups } = workspaceFolders(folder)
    const path = join(folder, 'd.csv')
    writeFileSync(path, csv())
    await importFile(
      { path, name: 'd.csv', dialect: {}, target: join(datasets, 'd.db') },
      { cancelled: () => false, progress: () => undefined },
    )
    store = await openStore({ workspace, datasets, backups }, testPorts(folder).log)
  })
  afterAll(async () => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    get store() {
      return store
    },
    /** Its workspace database. */
    get database() {
      return workspaceFolders(folder).database
    },
  }
}

/** Random letters a and b, the same every time: expressions that count need a state for each of them. */
export function coinLetters(length: number): string {
  let seed = 1
  const letter = (): string => ((seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff) & 65_536 ? 'a' : 'b')
  return Array.from({ length }, letter).join('')
}
