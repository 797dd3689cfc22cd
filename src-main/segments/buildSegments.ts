import { AppError } from '#contract/appError'
import type { Column } from '#contract/datasets'
import { numberOf } from '../predicate/bounds.ts'
import { createEngine, STRETCH, type Engine } from './engine.ts'
import { fieldPlaces } from './fieldPlaces.ts'
import { leavesBetween, runsOf, type Leaves, type PageFile } from './rowPages.ts'
import { SEGMENT_HEAD, type SegmentKind } from './segmentFile.ts'

/** Columns that get segments, the first ones of a source; of the others SQLite and the pages tell. All lie in the first table. */
const COLUMNS_MAX = 128
/** Bytes for the distinct values of all columns. Columns that do not fit in are told from their pages. */
const VALUE_BYTES = 24 << 20
/** Bytes of a row that lies on several pages; a dataset with a longer one gets no segments. */
const ROW_BYTES = 64 << 20
/** A column is told by codes while so few of its rows have a value of their own. */
const VALUES_SHARE = 1 / 2
/** So many different values are few in any case. */
const VALUES_FEW = 64

const MAKE = { codes: 1, numbers: 2, instants: 4 } as const

/** Takes what is made; `drop` takes the codes of a column back. */
export type SegmentSink = {
  segment(column: number, n: number, kind: SegmentKind, data: Uint8Array): void
  values(column: number, data: Uint8Array): void
  drop(column: number): void
}

export type SegmentSource = {
  pages: PageFile
  /** Of the first row table. */
  leaves: Leaves
  rows: number
  columns: readonly Column[]
  timeColumn: string | null
}

/** A column and its place in the records. */
export type FieldColumn = { position: number; field: number }

/**
 * Makes the segments of columns with few values, of numbers and of instants from the pages of a row table, whoever wrote them: the same rows
 * give the same segments. Answers the columns that have more values than that. Memory: the distinct values, and the columns of one stretch.
 * AppError 'dataset-damaged', and what `goOn` throws.
 */
export function buildSegments(source: SegmentSource, sink: SegmentSink, goOn: () => void): FieldColumn[] {
  return source.rows === 0 ? [] : makeAll(source.pages, source, sink, goOn)
}

type Planned = { position: number; field: number; make: number; codes: boolean }

function plannedColumns({ columns, timeColumn }: SegmentSource): Planned[] {
  const places = fieldPlaces(columns, timeColumn)
  return columns.slice(0, COLUMNS_MAX).flatMap((column, position): Planned[] => {
    const place = places[position]
    if (place === undefined || place.part !== 0) return []
    if (place.instant) return [{ position, field: place.instant.field, make: MAKE.instants, codes: false }]
    const numeric = column.type === 'integer' || column.type === 'number'
    const make = numeric ? MAKE.codes | MAKE.numbers : MAKE.codes
    return [{ position, field: place.field, make, codes: true }]
  })
}

function makeAll(file: PageFile, source: SegmentSource, sink: SegmentSink, goOn: () => void): FieldColumn[] {
  const planned = plannedColumns(source)
  const fields = Math.max(0, ...planned.map(({ field }) => field)) + 1
  const cell = (column: Planned): number => (column.make & ~MAKE.codes ? 8 : 0) + (column.codes ? 2 : 0)
  const columnBytes = planned.reduce((sum, column) => sum + STRETCH * cell(column) + 64, 0)
  const engine = createEngine(2 * VALUE_BYTES + ROW_BYTES + columnBytes + STRETCH * 8 + (1 << 20))
  const { call, hooks, bytes } = engine
  let free = engine.at.rest
  const take = (length: number): number => {
    const at = free
    free = Math.ceil((free + length + 64) / 16) * 16
    return at
  }
  const build = take(call('build_bytes', planned.length, fields))
  const scratch = take(ROW_BYTES)
  const values = take(VALUE_BYTES)
  const out = take(STRETCH * 8 + SEGMENT_HEAD)
  // Only what is used of it takes memory.
  const dictionary = take(VALUE_BYTES)
  call('build_new', build, planned.length, fields, file.size, scratch, ROW_BYTES, values, VALUE_BYTES)
  planned.forEach((column, index) => {
    const codes = column.codes ? take(STRETCH * 2) : 0
    const numbers = column.make & ~MAKE.codes ? take(STRETCH * 8) : 0
    call('build_column', build, index, column.field, column.make, codes, numbers)
  })
  hooks.overflow = (page, to, length) => (file.overflow(page, bytes, to, length) ? 1 : 0)
  const texts = Buffer.from(engine.bytes.buffer)
  hooks.numberOf = (at, length) => numberOf(texts.toString('latin1', at, at + length)) ?? NaN

  const { leaves } = source
  for (let n = 0; n * STRETCH < source.rows; n++) {
    const rows = Math.min(STRETCH, source.rows - n * STRETCH)
    readStretch(engine, file, leaves, build, n, rows, goOn)
    planned.forEach((column, index) => {
      const made = call('build_values', build, index)
      if (column.codes && made > Math.max(VALUES_FEW, (n * STRETCH + rows) * VALUES_SHARE)) {
        call('build_drop', build, index)
        column.codes = false
        if (n > 0) sink.drop(column.position)
      }
      for (const kind of ['codes', 'numbers'] as const) {
        const length = call('build_segment', build, index, kind === 'codes' ? 1 : 0, out)
        const told = kind === 'numbers' && column.make === MAKE.instants ? 'instants' : kind
        if (length > 0) sink.segment(column.position, n, told, bytes.subarray(out, out + length))
      }
    })
  }
  planned.forEach(({ position, codes }, index) => {
    if (!codes) return
    const length = call('build_dictionary_bytes', build, index)
    call('build_dictionary', build, index, dictionary)
    sink.values(position, bytes.subarray(dictionary, dictionary + length))
  })
  return planned.filter(({ codes, make }) => !codes && make !== MAKE.instants)
}

function readStretch(
  engine: Engine,
  file: PageFile,
  leaves: Leaves,
  build: number,
  n: number,
  rows: number,
  goOn: () => void,
): void {
  const first = n * STRETCH + 1
  engine.call('build_stretch', build, first, rows)
  const most = Math.floor(engine.runBytes / file.size)
  for (const run of runsOf(leaves, leavesBetween(leaves, first, first + rows - 1), most)) {
    goOn()
    file.read(run.first, run.count, engine.bytes, engine.at.pages)
    if (!engine.call('build_pages', build, engine.at.pages, run.count)) throw broken()
  }
  if (engine.call('build_seen', build) !== rows) throw broken()
}

const broken = (): AppError => new AppError('dataset-damaged', 'The rows of the dataset file cannot be read back.')
