import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '#contract/appError'
import type { Column } from '#contract/datasets'
import { INTEL_ANALYZER, type Severity, type Verdict } from '#contract/values'
import { EVIDENCE_MAX, EVIDENCE_VALUE_MAX, type AnalyzerFinding, type FindingEvidence } from '../analyzers/analyzer.ts'
import type { DatasetHandle } from '../sqlite/datasetFiles.ts'
import { writeFindings } from '../sqlite/findingsFile.ts'
import { singleRows } from '../sqlite/matchedRows.ts'
import type { TaskContext } from './contexts.ts'
import { cellsWith, summaryOf, type IocSummary } from './iocCells.ts'
import type { Hit } from './listedIn.ts'

/** Evidence places held in memory for one dataset; rows beyond are counted. */
const PLACES_MAX = 1_000_000

/** How much a verdict alarms: severity and score of its alert. */
const WEIGHT: Record<Verdict, { severity: Severity; score: number }> = {
  malicious: { severity: 'high', score: 75 },
  suspicious: { severity: 'medium', score: 55 },
  unknown: { severity: 'low', score: 25 },
  clean: { severity: 'info', score: 5 },
}

type Seen = {
  hit: Hit
  rows: number[]
  columns: Column[]
  total: number
  lastRow: number
  first: number | null
  last: number | null
}

/**
 * Finds every row with one of these indicators and writes one finding for each of them. Answers the file with the findings,
 * for intel.keepHits, which removes it; null where nothing was found. AppError 'cancelled', 'dataset-damaged'.
 */
export function intelFindings(context: TaskContext, datasetId: string, hits: readonly Hit[]): { file: string | null } {
  // Named as what a crash leaves behind is (workspace/workspaceFolders.ts).
  const file = join(context.folder, `.${datasetId}.${randomUUID()}.db`)
  let written = 0
  try {
    const handle = context.datasets.open(datasetId)
    writeFindings(file, findings(context, handle, seenIn(context, handle, hits)), () => void written++)
  } finally {
    context.datasets.close(datasetId)
    if (written === 0) rmSync(file, { force: true })
  }
  return { file: written === 0 ? null : file }
}

function seenIn(context: TaskContext, handle: DatasetHandle, hits: readonly Hit[]): Seen[] {
  const seen = new Map<IocSummary, Seen>()
  for (const hit of hits) {
    const held = summaryOf(handle, hit)
    if (held) seen.set(held, { hit, rows: [], columns: [], total: 0, lastRow: 0, first: null, last: null })
  }
  let [places, looked] = [0, 0]
  for (const { ioc, row, time, column } of cellsWith(handle, [...seen.keys()])) {
    if (++looked % 1_000 === 0) context.progress({ rows: row })
    const one = seen.get(ioc)
    // One place a row is enough: the others are in the same record.
    if (!one || one.lastRow === row) continue
    one.lastRow = row
    one.total++
    if (time !== null) {
      one.first = one.first === null ? time : Math.min(one.first, time)
      one.last = one.last === null ? time : Math.max(one.last, time)
    }
    if (one.rows.length >= EVIDENCE_MAX || places >= PLACES_MAX) continue
    places++
    one.rows.push(row)
    one.columns.push(column)
  }
  return [...seen.values()].filter(({ total }) => total > 0)
}

function* findings(context: TaskContext, handle: DatasetHandle, seen: readonly Seen[]): Generator<AnalyzerFinding> {
  const at = singleRows(handle)
  const fed = (field: 'hostname' | 'username'): Column | undefined =>
    handle.columns.find(({ fields }) => fields.includes(field))
  const host = fed('hostname')
  const user = fed('username')
  for (const { hit, rows, columns, total, first, last } of seen) {
    if (context.cancelled()) throw new AppError('cancelled', 'Cancelled.')
    const row = rows[0]
    const said = (column: Column | undefined): string | null =>
      column === undefined || row === undefined ? null : at(row, [column]).cell(column).slice(0, 200) || null
    function* evidence(): Generator<FindingEvidence> {
      for (const [n, one] of rows.entries()) {
        const column = columns[n]
        if (!column) continue
        const value = at(one, [column]).cell(column).slice(0, EVIDENCE_VALUE_MAX)
        yield { datasetId: handle.id, row: one, field: column.name, value }
      }
    }
    yield {
      ...told(hit),
      analyzer: INTEL_ANALYZER,
      subject: `${hit.type}:${hit.value}`,
      evidence: evidence(),
      evidenceTotal: total,
      host: said(host),
      user: said(user),
      firstTime: first,
      lastTime: last,
    }
  }
}

/** What the lists say, in words. Indicators are de-fanged outside the evidence. */
function told({
  type,
  value,
  verdict,
  listings,
}: Hit): Pick<
  AnalyzerFinding,
  'title' | 'description' | 'severity' | 'score' | 'mitreTechnique' | 'tags' | 'falsePositives'
> {
  const { severity, score } = WEIGHT[verdict]
  const sure = Math.max(...listings.map(({ confidence }) => confidence ?? 50))
  const lines = listings.map(({ list, verdict: own, value: listed, by, note, source, confidence }) => {
    const how = by === 'exact' ? '' : by === 'network' ? ` as part of ${listed}` : ` through ${defanged(listed)}`
    const more = [note, source, confidence === null ? null : `confidence ${confidence} %`].filter(
      (part) => part !== null,
    )
    return `${list} lists it as ${own}${how}${more.length > 0 ? `: ${more.join(', ')}` : ''}.`
  })
  return {
    title: `Listed as ${verdict}: ${defanged(value)}`.slice(0, 300),
    description: lines.join('\n').slice(0, 4_000),
    severity,
    score: Math.min(100, Math.max(0, Math.round(score + (sure - 50) / 5))),
    mitreTechnique: null,
    tags: ['intel', type],
    falsePositives:
      type === 'ja4'
        ? 'A JA4 is what a client is known for and never proof: others may share it.'
        : 'Addresses and domains change hands; a list may be older than the evidence, or younger.',
  }
}

const defanged = (value: string): string => value.replace(/^http/i, 'hxxp').replaceAll('.', '[.]')
