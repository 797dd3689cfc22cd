import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Dialect } from '#contract/datasets'
import { openReadable, type ReadDb } from '../../sqlite/db.ts'
import { importFile } from '../importFile.ts'
import type { ImportResult } from '../importRequest.ts'
import { partOf, partTable, quoteName } from '../datasetFile.ts'

/** A folder of its own for a test file; `remove` takes it away again. */
export function testFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'huntbench-importer-'))
  let n = 0
  return {
    folder,
    path: (name: string): string => join(folder, name),
    write(content: string | Buffer, name = `source-${n++}.csv`): string {
      writeFileSync(join(folder, name), content)
      return join(folder, name)
    },
    writeGzip(content: string | Buffer): string {
      return this.write(gzipSync(content), `source-${n++}.csv.gz`)
    },
    target: (): string => join(folder, `dataset-${n++}.db`),
    remove: (): void => rmSync(folder, { recursive: true, force: true }),
  }
}
export type TestFolder = ReturnType<typeof testFolder>

export type Place = { offset: number; length: number; line: number }
export type Imported = ImportResult & {
  target: string
  /** Text of every cell, as it must have stood in the source. */
  cells: string[][]
  stored: (string | number | null)[][]
  places: Place[]
  times: (number | null)[]
  bad: { line: number; offset: number; length: number; reason: string; raw: string }[]
  db: ReadDb
}

/** Imports the careful way and reads everything back; close `db`. */
export async function importTo(folder: TestFolder, path: string, dialect: Dialect = {}): Promise<Imported> {
  const target = folder.target()
  const result = await importFile(
    { path, name: path, dialect, target },
    { cancelled: () => false, progress: () => undefined },
    'careful',
  )
  const db = openReadable(target)
  const stored = readCells(db, result)
  const heads = db
    .prepare<[], Place & { time: number | null }>(
      'SELECT _offset AS offset, _length AS length, _line AS line, _time AS time FROM rows ORDER BY _row',
    )
    .all()
  return {
    ...result,
    target,
    db,
    stored,
    cells: stored.map((row) => row.map((cell) => (cell === null ? '' : String(cell)))),
    places: heads.map(({ offset, length, line }) => ({ offset, length, line })),
    times: heads.map(({ time }) => time),
    bad: db
      .prepare<[], Imported['bad'][number]>('SELECT line, offset, length, reason, raw FROM quarantine ORDER BY id')
      .all(),
  }
}

function readCells(db: ReadDb, { columns, rows }: ImportResult): (string | number | null)[][] {
  const all: (string | number | null)[][] = Array.from({ length: rows }, () => [])
  for (let part = 0; part <= partOf(columns.length - 1); part++) {
    const names = columns.filter((column) => partOf(column.position) === part).map((column) => quoteName(column.name))
    const lines = db
      .prepare<[], (string | number | null)[]>(`SELECT ${names.join(', ')} FROM ${partTable(part)} ORDER BY _row`)
      .raw()
      .all()
    lines.forEach((line, row) => all[row]?.push(...line))
  }
  return all
}
