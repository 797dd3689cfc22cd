import { createReadStream, existsSync } from 'node:fs'
import { AppError } from '#contract/appError'
import type { Reading } from '#contract/datasets'
import type { CaseFileNoun, RowShare, Tlp } from '#contract/values'
import { openSource } from '../importer/readSource.ts'
import type { Lock } from '../sharing/age.ts'
import type { Contents, Manifest, SharedDataset } from '../sharing/contents.ts'
import type { DatasetShape } from '../sharing/datasetShape.ts'
import { jsonLines } from '../sharing/jsonLines.ts'
import { kinds } from '../sharing/kinds/index.ts'
import { CONTENTS, datasetPart, FORMAT, MANIFEST, recordsPart, sourcePart, VERSION } from '../sharing/parts.ts'
import type { SharedTags } from '../sharing/tags.ts'
import { writeCaseFile } from '../sharing/writeCaseFile.ts'
import type { ZipWriter } from '../sharing/writeZip.ts'
import { caseRows, keptShape } from '../sqlite/caseRows.ts'
import { quarantineOf } from '../sqlite/datasetCells.ts'
import type { DatasetHandle } from '../sqlite/datasetFiles.ts'
import { openReadable, type ReadDb } from '../sqlite/db.ts'
import * as records from '../sqlite/queries/sharedRecords.read.ts'
import { rowNumbersOf, runsOf, type RowNumbers } from '../sqlite/rowNumbers.ts'
import { countRows, intersection, rowsOf, type RowSet } from '../sqlite/rowSet.ts'
import type { TaskContext } from './contexts.ts'
import { beginningOf } from './keptBeginning.ts'

/** Progress is told every so many rows. */
const ROWS_PER_STEP = 1_000

export type CaseExport = {
  scope: records.CaseScope
  rows: RowShare
  sources: boolean
  title: string
  tlp: Tlp
  by: string
  program: string
  lock: Lock
  now: number
  target: { path: string; replace: boolean }
}
export type CaseExported = { bytes: number; rows: number; records: number; sources: number }

type Chosen = records.CaseSource & { cited: RowSet | null; wanted: number }

/**
 * Writes hunts with everything people made of them into a case file (CASEFILE.md), whole or not at all. The workspace is read
 * in one transaction. AppError 'cancelled', 'disk-full', 'conflict' (the place is taken, a source is not the one imported),
 * 'unreadable-file' (a source that shall go in).
 */
export async function exportCase(context: TaskContext, request: CaseExport): Promise<CaseExported> {
  const db = openReadable(context.workspace)
  try {
    db.prepare('BEGIN').run()
    const datasets = records.sourcesOf(db, request.scope).map((source): Chosen => {
      const cited = request.rows === 'all' ? null : records.citedRows(db, source.id)
      return { ...source, cited, wanted: cited === null ? source.rows : countRows(cited) }
    })
    return await writeAll(context, db, request, datasets)
  } finally {
    db.close()
  }
}

async function writeAll(
  context: TaskContext,
  db: ReadDb,
  request: CaseExport,
  datasets: readonly Chosen[],
): Promise<CaseExported> {
  const numbers = remembered((id: string) => rowNumbersOf(db, id))
  const tags = datasets.flatMap((dataset) => tagsFor(db, dataset, numbers(dataset.id)))
  const counts: Partial<Record<CaseFileNoun, number>> = { tags: tags.length }
  for (const kind of kinds) counts[kind.noun] = records.countRecords(db, kind, request.scope)
  const what = contentsOf(db, request, datasets, counts)
  const manifest: Manifest = { format: FORMAT, version: VERSION, parts: [], sources: [] }
  const total = datasets.reduce((sum, { wanted }) => sum + wanted, 0)
  let done = 0
  const step = (): void => {
    if (++done % ROWS_PER_STEP !== 0) return
    goOn(context)
    context.progress({ rows: done, total })
  }

  const bytes = await writeCaseFile(request.target, request.lock, async (zip) => {
    const add = adding(zip, manifest, () => goOn(context))
    await add(CONTENTS, [jsonBytes(what)])
    for (const kind of kinds)
      await add(recordsPart(kind.noun), jsonLines(records.recordsOf(db, kind, request.scope, numbers)))
    await add(recordsPart('tags'), jsonLines(tags))
    for (const dataset of datasets) {
      const handle = context.datasets.open(dataset.id)
      try {
        await add(datasetPart(dataset.id, 'reading'), [jsonBytes(shapeOf(handle, dataset))])
        await add(datasetPart(dataset.id, 'rows'), jsonLines(rowsFor(handle, dataset, numbers(dataset.id), step)))
        if (request.rows === 'all') await add(datasetPart(dataset.id, 'quarantine'), jsonLines(rejectsOf(handle)))
      } finally {
        context.datasets.close(dataset.id)
      }
    }
    for (const dataset of datasets) await addSource(context, add, manifest, dataset, request.sources)
    await zip.add(MANIFEST, [jsonBytes(manifest)])
  })
  const kept = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return { bytes, rows: total, records: kept, sources: request.sources ? datasets.length : 0 }
}

function contentsOf(
  db: ReadDb,
  request: CaseExport,
  datasets: readonly Chosen[],
  counts: Partial<Record<CaseFileNoun, number>>,
): Contents {
  const hunts = request.scope.hunts.map((id) => ({
    id,
    name: records.nameOf(db, 'hunts', id),
  }))
  return {
    format: FORMAT,
    version: VERSION,
    program: request.program,
    createdAt: request.now,
    by: request.by,
    replica: records.replicaOf(db),
    title: request.title,
    tlp: request.tlp,
    rows: request.rows,
    hunts,
    datasets: datasets.map(({ id, huntId, name, file, sha256, size, wanted, of, quarantined }): SharedDataset => ({
      ...{ id, huntId, name, file, sha256, size, rows: wanted, of, quarantined, source: request.sources },
    })),
    records: counts,
  }
}

/** Tags of the rows that go into the file, by the numbers of the source. */
function tagsFor(db: ReadDb, { id, cited }: Chosen, { toSource }: RowNumbers): SharedTags[] {
  return [...records.tagsOf(db, id)].flatMap(([tag, tagged]) => {
    const rows = cited === null ? tagged : intersection(tagged, cited)
    return rows.size === 0 ? [] : [{ dataset_id: id, tag, rows: runsOf(mapped(rows, toSource)) }]
  })
}

function* mapped(rows: RowSet, toSource: (row: number) => number): Generator<number> {
  for (const row of rowsOf(rows)) yield toSource(row)
}

type Add = (name: string, pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, packed?: boolean) => Promise<string>

/** Adds parts and keeps what the manifest says of them. */
const adding =
  (zip: ZipWriter, manifest: Manifest, look: () => void): Add =>
  async (name, pieces, packed) => {
    const looked = async function* (): AsyncGenerator<Uint8Array> {
      for await (const piece of pieces) {
        look()
        yield piece
      }
    }
    const { size, sha256 } = await zip.add(name, looked(), packed)
    manifest.parts.push({ name, size, sha256 })
    return sha256
  }

/** What was decided about the columns: kept in the file of an excerpt, else found again as when it was imported. */
function shapeOf(handle: DatasetHandle, { reading }: Chosen): DatasetShape {
  const kept = keptShape(handle)
  if (kept !== null) return JSON.parse(kept)
  const said: Reading = JSON.parse(reading)
  const { encoding, dialect, header, headerLine, warnings, plan } = beginningOf(handle, { before: said, after: said })
  const { delimiter, quote, escape } = dialect
  return { encoding, dialect: { delimiter, quote, escape }, header, headerLine, warnings, plan }
}

function* rowsFor(
  handle: DatasetHandle,
  { cited, rows }: Chosen,
  { toSource }: RowNumbers,
  step: () => void,
): Generator<unknown[]> {
  const runs: [number, number][] = cited === null ? [[1, rows]] : runsOf(rowsOf(cited))
  for (const { row, offset, length, line, cells } of caseRows(handle, runs)) {
    step()
    yield [toSource(row), offset, length, line, ...cells]
  }
}

function* rejectsOf(handle: DatasetHandle): Generator<unknown[]> {
  for (const { id, line, offset, length, reason, raw } of quarantineOf(handle))
    yield [id, line, offset, length, reason, raw]
}

/** The bytes of a source, where they are still those that were imported. */
async function addSource(
  context: TaskContext,
  add: Add,
  manifest: Manifest,
  { id, file, size, sha256, path, member }: Chosen,
  included: boolean,
): Promise<void> {
  manifest.sources.push({ datasetId: id, file, size, sha256, included })
  if (!included) return
  if (!existsSync(path))
    throw new AppError(
      'unreadable-file',
      `The source of ${file} is no longer where it was. Leave sources out, or put it back.`,
      { id },
    )
  context.progress({ note: `Source ${file}` })
  const pieces = member === null ? createReadStream(path, { highWaterMark: 256 * 1024 }) : memberBytes(path, member)
  const packed = !/\.(?:gz|zip)$/i.test(member ?? path)
  if ((await add(sourcePart(id), pieces, packed)) !== sha256)
    throw new AppError(
      'conflict',
      `The source of ${file} is no longer the file that was imported: its SHA-256 differs. Leave sources out.`,
      { id },
    )
}

async function* memberBytes(path: string, member: string): AsyncGenerator<Uint8Array> {
  const source = await openSource(path, { hash: false, member })
  try {
    for (let block = await source.next(); block !== null; block = await source.next()) yield Buffer.from(block)
  } finally {
    await source.close()
  }
}

const jsonBytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value))

function remembered<V>(find: (key: string) => V): (key: string) => V {
  const known = new Map<string, V>()
  return (key) => {
    const value = known.get(key) ?? find(key)
    known.set(key, value)
    return value
  }
}

function goOn(context: TaskContext): void {
  if (context.cancelled()) throw new AppError('cancelled', 'Cancelled. Nothing was written.')
}
