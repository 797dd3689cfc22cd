import { AppError } from '#contract/appError'
import type { Column } from '#contract/datasets'
import type { CanonicalField } from '#contract/values'
import { fieldOrder } from '../importer/fields.ts'
import { profileById } from '../importer/profiles.ts'
import { buildTree } from '../lineage/buildTree.ts'
import { hostNames } from '../lineage/hostNames.ts'
import type { HostTree } from '../lineage/process.ts'
import { datasetColumns, type DatasetColumns } from '../lineage/processColumns.ts'
import { processReadings, type ProcessReading, type SaidColumns } from '../lineage/processLayout.ts'
import { parseGuid, parsePid, type ParentHint, type ProcessRecord } from '../lineage/processRecord.ts'
import type { DatasetHandle } from '../sqlite/datasetFiles.ts'
import { cells, datasetsOf, fileVersion, wordsOf, type AnsweredCells } from '../sqlite/queries/processes.read.ts'
import type { ReadContext } from './contexts.ts'

/** Rows about processes that one forest is made of; what is beyond is counted and said. */
const RECORDS_MAX = 300_000
/** Command lines are kept so long in the tree; the row has all of it. */
const COMMAND_MAX = 2_000

export type ForestDataset = {
  id: string
  name: string
  /** Rows about the start or end of processes. */
  rows: number
  lacks: CanonicalField[]
  /** Why it shows no processes; null: it shows some. */
  reason: string | null
  columns: DatasetColumns | null
  readings: ProcessReading[]
}

export type Forest = {
  datasets: ForestDataset[]
  hosts: HostTree[]
  byKey: Map<string, HostTree>
  /** The key of the host that rows call so; rows without a host belong to their dataset. */
  keyOf(host: string, dataset: number): string
  /** Rows that were not looked at since there are too many. */
  left: number
}

type Kept = { version: string; forest: Forest }
/** One forest per reader: that of the hunt that was looked at last. */
const kept = new WeakMap<ReadContext['datasets'], Kept>()
/** A forest that nobody looked at for so long, in milliseconds, is let go: 100,000 processes are about 150 MB. */
const IDLE_MS = 600_000
let idle: NodeJS.Timeout | undefined

/** The processes of all hosts of a hunt. Built once for the files as they are. AppError 'cancelled'. */
export function forestOf(context: ReadContext, huntId: string): Forest {
  const datasets = datasetsOf(context.db, huntId)
  const version = [huntId, ...datasets.map(({ id, name }) => `${name} ${versionOf(context, id)}`)].join('\n')
  clearTimeout(idle)
  idle = setTimeout(() => kept.delete(context.datasets), IDLE_MS).unref()
  const known = kept.get(context.datasets)
  if (known?.version === version) return known.forest
  // The old one may go before the new one is made: both together would need twice the memory.
  kept.delete(context.datasets)
  const forest = build(context, datasets)
  kept.set(context.datasets, { version, forest })
  return forest
}

/** Another text once another file stands there, or none that can be read. */
export function versionOf(context: ReadContext, id: string): string {
  try {
    const handle = context.datasets.open(id)
    return fileVersion(handle, handle.path)
  } catch (error) {
    return error instanceof AppError ? error.code : 'unreadable'
  }
}

function build(context: ReadContext, named: readonly { id: string; name: string }[]): Forest {
  const records: ProcessRecord[] = []
  let left = 0
  const datasets = named.map(({ id, name }, n): ForestDataset => {
    const dataset: ForestDataset = { id, name, rows: 0, lacks: [], reason: null, columns: null, readings: [] }
    try {
      const handle = context.datasets.open(id)
      dataset.columns = columnsOf(handle)
      const layout = processReadings(dataset.columns, (columns) => wordsOf(handle, columns))
      if ('lacks' in layout) return { ...dataset, ...layout }
      dataset.readings = layout.readings
      for (const reading of layout.readings) {
        for (const record of recordsOf(handle, reading, n)) {
          if (records.length >= RECORDS_MAX) left += 1
          else records.push(record)
          if (record.kind !== 'seen') dataset.rows += 1
        }
      }
      if (dataset.rows === 0) dataset.reason = 'No row tells of the start or end of a process.'
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'cancelled') throw error
      dataset.reason = error.message
    }
    return dataset
  })

  const hosts = hostNames(new Set(records.map(({ host }) => host)))
  const keyOf = (host: string, dataset: number): string =>
    host === '' ? `no host in ${datasets[dataset]?.name ?? ''}` : (hosts.get(host) ?? host)
  const byHost = new Map<string, ProcessRecord[]>()
  for (const record of records) {
    const key = keyOf(record.host, record.dataset)
    const list = byHost.get(key)
    if (list) list.push(record)
    else byHost.set(key, [record])
  }
  const trees = [...byHost].map(([key, own]) => {
    const tree = buildTree(key, own[0]?.host === '' ? '' : key, own)
    own.length = 0
    return tree
  })
  trees.sort((a, b) => b.processes.length - a.processes.length || (a.key < b.key ? -1 : 1))
  return { datasets, hosts: trees, byKey: new Map(trees.map((tree) => [tree.key, tree])), keyOf, left }
}

/** The columns of a dataset by name and by field. */
export function columnsOf(handle: DatasetHandle): DatasetColumns {
  const profile = handle.meta.profile === null ? null : profileById(handle.meta.profile)
  return datasetColumns(
    handle.columns,
    fieldOrder(
      handle.columns.map(({ header }) => header),
      profile,
    ),
  )
}

function* recordsOf(handle: DatasetHandle, reading: ProcessReading, dataset: number): Generator<ProcessRecord> {
  const { said, kind, source, rowTimeIsStart } = reading
  const texts = cellTexts(handle, said)
  const once = kind === 'seen'
  for (const answered of cells(handle, { ...texts.question, only: reading.only, once, any: null })) {
    const text = texts.of(answered)
    const [pid, guid] = [parsePid(text('pid')), parseGuid(text('guid'))]
    const name = text('name')
    if (pid === null && guid === '') continue
    // Other events have these numbers too: what has neither image nor command is no process.
    if (kind !== 'end' && name === '' && text('command') === '') continue
    // What was only seen needs more than a PID to be the same process in every row.
    const time = texts.timeOf(answered)
    const start = texts.instantOf(answered, 'start') ?? (rowTimeIsStart && kind === 'start' ? time : null)
    yield {
      ...{ kind, source, dataset, row: Number(answered[0]), host: text('host'), time, start, pid, guid, name },
      ...{
        command: text('command').slice(0, COMMAND_MAX),
        user: text('user'),
        parent: parentOf(text, texts, answered),
      },
    }
  }
}

function parentOf(
  text: (what: keyof SaidColumns) => string,
  texts: CellTexts,
  answered: AnsweredCells,
): ParentHint | null {
  const hint: ParentHint = {
    pid: parsePid(text('parentPid')),
    guid: parseGuid(text('parentGuid')),
    name: text('parentName'),
    command: text('parentCommand').slice(0, COMMAND_MAX),
    start: texts.instantOf(answered, 'parentStart'),
    parent: null,
  }
  if (hint.pid === null && hint.guid === '' && hint.name === '') return null
  const grand = parsePid(text('grandPid'))
  if (grand !== null)
    hint.parent = {
      pid: grand,
      guid: '',
      name: text('grandName'),
      command: '',
      start: texts.instantOf(answered, 'grandStart'),
      parent: null,
    }
  return hint
}

type CellTexts = {
  question: { columns: Column[]; instants: Column[] }
  of(answered: AnsweredCells): (what: keyof SaidColumns) => string
  timeOf(answered: AnsweredCells): number | null
  instantOf(answered: AnsweredCells, what: 'start' | 'parentStart' | 'grandStart'): number | null
}

/** Windows and Zeek exports write this where there is nothing. */
const NOTHING = '-'

/** Turns groups of columns into a question and reads its answers: of each group the first cell that is not empty. */
export function groupTexts<G extends string>(
  handle: DatasetHandle,
  groups: Partial<Record<G, readonly Column[]>>,
): { columns: Column[]; of(answered: AnsweredCells): (what: G) => string } {
  const columns: Column[] = []
  const places = new Map<string, number[]>()
  const unset = new Set([NOTHING, ...handle.unsetMarks])
  for (const [what, group] of Object.entries<readonly Column[] | undefined>(groups)) {
    places.set(
      what,
      (group ?? []).map((column) => {
        const at = columns.indexOf(column)
        return (at >= 0 ? at : columns.push(column) - 1) + 2
      }),
    )
  }
  return {
    columns,
    of: (answered) => (what) => {
      for (const at of places.get(what) ?? []) {
        const cell = answered[at]
        if (cell === null || cell === undefined || cell === '') continue
        const text = String(cell)
        if (!unset.has(text)) return text
      }
      return ''
    },
  }
}

function cellTexts(handle: DatasetHandle, said: SaidColumns): CellTexts {
  const { start, parentStart, grandStart, ...texts } = said
  const { columns, of } = groupTexts(handle, texts)
  const times = { start, parentStart, grandStart }
  const instants = [...new Set(Object.values(times).flat())].filter(({ type }) => type === 'time')
  const timeOf = (answered: AnsweredCells): number | null => {
    const time = answered[1]
    return typeof time === 'number' ? time : null
  }
  return {
    question: { columns, instants },
    of: (answered) => (what) =>
      what === 'start' || what === 'parentStart' || what === 'grandStart' ? '' : of(answered)(what),
    timeOf,
    instantOf(answered, what) {
      for (const column of times[what]) {
        const at = instants.indexOf(column)
        const time = at < 0 ? null : answered[2 + columns.length + at]
        if (typeof time === 'number') return time
      }
      return null
    },
  }
}
