import type { CaseLink } from '#contract/cases'
import type { CaseLinkKind, IocType, Verdict } from '#contract/values'
import { conditions, isoOfMs } from '../conditions.ts'
import type { ReadDb } from '../db.ts'
import { sourceRows } from '../rowNumbers.ts'
import { placeOf } from './casePlaces.read.ts'

type LinkRow = {
  kind: CaseLinkKind
  target: string
  ioc_type: IocType | null
  verdict: Verdict | null
  note: string
  field: string
  value: string
  added_by: string
  added_at: number
  updated_at: number
}

function referenceOf(db: ReadDb, kind: CaseLinkKind, target: string): string {
  const [datasetId = '', row = ''] = target.split('/')
  return kind === 'row'
    ? `[[row:${datasetId}/${sourceRows(db, [{ datasetId, row: Number(row) }])[0] ?? row}]]`
    : `[[${kind}:${target}]]`
}

/** What belongs to a case, in the order it was added, with its present state as far as the workspace database knows it. */
export function links(
  db: ReadDb,
  caseId: string,
  kind: CaseLinkKind | undefined,
  limit: number,
  offset: number,
): { links: CaseLink[]; total: number } {
  const where = conditions()
  where.and('case_id = ?', caseId)
  where.and('removed_at IS NULL')
  where.in('kind', kind)
  const { text, values } = where.build()
  const rows = db
    .prepare<unknown[], LinkRow>(
      `SELECT kind, target, ioc_type, verdict, note, field, value, added_by, added_at, updated_at FROM case_links
       WHERE ${text} ORDER BY added_at, kind, target LIMIT ? OFFSET ?`,
    )
    .all(...values, limit, offset)
  const total =
    db.prepare<unknown[], { n: number }>(`SELECT count(*) AS n FROM case_links WHERE ${text}`).get(...values)?.n ?? 0
  return {
    links: rows.map((row) => ({
      kind: row.kind,
      target: row.target,
      reference: referenceOf(db, row.kind, row.target),
      ...placeOf(db, row.kind, row.target, true),
      iocType: row.ioc_type,
      verdict: row.verdict,
      verdictFrom: row.verdict === null ? null : 'case',
      field: row.field,
      value: row.value,
      note: row.note,
      addedBy: row.added_by,
      addedAt: isoOfMs(row.added_at),
      updatedAt: isoOfMs(row.updated_at),
    })),
    total,
  }
}
