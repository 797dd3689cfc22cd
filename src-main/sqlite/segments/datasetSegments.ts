import { AppError } from '#contract/appError'
import type { Column } from '#contract/datasets'
import { partTable } from '../../importer/datasetFile.ts'
import type { SegmentLayout } from '../../predicate/compileSegments.ts'
import { STRETCH, type Engine } from '../../segments/engine.ts'
import { fieldPlaces, type FieldPlace } from '../../segments/fieldPlaces.ts'
import { manyCodes, type ManyCodes } from '../../segments/manyCodes.ts'
import { openPages, type Leaves, type PageFile } from '../../segments/rowPages.ts'
import {
  columnValues,
  FORM,
  SEGMENT_HEAD,
  segmentsPath,
  type ColumnValues,
  type PieceKind,
  type SegmentKind,
} from '../../segments/segmentFile.ts'
import { openSegmentFile, UnsoundSegments } from '../../segments/segmentFileReader.ts'
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
  /** Whether there is a file of segments that belongs to the dataset file. */
  prepared: boolean
  /**
   * Codes of any column, from the file of segments, else made of its pages (or by `make`) when they are first asked for; kept for a while. Null
   * where it has too many values.
   * AppError 'cancelled' through `goOn`, 'dataset-damaged'.
   */
  many(column: Column, goOn: () => void, make?: () => ManyCodes): ManyCodes | null
  /** Whether these are at hand. */
  knowsMany(column: Column): boolean
  /** Per value of a column with many of them in how many rows it stands, and the row where it stands first; null where no file has them. */
  manyCounts(column: Column): { counts: Uint32Array; firsts: Uint32Array } | null
  /** Whether the file tells about where the values of a column lie among all (`ranks` of `many`). */
  hasRanks(column: Column): boolean
  close(): void
}

type Source = {
  id: string
  path: string
  columns: readonly Column[]
  timeColumn: string | null
  rows: number
  stamp(): Buffer
}

/**
 * Opens the pages of a dataset file and what there is of segments; null where it is left to SQLite. AppError 'dataset-damaged'; what asks
 * segments later on throws UnsoundSegments where they are not what was written.
 */
export function openSegments(db: ReadDb, source: Source, cache: () => SegmentCache): DatasetSegments | null {
  const pages = openPages(source.path)
  if (pages === null) return null
  const stretches = Math.ceil(source.rows / STRETCH)
  // Another file under the same id is another opening.
  const opening = `${source.id} ${++openings}`
  const file = openSegmentFile(segmentsPath(source.path), source.stamp(), source.id)
  const complete = (column: Column, kind: SegmentKind | 'many'): boolean =>
    stretches > 0 && file?.stretches(column.position, kind) === stretches
  const byName = new Map(source.columns.map((column) => [column.name, column]))
  const trees = new Map<number, Leaves>()
  const kept = new Map<number, ColumnValues>()
  const numbers = new Map<number, 'whole' | 'real' | 'mixed' | null>()
  const { engine, ready, many, knows } = cache()

  const manyKey = ({ position }: Column): string => `${opening} ${position}`

  const unsound = (): UnsoundSegments => new UnsoundSegments(source.id)
  const rowsOf = (n: number): number => Math.min(STRETCH, source.rows - n * STRETCH)
  const piece = (column: Column, n: number, kind: PieceKind): Buffer => {
    if (!file) throw unsound()
    return file.read(column.position, n, kind)
  }

  function readyOf(n: number, wanted: readonly { column: Column; kind: SegmentKind }[]): Ready[] {
    const keys = wanted.map(({ column, kind }) => `${opening} ${column.position} ${kind} ${n}`)
    return ready(keys, (key) => {
      const owner = wanted[keys.indexOf(key)]
      if (!owner) throw unsound()
      const bytes = piece(owner.column, n, owner.kind)
      // What the file says must not lead out of the memory that holds it.
      const form = bytes[0] ?? 0
      if (bytes.length !== SEGMENT_HEAD + rowsOf(n) * widthOf(form)) throw unsound()
      if (owner.kind === 'codes' && greatest(bytes, form) > valuesOf(owner.column).count) throw unsound()
      return bytes
    }).map((at) => ({
      at: at + SEGMENT_HEAD,
      form: engine.bytes[at] ?? 0,
      base: Number(new DataView(engine.bytes.buffer, at + 8, 8).getBigInt64(0, true)),
    }))
  }

  const hasRanks = ({ position }: Column): boolean => file?.stretches(position, 'ranks') === 1

  function keptCodes(column: Column): ManyCodes | null {
    if (!complete(column, 'many')) return null
    const firsts = numbersIn(piece(column, 0, 'firsts'))
    const codes = new Uint32Array(source.rows)
    for (let n = 0; n < stretches; n++) {
      const bytes = piece(column, n, 'many')
      const wide = bytes[0] === FORM.codes32
      if (bytes.length !== SEGMENT_HEAD + rowsOf(n) * (wide ? 4 : 2)) throw unsound()
      const cells = bytes.subarray(SEGMENT_HEAD)
      const own = wide ? numbersIn(cells) : shortsIn(cells)
      if (greatestOf(own) > firsts.length) throw unsound()
      codes.set(own, n * STRETCH)
    }
    const known = { count: firsts.length, codes, firsts }
    if (!hasRanks(column)) return known
    const ranks = shortsIn(piece(column, 0, 'ranks'))
    if (ranks.length !== firsts.length) throw unsound()
    return { ...known, ranks }
  }

  function valuesOf(column: Column): ColumnValues {
    const before = kept.get(column.position)
    if (before) return before
    const values = columnValues(piece(column, 0, 'values'))
    if (kept.size >= VALUES_KEPT) kept.clear()
    kept.set(column.position, values)
    return values
  }

  const segments: DatasetSegments = {
    engine,
    prepared: file !== null,
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
        const known = keptCodes(column)
        if (known || make) return known ?? make?.() ?? null
        const place = segments.places[column.position]
        if (!place) throw damaged(source.id)
        const made = manyCodes(pages, segments.leaves(place.part), { field: place.field, rows: source.rows }, goOn)
        if (made === 'damaged') throw damaged(source.id)
        return made
      })
    },
    knowsMany: (column) => knows(manyKey(column)) || complete(column, 'many'),
    hasRanks,
    manyCounts(column) {
      if (!complete(column, 'many')) return null
      const [counts, firsts] = [numbersIn(piece(column, 0, 'counts')), numbersIn(piece(column, 0, 'firsts'))]
      if (counts.length !== firsts.length) throw unsound()
      return { counts, firsts }
    },
    close() {
      pages.close()
      file?.close()
    },
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

/** Bytes of a value by its form. */
const WIDTHS = [NaN, 1, 2, 1, 2, 4, 8, 8, 8, 4]
const widthOf = (form: number): number => WIDTHS[form] ?? NaN

function greatest(bytes: Uint8Array, form: number): number {
  let most = 0
  if (form === FORM.codes8) for (let at = SEGMENT_HEAD; at < bytes.length; at++) most = Math.max(most, bytes[at] ?? 0)
  else
    for (let at = SEGMENT_HEAD; at < bytes.length; at += 2)
      most = Math.max(most, (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8))
  return most
}

function greatestOf(codes: Uint32Array | Uint16Array): number {
  let most = 0
  for (let n = 0; n < codes.length; n++) if ((codes[n] ?? 0) > most) most = codes[n] ?? 0
  return most
}

const shortsIn = ({ buffer, byteOffset, length }: Buffer): Uint16Array =>
  new Uint16Array(buffer, byteOffset, Math.floor(length / 2))
const numbersIn = ({ buffer, byteOffset, length }: Buffer): Uint32Array =>
  new Uint32Array(buffer, byteOffset, Math.floor(length / 4))

export function rootOf(db: ReadDb, table: string, id: string): number {
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
