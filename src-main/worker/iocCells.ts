import type { Column } from '#contract/datasets'
import type { IocType } from '#contract/values'
import { cellFindings } from '../importer/cellFindings.ts'
import { hostnameOfCell } from '../importer/iocColumns.ts'
import type { Predicate } from '../predicate/predicate.ts'
import type { DatasetHandle } from '../sqlite/datasetFiles.ts'
import { get } from '../sqlite/queries/iocs.read.ts'
import { foundCells, type FoundCell } from '../sqlite/foundCells.ts'

export type WantedIoc = { type: IocType; value: string }
/** A dataset's summary of one indicator. */
export type IocSummary = WantedIoc & { columns: Column[] }

/** Parts of an indicator that a cell must hold, however it is written; more would not make the look quicker. */
const PARTS_MAX = 3
/** Cells that are remembered with what they hold, and how long they may be: columns repeat themselves. */
const REMEMBERED_MAX = 20_000
const REMEMBERED_LENGTH = 400
/** Indicators looked for by the engine; beyond, every cell of their columns is read. */
const BY_ENGINE_MAX = 40

/** What a dataset's summary says about an indicator: the columns it stands in; null where it does not hold it. */
export function summaryOf(handle: DatasetHandle, { type, value }: WantedIoc): IocSummary | null {
  const found = get(handle, type, value)
  if (!found) return null
  const named = new Set(found.columns)
  return { type, value, columns: handle.columns.filter(({ name }) => named.has(name)) }
}

/** Every cell that holds one of these indicators, with which; a cell that holds two comes twice. AppError 'cancelled'. */
export function* cellsWith(
  handle: DatasetHandle,
  wanted: readonly IocSummary[],
): Generator<FoundCell & { ioc: IocSummary }> {
  const byKey = new Map(wanted.map((one) => [`${one.type} ${one.value}`, one]))
  const hosts = new Set(wanted.filter(({ type }) => type === 'hostname').map(({ value }) => value))
  const columns = [...new Set(wanted.flatMap((one) => one.columns))].sort((a, b) => a.position - b.position)
  const remembered = new Map<string, readonly IocSummary[]>()
  const look = (text: string, column: Column): readonly IocSummary[] => {
    const found = new Set<IocSummary>()
    const host = hosts.size > 0 ? hostnameOfCell(text) : null
    const named = host !== null && hosts.has(host) ? byKey.get(`hostname ${host}`) : undefined
    if (named?.columns.includes(column)) found.add(named)
    for (const { type, value } of cellFindings(text, null).found) {
      const one = byKey.get(`${type} ${value}`)
      if (one) found.add(one)
    }
    return [...found]
  }
  for (const cell of foundCells(handle, mayHold(wanted), columns)) {
    const { text, column } = cell
    const key = text.length > REMEMBERED_LENGTH ? null : `${column.position} ${text}`
    let found = key === null ? undefined : remembered.get(key)
    if (found === undefined) {
      handle.goOn()
      found = look(text, column)
      if (remembered.size >= REMEMBERED_MAX) remembered.clear()
      if (key !== null) remembered.set(key, found)
    }
    for (const ioc of found) yield { ...cell, ioc }
  }
}

/** What every row with one of the indicators meets, however they are written there. */
function mayHold(wanted: readonly IocSummary[]): Predicate {
  if (wanted.length > BY_ENGINE_MAX) return { op: 'all' }
  const parts = wanted.map(({ value, type, columns }): Predicate => {
    const texts = surePartsOf(type, value)
    const inColumn = (name: string): Predicate => ({
      op: 'and',
      parts: texts.map((text) => ({ op: 'match', field: { name, at: 0 }, test: { kind: 'contains', text } })),
    })
    return texts.length === 0 ? { op: 'all' } : { op: 'or', parts: columns.map(({ name }) => inColumn(name)) }
  })
  return { op: 'or', parts }
}

/**
 * Texts that stand in every writing of an indicator: de-fanging changes what is between the labels of a name, and the
 * scheme of a URL; addresses of IPv6 have many forms.
 */
function surePartsOf(type: IocType, value: string): string[] {
  if (type === 'ipv6') return []
  const body = type === 'url' ? value.slice(value.indexOf('://') + 3) : value
  return body
    .split(/[^\p{L}\p{N}_-]+/u)
    .filter((part) => part !== '')
    .sort((a, b) => b.length - a.length)
    .slice(0, PARTS_MAX)
}
