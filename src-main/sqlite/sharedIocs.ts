import { AppError } from '#contract/appError'
import { iocScopes, iocTypes, type IocScope, type IocType } from '#contract/values'
import { byBytes } from './byBytes.ts'
import type { ReadDb } from './db.ts'

/** Shared indicators that are kept in memory, about 150 bytes each. */
const SHARED_MAX = 1_000_000
/** Lines between two looks at whether the question was cancelled. */
const LOOK_EVERY = 4_096

/** A dataset's table `iocs`; `group`: the hunt (or dataset) it counts for. */
export type IocFile = { db: ReadDb; group: number }

/** Indicators that two or more groups have, in columns; the n-th of each belong together, in the order of type and value. */
export type SharedIocs = {
  types: IocType[]
  values: string[]
  scopes: IocScope[]
  /** Occurrences in all files. */
  counts: number[]
  /** Which files have it: a place in `combinations`. */
  combination: number[]
  /** Places of files, ascending. */
  combinations: number[][]
  /** Distinct indicators that were looked at, per file. */
  distinct: number
}

type Line = [value: string, count: number, scope: IocScope]
type Cursor = { file: number; rows: IterableIterator<Line>; line: Line }

/** A file that could not be read to its end; the others can be asked again without it. */
export class FileFault extends Error {
  file: number
  constructor(file: number, cause: unknown) {
    super('A dataset could not be read.', { cause })
    this.file = file
  }
}

/**
 * What files have in common, by going through all of them at once: each is sorted by type and value, so one line of each is
 * in memory. Host names are left to sharedHosts.ts. AppError 'cancelled', 'too-large'; FileFault.
 */
export function sharedIocs(files: readonly IocFile[], goOn: () => void): SharedIocs {
  const shared: SharedIocs = {
    ...{ types: [], values: [], scopes: [], counts: [], combination: [], combinations: [] },
    distinct: 0,
  }
  const known = new Map<string, number>()
  for (const type of [...iocTypes].sort()) {
    if (type === 'hostname') continue
    const cursors: Cursor[] = []
    try {
      for (const [file, { db }] of files.entries()) cursors.push(...begun(db, file, type))
      ofType(type, createHeap([...cursors]))
    } finally {
      // What was begun and not gone through would keep the file open.
      for (const { rows } of cursors) rows.return?.()
    }
  }
  return shared

  function ofType(type: IocType, heap: ReturnType<typeof createHeap>): void {
    while (heap.size() > 0) {
      const value = heap.top().line[0]
      const scope = heap.top().line[2]
      const holders: number[] = []
      let count = 0
      while (heap.size() > 0 && heap.top().line[0] === value) {
        const cursor = heap.top()
        holders.push(cursor.file)
        count += cursor.line[1]
        shared.distinct++
        if (shared.distinct % LOOK_EVERY === 0) goOn()
        if (advance(cursor)) heap.sink()
        else heap.drop()
      }
      if (holders.length < 2 || oneGroup(holders, files)) continue
      if (shared.values.length === SHARED_MAX)
        throw new AppError(
          'too-large',
          `More than ${SHARED_MAX.toLocaleString('en')} indicators are shared. Compare fewer hunts at once.`,
        )
      holders.sort((a, b) => a - b)
      const key = holders.join()
      const place = known.get(key) ?? shared.combinations.push(holders) - 1
      known.set(key, place)
      shared.types.push(type)
      shared.values.push(value)
      shared.scopes.push(iocScopes.includes(scope) ? scope : 'public')
      shared.counts.push(count)
      shared.combination.push(place)
    }
  }
}

function begun(db: ReadDb, file: number, type: IocType): Cursor[] {
  try {
    const rows = db
      .prepare<[string], Line>('SELECT value, count, scope FROM iocs WHERE type = ? ORDER BY value')
      .raw()
      .iterate(type)
    const first = rows.next()
    return first.done ? [] : [{ file, rows, line: first.value }]
  } catch (error) {
    throw new FileFault(file, error)
  }
}

function advance(cursor: Cursor): boolean {
  try {
    const next = cursor.rows.next()
    if (next.done) return false
    cursor.line = next.value
    return true
  } catch (error) {
    throw new FileFault(cursor.file, error)
  }
}

function oneGroup(holders: readonly number[], files: readonly IocFile[]): boolean {
  const group = files[holders[0] ?? 0]?.group
  return holders.every((file) => files[file]?.group === group)
}

/** Cursors with the least value on top. */
function createHeap(cursors: Cursor[]) {
  const heap = cursors.sort((a, b) => byBytes(a.line[0], b.line[0]))
  const at = (n: number): Cursor => {
    const cursor = heap[n]
    if (!cursor) throw new Error('The heap is empty.')
    return cursor
  }
  function sink(): void {
    let n = 0
    const moved = at(0)
    for (;;) {
      let child = 2 * n + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && byBytes(at(child + 1).line[0], at(child).line[0]) < 0) child++
      if (byBytes(moved.line[0], at(child).line[0]) <= 0) break
      heap[n] = at(child)
      n = child
    }
    heap[n] = moved
  }
  return {
    size: () => heap.length,
    top: () => at(0),
    /** The top has changed its value. */
    sink,
    drop(): void {
      const last = heap.pop()
      if (last === undefined || heap.length === 0) return
      heap[0] = last
      sink()
    },
  }
}
