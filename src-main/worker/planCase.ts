import type { CaseFileConflict, CaseFileMerge } from '#contract/caseFiles'
import type { CaseFileNoun, MergeChoice, MergeOutcome } from '#contract/values'
import type { Contents } from '../sharing/contents.ts'
import type { Stamp } from '../sharing/fields.ts'
import type { Kind } from '../sharing/kind.ts'
import { kinds } from '../sharing/kinds/index.ts'
import { mergeRecord } from '../sharing/mergeRecord.ts'
import type { CaseRecord, Cell } from '../sharing/record.ts'
import { isoOfMs } from '../sqlite/conditions.ts'
import type { ReadDb } from '../sqlite/db.ts'
import {
  findDeletion,
  findLeftDeleted,
  findTwin,
  knowsRecord,
  recordReader,
} from '../sqlite/queries/sharedRecords.read.ts'
import { excerptOf, rowNumbersOf, type RowNumbers } from '../sqlite/rowNumbers.ts'
import type { StagedRecords } from '../sqlite/stagedCase.ts'
import { planTags, type PlannedTags } from './planTags.ts'

/** Characters of a value or title that are told; the record itself holds the rest. */
const TOLD_MAX = 2_000
const TITLE_MAX = 200

export type Planned = {
  kind: Kind
  outcome: Exclude<MergeOutcome, 'left-out'>
  /** As it shall stand here, with the ids of this workspace and the row numbers of the source. */
  record: CaseRecord
}
export type Plan = {
  merge: Omit<CaseFileMerge, 'applied' | 'rows'>
  /** Datasets whose rows are wanted from the file: by their id in it, those here, and whether they are new. */
  datasets: { from: string; id: string; fresh: boolean }[]
}
export type PlanHandlers = {
  record(planned: Planned): void
  tags(planned: PlannedTags): void
  /** A record that stays deleted here because somebody has just decided so. */
  leave(left: { kind: Kind; id: string }): void
}

/**
 * What merging checked records would do, record by record, in an order in which each comes after those it refers to. The
 * workspace is only read. `now` and `replica` stamp decisions.
 */
export function planCase(
  db: ReadDb,
  staged: StagedRecords,
  contents: Contents,
  decisions: Readonly<Record<string, MergeChoice>>,
  stamp: Stamp,
  listedMax: number,
  handlers: PlanHandlers,
): Plan {
  const plan: Plan = {
    merge: {
      title: contents.title,
      hunts: contents.hunts,
      outcomes: {},
      conflicts: [],
      conflictsTotal: 0,
      leftOut: [],
      leftOutTotal: 0,
    },
    datasets: [],
  }
  const { merge } = plan
  /** By noun, the id in the file and the id here. */
  const ids = new Map<CaseFileNoun, Map<string, string>>()
  const numbers = remembered((id: string): RowNumbers => rowNumbersOf(db, id))
  const idOf = (noun: CaseFileNoun, id: string): string => ids.get(noun)?.get(id) ?? id
  const checks = new Map(kinds.map((kind) => [kind.noun, knowsRecord(db, kind)]))
  const exists = (noun: CaseFileNoun, id: string): boolean => checks.get(noun)?.(id) ?? false
  /** Records that stay deleted here because somebody decided so, by their ids in the file. */
  const stays = new Set<string>()
  /** Records that come anew: what belongs to them was not deleted by itself. */
  const fresh = new Set<string>()
  const nameFor = (noun: CaseFileNoun, id: string): string => `${noun}/${id}`
  const count = (noun: CaseFileNoun, outcome: MergeOutcome): void => {
    const of = (merge.outcomes[noun] ??= {})
    of[outcome] = (of[outcome] ?? 0) + 1
  }
  const leaveOut = (noun: CaseFileNoun, title: string, reason: string, key: string | null = null): void => {
    count(noun, 'left-out')
    merge.leftOutTotal++
    if (merge.leftOut.length < listedMax) merge.leftOut.push({ noun, title: title.slice(0, TITLE_MAX), reason, key })
  }
  const addConflict = (conflict: CaseFileConflict): void => {
    merge.conflictsTotal++
    if (merge.conflicts.length < listedMax) merge.conflicts.push(conflict)
  }

  for (const kind of kinds) {
    const named = new Map<string, string>()
    ids.set(kind.noun, named)
    const read = recordReader(db, kind, Object.keys(kind.columns), numbers)
    const twin = findTwin(db, kind)
    const deletion = findDeletion(db, kind)
    const leftDeleted = findLeftDeleted(db, kind)
    for (const incoming of staged.of<CaseRecord>(kind.noun)) {
      const title = String(incoming.values[kind.title] ?? '')
      const belongs = belongsTo(kind, incoming)
      const known = (noun: CaseFileNoun, id: string): boolean =>
        !stays.has(nameFor(noun, id)) && (ids.get(noun)?.has(id) === true || exists(noun, id))
      const lost = refer(kind, incoming, idOf, known)
      if (lost !== null) {
        leaveOut(kind.noun, title, lost)
        continue
      }
      const id = read(incoming.id) ? incoming.id : (twin(incoming.values) ?? incoming.id)
      named.set(incoming.id, id)
      const from = incoming.id
      incoming.id = id
      incoming.values['id'] = id
      const mine = read(id)
      if (kind.noun === 'datasets') noteDataset(db, plan, contents, from, id, mine)
      const key = (column: string): string => `${kind.noun}/${id}/${column}`
      if (!mine) {
        const at = belongs.some((name) => fresh.has(name)) ? null : deletion(id)
        const left = at === null ? null : leftDeleted(id)
        // What was decided about a deletion holds until the record comes back; a later deletion is another one.
        const decided = left !== null && at !== null && left >= at
        const choice = decisions[key(DELETED)] ?? (decided ? 'mine' : 'theirs')
        if (at !== null && !decided) addConflict(deletedHere(key(DELETED), kind, incoming, at))
        if (at !== null && choice === 'mine') {
          stays.add(nameFor(kind.noun, from))
          const when = decided ? `, as was decided on ${isoOfMs(left).slice(0, 10)}` : ''
          leaveOut(kind.noun, title, `It was deleted here and stays so${when}.`, decided ? key(DELETED) : null)
          if (!decided) handlers.leave({ kind, id })
          continue
        }
        fresh.add(nameFor(kind.noun, from))
        count(kind.noun, 'new')
        handlers.record({ kind, outcome: 'new', record: incoming })
        continue
      }
      const { record, changed, contests } = mergeRecord(kind, mine, incoming, (column) => decisions[key(column)], stamp)
      for (const { column, mine: own, theirs, keeps } of contests)
        addConflict({
          key: key(column),
          noun: kind.noun,
          id,
          title: String(mine.values[kind.title] ?? '').slice(0, TITLE_MAX),
          field: column,
          mine: { value: told(own.value), at: isoOfMs(own.at) },
          theirs: { value: told(theirs.value), at: isoOfMs(theirs.at) },
          keeps,
        })
      const outcome = contests.length > 0 ? 'conflict' : changed ? 'updated' : 'same'
      count(kind.noun, outcome)
      handlers.record({ kind, outcome, record })
    }
  }
  planTags(db, staged, ids.get('datasets') ?? new Map<string, string>(), decisions, {
    count,
    addConflict,
    leaveOut,
    tags: handlers.tags,
    numbers,
  })
  return plan
}

/** What a record belongs to, by its id in the file. */
const belongsTo = ({ columns }: Kind, { values }: CaseRecord): string[] =>
  Object.entries(columns).flatMap(([column, { refers, needed }]) =>
    refers === undefined || !needed ? [] : [`${refers}/${String(values[column])}`],
  )

/** The field of conflicts about records that were deleted here and are in the file. */
const DELETED = 'deleted'

/** Nothing is deleted by a case file: what was deleted here comes back unless somebody decides otherwise. */
function deletedHere(key: string, kind: Kind, incoming: CaseRecord, at: number): CaseFileConflict {
  const title = String(incoming.values[kind.title] ?? '').slice(0, TITLE_MAX)
  const changed = incoming.values['updated_at'] ?? incoming.values['created_at']
  return {
    ...{ key, noun: kind.noun, id: incoming.id, title, field: DELETED },
    mine: { value: 'deleted', at: isoOfMs(at) },
    theirs: { value: title, at: typeof changed === 'number' ? isoOfMs(changed) : null },
    keeps: 'theirs',
  }
}

/** Gives references the ids of this workspace; answers why the record cannot be kept, or null. */
function refer(
  kind: Kind,
  record: CaseRecord,
  idOf: (noun: CaseFileNoun, id: string) => string,
  known: (noun: CaseFileNoun, id: string) => boolean,
): string | null {
  for (const [column, { refers, needed }] of Object.entries(kind.columns)) {
    const value = record.values[column]
    if (refers === undefined || typeof value !== 'string') continue
    if (needed && !known(refers, value)) return `What it belongs to (${refers}) is neither in the file nor here.`
    record.values[column] = idOf(refers, value)
  }
  kind.remap?.(record.values, idOf)
  for (const [column, field] of Object.entries(record.fields))
    record.fields[column] = {
      ...field,
      siblings: field.siblings.map((sibling) => {
        if (!kind.remap) return sibling
        const values: Record<string, Cell> = {
          ...record.values,
          [column]: typeof sibling.value === 'string' || typeof sibling.value === 'number' ? sibling.value : null,
        }
        kind.remap(values, idOf)
        return { ...sibling, value: values[column] ?? null }
      }),
    }
  for (const [name, list] of Object.entries(kind.lists ?? {})) {
    const references = Object.entries(list.columns).flatMap(([, { refers }], n) => (refers ? [{ n, refers }] : []))
    record.lists[name] = (record.lists[name] ?? []).filter((line) =>
      references.every(({ n, refers }) => {
        const value = String(line[n])
        const here = known(refers, value)
        line[n] = idOf(refers, value)
        return here
      }),
    )
    if (list.remap) for (const line of record.lists[name]) list.remap(line, idOf)
  }
  return null
}

/** Notes a dataset whose rows are not all here. */
function noteDataset(
  db: ReadDb,
  plan: Plan,
  contents: Contents,
  from: string,
  id: string,
  mine: CaseRecord | null,
): void {
  const shared = contents.datasets.find((dataset) => dataset.id === from)
  if (!shared) return
  if (!mine) plan.datasets.push({ from, id, fresh: true })
  else if (excerptOf(db, id) !== null) plan.datasets.push({ from, id, fresh: false })
}

const told = (value: unknown): string | number | null =>
  typeof value === 'string' ? value.slice(0, TOLD_MAX) : typeof value === 'number' ? value : null

function remembered<V>(find: (key: string) => V): (key: string) => V {
  const known = new Map<string, V>()
  return (key) => {
    const value = known.get(key) ?? find(key)
    known.set(key, value)
    return value
  }
}
