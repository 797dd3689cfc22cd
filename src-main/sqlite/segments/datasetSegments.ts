import { AppError } from '#contract/appError'
import type { Column } from '#contract/datasets'
import { partTable } from '../../importer/datasetFile.ts'
import type { SegmentLayout } from '../../predicate/compileSegments.ts'
import { STRETCH, type Engine } from '../../segments/engine.ts'
import { fieldPlaces, type FieldPlace } from '../../segments/fieldPlaces.ts'
import { manyCodes, type ManyCodes } from '../../segments/manyCodes.ts'
import { openPages, type Leaves, type PageFile } from '../../segments/rowPages.ts'
import { columnValues, FORM, SEGMENT_HEAD, type ColumnValues, type SegmentKind } from '../../segments/segmentFile.ts'
import type { ReadDb } from '../db.ts'
import type { SegmentCache } from './segmentCache.ts'

/** A segment that is ready: its values lie at `at`. */
export type Ready = { at: number; form: number; base: number }

/** What compiled code can be asked about an open dataset file. */
export type DatasetSegments = {
  engine: Engine
  pages: PageFile
  places: readonly FieldPlace[]
  layout: SegmentLayout
  rows: number
  /** How many stretches the rows make. */
  stretches: number
  leaves(part: number): Leaves
  /** The distinct values of a column that has codes. */
  values(column: Column): ColumnValues
  /** Segments of stretch `n`, all ready at once; only of columns that the layout says have them. */
  ready(n: number, wanted: readonly { column: Column; kind: SegmentKind }[]): Ready[]
  /**
   * Codes of any column, made of its pages (or by `make`) when they are first asked for and kept for a while; null where it has
   * too many values.
   * AppError 'cancelled' through `goOn`, 'dataset-damaged'.
   */
  many(column: Column, goOn: () => void, make?: () => ManyCodes): ManyCodes | null
  /** Whether these are there already. */
  knowsMany(column: Column): boolean
  close(): void
}

type Source = { id: string; path: string; columns: readonly Column[]; timeColumn: string | null; rows: number }

/** Opens the pages of a dataset file and what it has of segments; null where it is left to SQLite. AppError 'dataset-damaged'. */
export function openSegments(db: ReadDb, source: Source, cache: () => SegmentCache): DatasetSegments | null {
  const pages = openPages(source.path)
  if (pages === null) return null
  const stretches = Math.ceil(source.rows / STRETCH)
  const known = headsOf(db)
  // Another file under the same id is another opening.
  const opening = `${source.id} ${++openings}`
  const read = known.size > 0 ? db.prepare<[number], Buffer>('SELECT data FROM segments WHERE rowid = ?').pluck() : null
  const complete = (column: Column, kind: SegmentKind): boolean =>
    stretches > 0 && known.get(keyOf(column.position, kind))?.size === stretches
  const byName = new Map(source.columns.map((column) => [column.name, column]))
  const trees = new Map<number, Leaves>()
  const kept = new Map<number, ColumnValues>()
  const numbers = new Map<number, 'whole' | 'real' | 'mixed' | null>()
  const { engine, ready, many, knows } = cache()

  const manyKey = ({ position }: Column): string => `${opening} ${position}`

  const bytesOf = (key: string): Uint8Array => {
    const bytes = read?.get(Number(key.slice(key.lastIndexOf(' ') + 1)))
    if (!bytes || bytes.length < SEGMENT_HEAD) throw damaged(source.id)
    return bytes
  }

  function readyOf(n: number, wanted: readonly { column: Column; kind: SegmentKind }[]): Ready[] {
    const rows = Math.min(STRETCH, source.rows - n * STRETCH)
    const keys = wanted.map(({ column, kind }) => {
      const line = known.get(keyOf(column.position, kind))?.get(n)
      if (line === undefined) throw damaged(source.id)
      return `${opening} ${line}`
    })
    return ready(keys, (key) => {
      const bytes = bytesOf(key)
      // What the file says must not lead out of the memory that holds it.
      const form = bytes[0] ?? 0
      if (bytes.length !== SEGMENT_HEAD + rows * widthOf(form)) throw damaged(source.id)
      const owner = wanted.find((_, index) => keys[index] === key)
      if (owner?.kind === 'codes' && greatest(bytes, form) > valuesOf(owner.column).count) throw damaged(source.id)
      return bytes
    }).map((at) => ({
      at: at + SEGMENT_HEAD,
      form: engine.bytes[at] ?? 0,
      base: Number(new DataView(engine.bytes.buffer, at + 8, 8).getBigInt64(0, true)),
    }))
  }

  function valuesOf(column: Column): ColumnValues {
    const before = kept.get(column.position)
    if (before) return before
    const bytes = db
      .prepare<[number], Buffer>('SELECT data FROM segment_values WHERE "column" = ?')
      .pluck()
      .get(column.position)
    if (!bytes) throw damaged(source.id)
    const values = columnValues(bytes)
    if (kept.size >= VALUES_KEPT) kept.clear()
    kept.set(column.position, values)
    return values
  }

  const segments: DatasetSegments = {
    engine,
    pages,
    places: fieldPlaces(source.columns, source.timeColumn),
    rows: source.rows,
    stretches,
    layout: {
      columns: source.columns,
      timeColumn: source.timeColumn,
      hasCodes: (column) => complete(column, 'codes'),
      hasInstants(name) {
        const column = byName.get(name)
        return column !== undefined && complete(column, 'instants')
      },
      numbers(column) {
        const before = numbers.get(column.position)
        if (before !== undefined) return before
        const found = complete(column, 'numbers') ? numbersOf(column) : null
        numbers.set(column.position, found)
        return found
      },
    },
    leaves(part) {
      const tree = trees.get(part) ?? pages.leaves(rootOf(db, partTable(part), source.id))
      trees.set(part, tree)
      return tree
    },
    values: valuesOf,
    ready: readyOf,
    many(column, goOn, make) {
      return many(manyKey(column), () => {
        if (make) return make()
        const place = segments.places[column.position]
        if (!place) throw damaged(source.id)
        const made = manyCodes(pages, segments.leaves(place.part), { field: place.field, rows: source.rows }, goOn)
        if (made === 'damaged') throw damaged(source.id)
        return made
      })
    },
    knowsMany: (column) => knows(manyKey(column)),
    close: () => pages.close(),
  }

  function numbersOf(column: Column): 'whole' | 'real' | 'mixed' {
    const forms = Array.from({ length: stretches }, (_, n) => readyOf(n, [{ column, kind: 'numbers' }])[0]?.form)
    if (forms.includes(FORM.mixed)) return 'mixed'
    return forms.includes(FORM.reals) ? 'real' : 'whole'
  }
  return segments
}

let openings = 0
/** Dictionaries kept per dataset. */
const VALUES_KEPT = 32

const keyOf = (position: number, kind: string): string => `${kind} ${position}`

/** Bytes of a value by its form. */
const WIDTHS = [NaN, 1, 2, 1, 2, 4, 8, 8, 8]
const widthOf = (form: number): number => WIDTHS[form] ?? NaN

function greatest(bytes: Uint8Array, form: number): number {
  let most = 0
  if (form === FORM.codes8) for (let at = SEGMENT_HEAD; at < bytes.length; at++) most = Math.max(most, bytes[at] ?? 0)
  else
    for (let at = SEGMENT_HEAD; at < bytes.length; at += 2)
      most = Math.max(most, (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8))
  return most
}

/** The lines of the table `segments`, by column, kind and stretch; none in files of before. */
function headsOf(db: ReadDb): Map<string, Map<number, number>> {
  const known = new Map<string, Map<number, number>>()
  const table = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'segments'").get()
  if (!table) return known
  for (const { line, position, n, kind } of db
    .prepare<[], { line: number; position: number; n: number; kind: string }>(
      'SELECT rowid AS line, "column" AS position, n, kind FROM segments',
    )
    .iterate()) {
    const key = keyOf(position, kind)
    const lines = known.get(key) ?? new Map<number, number>()
    lines.set(n, line)
    known.set(key, lines)
  }
  return known
}

function rootOf(db: ReadDb, table: string, id: string): number {
  const root = db.prepare<[string], number>('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(table)
  if (!root) throw damaged(id)
  return root
}

export const damaged = (id: string): AppError =>
  new AppError(
    'dataset-damaged',
    'The file of this dataset cannot be read. Other datasets are not affected; import the source again.',
    { id },
  )
