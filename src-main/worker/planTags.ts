import type { CaseFileConflict } from '#contract/caseFiles'
import { rowTags, type CaseFileNoun, type MergeChoice, type MergeOutcome, type RowTag } from '#contract/values'
import type { SharedTags } from '../sharing/tags.ts'
import type { ReadDb } from '../sqlite/db.ts'
import { nameOf, tagsOf } from '../sqlite/queries/sharedRecords.read.ts'
import type { RowNumbers } from '../sqlite/rowNumbers.ts'
import { countRows, difference, intersection, NO_ROWS, rowSetOf, rowsOf, union, type RowSet } from '../sqlite/rowSet.ts'
import type { StagedRecords } from '../sqlite/stagedCase.ts'

/** Rows, by their numbers in the source, that get another tag. */
export type PlannedTags = { datasetId: string; tag: RowTag; rows: RowSet }

type TagDeps = {
  count(noun: CaseFileNoun, outcome: MergeOutcome): void
  addConflict(conflict: CaseFileConflict): void
  leaveOut(noun: CaseFileNoun, title: string, reason: string): void
  tags(planned: PlannedTags): void
  numbers(datasetId: string): RowNumbers
}

/**
 * Tags of rows have no history: a row that only one side has tagged takes that tag; where both did, the graver tag holds
 * unless somebody decides. That is the same in whatever order files are merged.
 */
export function planTags(
  db: ReadDb,
  staged: StagedRecords,
  datasets: ReadonlyMap<string, string>,
  decisions: Readonly<Record<string, MergeChoice>>,
  { count, addConflict, leaveOut, tags, numbers }: TagDeps,
): void {
  const incoming = Map.groupBy(staged.of<SharedTags>('tags'), ({ dataset_id }) => dataset_id)
  for (const [from, lines] of incoming) {
    const id = datasets.get(from)
    if (id === undefined) {
      leaveOut('tags', from, 'The dataset of these tags is neither in the file nor here.')
      continue
    }
    const { toSource } = numbers(id)
    const own = new Map(
      [...tagsOf(db, id)].map(([tag, rows]) => [tag, rowSetOf(sourceNumbers(rows, toSource))] as const),
    )
    const all = [...own.values()].reduce(union, NO_ROWS)
    const key = `tags/${id}/tag`
    const choice = decisions[key]
    let [contested, updated] = [0, 0]
    for (const { tag, rows } of lines) {
      const theirs = rowSetOf(each(rows))
      let holds = difference(theirs, all)
      for (const [other, mine] of own) {
        if (other === tag) continue
        const both = intersection(theirs, mine)
        contested += countRows(both)
        const graver = rowTags.indexOf(tag) < rowTags.indexOf(other)
        if (choice === 'theirs' || (choice === undefined && graver)) holds = union(holds, both)
      }
      updated += countRows(holds)
      if (holds.size > 0) tags({ datasetId: id, tag, rows: holds })
    }
    if (contested > 0) {
      const said = `${contested} rows have another tag`
      addConflict({
        key,
        noun: 'tags',
        id,
        title: nameOf(db, 'datasets', id),
        field: 'tag',
        mine: { value: said, at: null },
        theirs: { value: said, at: null },
        keeps: 'both',
      })
    }
    count('tags', contested > 0 ? 'conflict' : updated > 0 ? 'updated' : 'same')
  }
}

function* sourceNumbers(rows: RowSet, toSource: (row: number) => number): Generator<number> {
  for (const row of rowsOf(rows)) yield toSource(row)
}

function* each(runs: readonly (readonly [number, number])[]): Generator<number> {
  for (const [first, last] of runs) for (let row = first; row <= last; row++) yield row
}
