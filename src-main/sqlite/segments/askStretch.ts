import type { Statement } from 'better-sqlite3'
import type { Column } from '#contract/datasets'
import { costOf, SQLITE_COST, type Look, type SegmentPlan, type SqliteTest } from '../../predicate/compileSegments.ts'
import { compileTest, type RowCondition, type SqliteLayout } from '../../predicate/compileSqlite.ts'
import { STRETCH, WORDS } from '../../segments/engine.ts'
import { leavesBetween, runsOf } from '../../segments/rowPages.ts'
import { FORM } from '../../segments/segmentFile.ts'
import type { ReadDb } from '../db.ts'
import { markedBy, type RowMarks } from '../rowMarks.ts'
import { damaged, type DatasetSegments } from './datasetSegments.ts'
import { needlePlaces } from './needlePlaces.ts'
import { anyBit } from './anyBit.ts'

/** A share of the rows between the first and the last; fewer are handed to SQLite one by one. */
const FEW = 1 / 8

/** Rows asked at once of a plan that needs SQLite: so that a first page does not wait for a whole stretch. */
const PIECE = 4_096

export type Asker = {
  /** Rows that are best asked at once: a whole stretch or a part of it. */
  piece: number
  /**
   * Leaves the rows that the plan finds, of `piece` rows from row `from` on (counted from 0), in the set at `engine.at.sets`, by
   * their places in the stretch; answers how many.
   */
  ask(from: number): number
}

export type AskedHandle = { id: string; db: ReadDb; goOn(): void; marks(): RowMarks } & SqliteLayout

/** Makes ready to ask a plan of one stretch after the other. AppError 'cancelled', 'dataset-damaged'. */
export function createAsker(segments: DatasetSegments, plan: SegmentPlan, handle: AskedHandle): Asker {
  const { engine } = segments
  const { call } = engine
  const setAt = (index: number): number => engine.at.sets + index * WORDS * 4
  const codeTables = new Map<SegmentPlan, Uint8Array>()
  const conditions = new Map<SqliteTest, RowCondition>()
  const statements = new Map<string, Statement<[Record<string, string | number>], number>>()
  let n = 0
  let rows = 0
  let first = 0

  /** Rows of `among` that the plan finds go to `out`; sets from `free` on may be used. */
  function find(node: SegmentPlan, among: number, out: number, free: number): void {
    handle.goOn()
    switch (node.op) {
      case 'all':
        call('bits_copy', setAt(out), setAt(among), rows)
        return
      case 'none':
        call('bits_none', setAt(out), rows)
        return
      case 'not':
        find(node.part, among, free, free + 1)
        call('bits_copy', setAt(out), setAt(among), rows)
        call('bits_without', setAt(out), setAt(free), rows)
        return
      case 'and':
        call('bits_copy', setAt(out), setAt(among), rows)
        for (const part of node.parts) {
          if (costOf(part) > 1 && isEmpty(out)) return
          find(part, out, free, free + 1)
          call('bits_copy', setAt(out), setAt(free), rows)
        }
        return
      case 'or': {
        const rest = free
        call('bits_copy', setAt(rest), setAt(among), rows)
        call('bits_none', setAt(out), rows)
        for (const part of node.parts) {
          if (costOf(part) > 1 && isEmpty(rest)) return
          find(part, rest, free + 1, free + 2)
          call('bits_or', setAt(out), setAt(free + 1), rows)
          call('bits_without', setAt(rest), setAt(free + 1), rows)
        }
        return
      }
      case 'pages':
        findInPages(node, among, out)
        return
      case 'marks': {
        call('bits_none', setAt(out), rows)
        const marked = markedBy(handle.marks(), node.mark)
        for (const row of numbersOf(among)) if (marked(row)) addRow(out, row)
        return
      }
      case 'sqlite':
        call('bits_none', setAt(out), rows)
        findBySqlite(node, numbersOf(among), out)
        return
      default:
        findInSegments(node, among, out)
        call('bits_and', setAt(out), setAt(among), rows)
    }
  }

  const isEmpty = (set: number): boolean => call('bits_count', setAt(set), rows) === 0

  function numbersOf(set: number): Uint32Array {
    const count = call('bits_rows', setAt(set), rows, first, engine.at.counts)
    return engine.words.slice(engine.at.counts >> 2, (engine.at.counts >> 2) + count)
  }

  function addRow(set: number, row: number): void {
    const bit = row - first
    const word = (setAt(set) >> 2) + (bit >> 5)
    engine.words[word] = (engine.words[word] ?? 0) | (1 << (bit & 31))
  }

  function findInSegments(
    node: Extract<SegmentPlan, { op: 'codes' | 'numbers' | 'digits' | 'instants' }>,
    among: number,
    out: number,
  ): void {
    const column = typeof node.column === 'string' ? named(node.column) : node.column
    const kind = node.op === 'codes' ? 'codes' : node.op === 'instants' ? 'instants' : 'numbers'
    const [ready] = segments.ready(n, [{ column, kind }])
    if (!ready) throw damaged(handle.id)
    const { at, form, base } = ready
    const width = form === FORM.codes8 || form === FORM.ints8 ? 1 : form === FORM.ints32 ? 4 : 2
    switch (node.op) {
      case 'codes': {
        const table = tableOf(node, node.column)
        const only = table.indexOf(1)
        if (only < 0) call('bits_none', setAt(out), rows)
        else if (table.indexOf(1, only + 1) < 0) {
          // A code that this stretch is too narrow for is not in it.
          if (width === 1 && only > 255) call('bits_none', setAt(out), rows)
          else call('codes_one', at, width, rows, only, setAt(out))
        } else {
          engine.bytes.fill(0, engine.at.table, engine.at.table + STRETCH)
          engine.bytes.set(table, engine.at.table)
          call('codes_some', at, width, rows, engine.at.table, setAt(out))
        }
        return
      }
      case 'instants':
        call('longs_between', at, rows, node.first ?? -9e18, node.last ?? 9e18, setAt(out))
        return
      case 'digits':
        look({ kind: 'holds', text: node.text })
        call('digits_hold', at, width, rows, base, engine.at.scan, setAt(among), setAt(out))
        return
      case 'numbers': {
        const { from, to } = node
        if (form === FORM.reals || form === FORM.mixed) {
          const [low, high] = [from?.value ?? -Infinity, to?.value ?? Infinity]
          call(
            'reals_between',
            at,
            rows,
            low,
            high,
            from?.inclusive === false ? 0 : 1,
            to?.inclusive === false ? 0 : 1,
            setAt(out),
          )
          return
        }
        const most = (width === 1 ? 255 : width === 2 ? 65_535 : 4_294_967_295) - 1
        const low = from ? Math.ceil(from.value) + (from.inclusive || !Number.isInteger(from.value) ? 0 : 1) - base : 0
        const high = to ? Math.floor(to.value) - (to.inclusive || !Number.isInteger(to.value) ? 0 : 1) - base : most
        if (high < 0 || low > most || low > high) call('bits_none', setAt(out), rows)
        else call('ints_between', at, width, rows, Math.max(0, low), Math.min(most, high), setAt(out))
        return
      }
    }
  }

  function named(name: string): Column {
    const column = segments.layout.columns.find((candidate) => candidate.name === name)
    if (!column) throw damaged(handle.id)
    return column
  }

  /** 1 for every code that the test finds. */
  function tableOf(node: Extract<SegmentPlan, { op: 'codes' }>, column: Column): Uint8Array {
    const known = codeTables.get(node)
    if (known) return known
    const values = segments.values(column)
    const table = new Uint8Array(values.count + 1)
    for (let code = 0; code <= values.count; code++) {
      handle.goOn()
      table[code] = node.test(values.value(code)) ? 1 : 0
    }
    codeTables.set(node, table)
    return table
  }

  /** Tells the engine what is looked for; answers the first address behind it. */
  function look(wanted: Look): number {
    const text = 'text' in wanted ? wanted.text : ''
    const pattern = 'pattern' in wanted ? wanted.pattern : ''
    const longest = pattern.split(/[*?]/).reduce((best, piece) => (piece.length > best.length ? piece : best), '')
    const needle = Buffer.from(text || longest)
    const letters = Buffer.from(pattern)
    const [one, other] = needlePlaces(needle)
    const at = engine.at.texts
    engine.bytes.set(needle, at)
    engine.bytes.set(letters, at + needle.length)
    const kind = ['holds', 'is', 'fits', 'filled', 'empty', 'network'].indexOf(wanted.kind)
    call('scan_look', engine.at.scan, kind, at, needle.length, one, other, at + needle.length, letters.length)
    if (wanted.kind === 'network') call('scan_network', engine.at.scan, wanted.low, wanted.high)
    return at + needle.length + letters.length
  }

  function findInPages(node: Extract<SegmentPlan, { op: 'pages' }>, among: number, out: number): void {
    const { scan } = engine.at
    const late: number[] = []
    call('bits_none', setAt(out), rows)
    const free = look(node.look)
    engine.hooks.late = (row) => late.push(row)
    engine.hooks.overflow = (page, to, bytes) => (segments.pages.overflow(page, engine.bytes, to, bytes) ? 1 : 0)
    call('scan_reader', scan, segments.pages.size, engine.at.scratch, engine.rowBytesMax)
    call('scan_rows', scan, first, rows, setAt(among), setAt(out))
    const most = Math.floor(engine.runBytes / segments.pages.size)
    const words = engine.words.subarray(setAt(among) >> 2, (setAt(among) >> 2) + WORDS)
    for (const [part, fields] of fieldsByPart(node.columns)) {
      engine.bytes.set(fields, free)
      call('scan_wanted', scan, free, fields.length)
      const leaves = segments.leaves(part)
      const asked = (leaf: number): boolean =>
        anyBit(
          words,
          (leaves.lasts[leaf - 1] ?? 0) + 1 - first,
          Math.min(leaves.lasts[leaf] ?? 0, first + rows - 1) - first,
        )
      for (const run of runsOf(leaves, leavesBetween(leaves, first, first + rows - 1), most, asked)) {
        handle.goOn()
        segments.pages.read(run.first, run.count, engine.bytes, engine.at.pages)
        if (!call('scan_pages', scan, engine.at.pages, run.count)) throw damaged(handle.id)
      }
    }
    if (late.length > 0) findBySqlite(node.otherwise, Uint32Array.from(late), out)
  }

  function fieldsByPart(columns: readonly Column[]): Map<number, Uint8Array> {
    const parts = new Map<number, Uint8Array>()
    for (const column of columns) {
      const place = segments.places[column.position]
      if (!place) continue
      const before = parts.get(place.part) ?? new Uint8Array(0)
      const fields = before.length > place.field ? before : new Uint8Array(place.field + 1)
      if (fields !== before) fields.set(before)
      fields[place.field] = 1
      parts.set(place.part, fields)
    }
    return parts
  }

  /** Adds those of `numbers` for which SQLite finds that the test holds. */
  function findBySqlite(test: SqliteTest, numbers: Uint32Array, out: number): void {
    if (numbers.length === 0) return
    const condition = conditions.get(test) ?? compileTest(test, handle)
    conditions.set(test, condition)
    const few = numbers.length < ((numbers.at(-1) ?? 0) - (numbers[0] ?? 0) + 1) * FEW
    const which = few ? '_row IN (SELECT value FROM json_each(@rows))' : '_row BETWEEN @first AND @last'
    const sql = `SELECT _row FROM rows WHERE ${which} AND keep_going() AND ${condition.text}`
    const statement = statements.get(sql) ?? handle.db.prepare<[Record<string, string | number>], number>(sql).pluck()
    statements.set(sql, statement)
    const bounds = few ? { rows: JSON.stringify([...numbers]) } : { first: numbers[0] ?? 0, last: numbers.at(-1) ?? 0 }
    const wanted = few ? null : new Set(numbers)
    for (const row of statement.iterate({ ...condition.values, ...bounds }))
      if (wanted?.has(row) !== false) addRow(out, row)
  }

  const piece = costOf(plan) >= SQLITE_COST ? PIECE : STRETCH
  return {
    piece,
    ask(from) {
      n = Math.floor(from / STRETCH)
      first = n * STRETCH + 1
      rows = Math.min(STRETCH, segments.rows - n * STRETCH)
      // Words behind the last row stay empty.
      engine.words.fill(0, setAt(0) >> 2, (setAt(0) >> 2) + WORDS)
      call('bits_all', setAt(1), rows)
      if (piece < STRETCH) {
        const words = setAt(1) >> 2
        const begin = (from % STRETCH) / 32
        engine.words.fill(0, words, words + begin)
        engine.words.fill(0, words + begin + piece / 32, words + WORDS)
      }
      find(plan, 1, 0, 2)
      return call('bits_count', setAt(0), rows)
    },
  }
}
