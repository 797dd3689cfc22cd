import { existsSync } from 'node:fs'
import type { CaseFilePlan } from '#contract/caseFiles'
import { kinds } from '../sharing/kinds/index.ts'
import { INDICATORS_MAX } from '../sharing/kinds/intelLists.ts'
import { citedRows, countRecords, sourcesOf, type CaseScope } from '../sqlite/queries/sharedRecords.read.ts'
import { listsOf } from '../sqlite/queries/sharedLists.read.ts'
import { countRows } from '../sqlite/rowSet.ts'
import type { ReadContext } from './contexts.ts'

/** What would go into a case file of these hunts. Bytes of rows are those of their source, on the average of its rows. */
export function casePlan({ db, goOn }: ReadContext, scope: CaseScope): CaseFilePlan {
  const plan: CaseFilePlan = {
    records: Object.fromEntries(kinds.map((kind) => [kind.noun, countRecords(db, kind, scope)])),
    cited: { rows: 0, bytes: 0 },
    all: { rows: 0, bytes: 0 },
    sources: { files: 0, bytes: 0, missing: [] },
    lists: listsOf(db, INDICATORS_MAX),
  }
  for (const { id, file, rows, of, size, path } of sourcesOf(db, scope)) {
    goOn()
    const each = of === 0 ? 0 : size / of
    const cited = countRows(citedRows(db, id))
    plan.cited.rows += cited
    plan.cited.bytes += Math.round(cited * each)
    plan.all.rows += rows
    plan.all.bytes += Math.round(rows * each)
    plan.sources.files++
    plan.sources.bytes += size
    if (path === '' || !existsSync(path)) plan.sources.missing.push(file)
  }
  return plan
}
