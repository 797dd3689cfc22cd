import { iocTypes, type IocType } from '#contract/values'
import { IOC_SHARE, type ColumnPlan } from './columnPlan.ts'
import { cellFindings, looksForIocs } from './cellFindings.ts'
import { ownText } from './ownText.ts'

/** A distinct indicator of a dataset. Times in microseconds since 1970 UTC. */
export type IocEntry = {
  type: IocType
  value: string
  count: number
  first: number | null
  last: number | null
  columns: number[]
}

/** More distinct indicators than this are not held in memory: they are handed to `spill`. */
const ENTRIES_MAX = 100_000
/** Per column, so many different cells are remembered with what was found in them. */
const REMEMBERED_MAX = 8_192
/** Cells longer than this are not remembered. */
const REMEMBERED_LENGTH = 400
/** After so many cells a column whose cells hardly ever come again stops remembering. */
const TRIAL = 4_096
/** "::1" is the shortest indicator. */
const SHORTEST = 3

type Found = { entries: IocEntry[]; whole: number }
type ColumnState = {
  position: number
  /** The column is expected to hold one indicator a cell. */
  ioc: IocType | null
  remembered: Map<string, Found> | null
  /** Indicators that are known, by value: a cell of the column that reads the same is one of them. */
  direct: Map<string, IocEntry> | null
  directIndex: number
  looked: number
  missed: number
  /** Cells that are one indicator as a whole, by index into iocTypes. */
  whole: number[]
  /** Types seen, by index into iocTypes. */
  seen: boolean[]
}

export type IocCollector = {
  row(cells: readonly string[], time: number | null): void
  /** Hands the rest to `spill` and tells what the columns turned out to hold. */
  end(): { position: number; iocsInText: IocType[]; ioc(filled: number): IocType | null }[]
}

const indexOf = (type: IocType): number => iocTypes.indexOf(type)
/** Types for which a cell that is the normal form of an indicator is always that indicator, whatever stands around it. */
const CONTEXT_FREE: ReadonlySet<IocType> = new Set<IocType>(['ipv4', 'ipv6', 'md5', 'sha1', 'sha256', 'ja4'])
const nothing: Found = { entries: [], whole: -1 }

/**
 * Finds indicators in all columns that can hold some: whole cells and inside text. `spill` gets entries to be added to those
 * given before; the array is sorted by type and value and is not used again.
 */
export function createIocCollector(plan: ColumnPlan, spill: (entries: IocEntry[]) => void): IocCollector {
  const entries = new Map<IocType, Map<string, IocEntry>>(iocTypes.map((type) => [type, new Map<string, IocEntry>()]))
  let held = 0
  const columns: ColumnState[] = plan.columns.filter(looksForIocs).map((column) => ({
    position: column.position,
    ioc: column.ioc,
    direct: column.ioc !== null && CONTEXT_FREE.has(column.ioc) ? (entries.get(column.ioc) ?? null) : null,
    directIndex: column.ioc === null ? -1 : indexOf(column.ioc),
    remembered: column.ioc !== null && CONTEXT_FREE.has(column.ioc) ? null : new Map<string, Found>(),
    looked: 0,
    missed: 0,
    whole: iocTypes.map(() => 0),
    seen: iocTypes.map(() => false),
  }))

  function entryOf(type: IocType, value: string): IocEntry {
    const ofType = entries.get(type)
    const known = ofType?.get(value)
    if (known) return known
    const own = ownText(value)
    const entry: IocEntry = { type, value: own, count: 0, first: null, last: null, columns: [] }
    ofType?.set(own, entry)
    held++
    return entry
  }

  function look(text: string, state: ColumnState): Found {
    const { found, whole } = cellFindings(text, state.ioc)
    if (found.length === 0) return nothing
    return {
      entries: found.map(({ type, value }) => entryOf(type, value)),
      whole: whole === null ? -1 : indexOf(whole),
    }
  }

  function count(found: Found, state: ColumnState, time: number | null): void {
    if (found.whole >= 0) state.whole[found.whole] = (state.whole[found.whole] ?? 0) + 1
    for (const entry of found.entries) countEntry(entry, state, time)
  }

  function countEntry(entry: IocEntry, state: ColumnState, time: number | null): void {
    entry.count++
    if (time !== null) {
      if (entry.first === null || time < entry.first) entry.first = time
      if (entry.last === null || time > entry.last) entry.last = time
    }
    if (!entry.columns.includes(state.position)) {
      entry.columns.push(state.position)
      state.seen[indexOf(entry.type)] = true
    }
  }

  function spillAll(): void {
    // In the order of the table's key, so that its pages are filled one after another.
    const sorted: IocEntry[] = []
    for (const type of [...iocTypes].sort()) {
      const ofType = entries.get(type)
      for (const value of [...(ofType?.keys() ?? [])].sort()) {
        const entry = ofType?.get(value)
        if (entry) sorted.push(entry)
      }
      ofType?.clear()
    }
    for (const state of columns) state.remembered?.clear()
    held = 0
    if (sorted.length > 0) spill(sorted)
  }

  return {
    row(cells, time) {
      for (const state of columns) {
        const text = cells[state.position]
        if (text === undefined || text.length < SHORTEST) continue
        if (state.direct !== null) {
          const entry = state.direct.get(text)
          if (entry !== undefined) {
            state.whole[state.directIndex] = (state.whole[state.directIndex] ?? 0) + 1
            countEntry(entry, state, time)
            continue
          }
        }
        let found: Found | undefined
        if (state.remembered !== null && text.length <= REMEMBERED_LENGTH) {
          found = state.remembered.get(text)
          state.looked++
          if (found === undefined) {
            found = look(text, state)
            state.missed++
            if (state.remembered.size >= REMEMBERED_MAX) state.remembered.clear()
            state.remembered.set(ownText(text), found)
            if (state.looked > TRIAL && state.missed * 2 > state.looked) state.remembered = null
          }
        } else found = look(text, state)
        if (found !== nothing) count(found, state, time)
      }
      if (held >= ENTRIES_MAX) spillAll()
    },
    end() {
      spillAll()
      return columns.map(({ position, whole, seen }) => ({
        position,
        iocsInText: iocTypes.filter((_, index) => seen[index]),
        ioc: (filled) => iocTypes.find((_, index) => filled > 0 && (whole[index] ?? 0) >= filled * IOC_SHARE) ?? null,
      }))
    },
  }
}
