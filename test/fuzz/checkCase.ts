import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import Database from 'better-sqlite3'
import { AppError } from '../../src-preload/contract/appError.ts'
import { importFile } from '../../src-main/importer/importFile.ts'
import type { ImportResult } from '../../src-main/importer/importRequest.ts'
import { previewFile } from '../../src-main/importer/previewFile.ts'
import { importFastOnly } from '../../src-main/importer/testing/bothWays.ts'
import { compareDatasets } from '../../src-main/importer/testing/compareDatasets.ts'
import type { FuzzCase } from './makeCase.ts'

/** What came of a case: 'same' in both ways, taken by the careful one only ('careful'), or refused with a reason. */
export type Outcome = 'same' | 'careful' | 'refused'

const quiet = { cancelled: () => false, progress: () => undefined }
const REFUSALS = new Set(['not-a-table', 'invalid-input', 'too-large'])

/** Imports a case both ways and throws when anything does not hold that every import promises. */
export async function checkCase({ bytes, dialect, chunk }: FuzzCase, folder: string): Promise<Outcome> {
  const path = join(folder, 'case')
  const careful = join(folder, 'careful.db')
  const fast = join(folder, 'fast.db')
  for (const file of [careful, fast]) rmSync(file, { force: true })
  writeFileSync(path, bytes)
  const result = await refusedOr(importFile({ path, name: 'case', dialect, target: careful }, quiet, 'careful'))
  const shown = await refusedOr(previewFile({ path, name: 'case', dialect }))
  if (result === null) {
    const other = await importFastOnly(path, fast, { workers: 0, chunk }, dialect).catch((error: unknown) => error)
    if (typeof other === 'object' && other !== null && 'rows' in other)
      throw new Error('Only the fast import takes it.')
    return 'refused'
  }
  if (shown === null) throw new Error('Its import works, its preview does not.')
  const named = (columns: ImportResult['columns']): string => columns.map(({ name, type }) => `${name}:${type}`).join()
  if (named(shown.columns) !== named(result.columns)) throw new Error('The preview has other columns than the import.')
  checkPlaces(careful, result, bytes)

  const taken = await importFastOnly(path, fast, { workers: 0, chunk }, dialect)
  if (typeof taken === 'string') throw new Error(`Only the fast import refuses it: ${taken}`)
  if ('declined' in taken) return 'careful'
  const differences = compareDatasets(careful, fast)
  if (text(result) !== text(taken)) differences.push(`result: ${text(result)} | ${text(taken)}`)
  if (differences.length > 0) throw new Error(`The two ways differ: ${differences.join('\n')}`)
  const db = new Database(fast, { readonly: true })
  const integrity = String(db.pragma('integrity_check', { simple: true }))
  db.close()
  if (integrity !== 'ok') throw new Error(integrity)
  return 'same'
}

const text = (result: ImportResult): string =>
  JSON.stringify(Object.entries(result).sort(([a], [b]) => (a < b ? -1 : 1)))

async function refusedOr<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (error) {
    if (error instanceof AppError && REFUSALS.has(error.code) && error.message.length > 10) return null
    throw error
  }
}

type Span = { offset: number; length: number }

/** Rows and bad records lie one behind another, and between them stands nothing but line ends, comments and the header. */
function checkPlaces(dataset: string, result: ImportResult, source: Buffer): void {
  const db = new Database(dataset, { readonly: true })
  try {
    const read = (sql: string): Span[] => db.prepare<[], Span>(sql).all()
    const rows = read('SELECT _offset AS offset, _length AS length FROM rows ORDER BY _row')
    const bad = read('SELECT offset, length FROM quarantine ORDER BY id')
    if (rows.length !== result.rows || bad.length !== result.quarantined)
      throw new Error('Rows and bad records are not those that were told.')
    let bytes: Buffer
    try {
      bytes = source[0] === 0x1f && source[1] === 0x8b ? gunzipSync(source) : source
    } catch {
      return
    }
    const spans = [...rows, ...bad].sort((a, b) => a.offset - b.offset)
    let end = 0
    for (const [n, { offset, length }] of spans.entries()) {
      if (offset < end || offset + length > bytes.length)
        throw new Error(`The record at ${offset} lies upon another one, or behind the end.`)
      if (n > 0) checkGap(bytes, end, offset, result)
      end = offset + length
    }
    if (spans.length > 0) checkGap(bytes, end, bytes.length, result)
  } finally {
    db.close()
  }
}

/** Of JSON the object around the records is passed over, so that only tables and lines are looked at. */
function checkGap(
  bytes: Buffer,
  from: number,
  to: number,
  { encoding, delimiter, headerLine, warnings }: ImportResult,
): void {
  if (from === to || warnings.some((warning) => /beside them|too early|gzip/.test(warning))) return
  const lines = new TextDecoder(encoding).decode(bytes.subarray(from, to)).split(/[\r\n]+/)
  const lost =
    delimiter === ''
      ? lines.filter((line) => !/^[\s,[\]]*$/.test(line))
      : lines.filter((line) => !/^\s*(#.*)?\0*$/.test(line.replace('\ufeff', '')))
  // A header below a title stands between bad records and rows.
  if (lost.length > 0 && (headerLine === null || headerLine === 1))
    throw new Error(`Between records stands ${JSON.stringify(lost[0]?.slice(0, 200))}.`)
}
