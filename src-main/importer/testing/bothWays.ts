import { rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import type { Dialect } from '#contract/datasets'
import { readBeginning } from '../beginning.ts'
import { compareDatasets } from './compareDatasets.ts'
import { startFastWorkers } from '../fast/fastWorkers.ts'
import { fastStart, importFast } from '../fast/importFast.ts'
import { importFile } from '../importFile.ts'
import type { ImportResult } from '../importRequest.ts'
import { readHead } from '../readHead.ts'
import { openSource } from '../readSource.ts'
import type { TestFolder } from './importTo.ts'

export type BothWays =
  | { declined: string }
  /** The careful way failed with this code, and so does the beginning of the fast one. */
  | { failed: string }
  | { declined: null; differences: string[]; integrity: string; result: ImportResult }

/** Worker threads (0: none but this one), and bytes of a chunk. */
export type Threads = { workers: number; chunk?: number }

const quiet = { cancelled: () => false, progress: () => undefined }

/** Imports a file the careful and the fast way and compares everything they give. */
export async function bothWays(
  folder: TestFolder,
  path: string,
  options: Threads = { workers: 0 },
  dialect: Dialect = {},
): Promise<BothWays> {
  const one = folder.target()
  const other = folder.target()
  try {
    const fast = await importFastOnly(path, other, options, dialect)
    if (typeof fast === 'string') return { failed: fast }
    if ('declined' in fast) return fast
    const careful = await importFile({ path, name: path, dialect, target: one }, quiet, 'careful')
    const differences = compareDatasets(one, other)
    const text = (result: ImportResult): string =>
      JSON.stringify(Object.entries(result).sort(([a], [b]) => (a < b ? -1 : 1)))
    if (text(careful) !== text(fast)) differences.push(`result: ${text(careful)} | ${text(fast)}`)
    const db = new Database(other, { readonly: true })
    const integrity = String(db.pragma('integrity_check', { simple: true }))
    db.close()
    return { declined: null, differences, integrity, result: fast }
  } finally {
    for (const file of [one, other]) rmSync(file, { force: true })
  }
}

/** The fast import by itself; a string is the code with which reading the beginning failed. */
export async function importFastOnly(path: string, target: string, options: Threads, dialect: Dialect = {}) {
  const source = await openSource(path, { hash: false })
  try {
    const head = await readHead(source, () => undefined)
    const bytes = head.bytes()
    let beginning
    try {
      beginning = readBeginning(bytes, head.complete, dialect)
    } catch (error) {
      return error instanceof Error && 'code' in error ? String(error.code) : 'internal'
    }
    const { workers: count, ...chunk } = options
    const start = fastStart(beginning, { path, packed: source.packed, head: bytes, complete: head.complete })
    if ('declined' in start) return start
    const workers = count > 0 ? startFastWorkers(count) : null
    return await importFast({ path, name: path, dialect, target }, quiet, { ...start, workers, hasher: null, ...chunk })
  } finally {
    await source.close()
  }
}
