import { readFileSync } from 'node:fs'
import Papa from 'papaparse'
import type { CanonicalField } from '#contract/values'
import { fieldOrder } from '../importer/fields.ts'
import { recogniseProfile } from '../importer/recogniseProfile.ts'
import type { Analyzer, AnalyzerFinding, Finding, FindingEvidence, RowSource, RowView } from '../analyzers/analyzer.ts'
import type { SelectedAnalyzer } from '../analyzers/analyzerConfig.ts'
import { runAnalyzers } from '../analyzers/runAnalyzers.ts'

/** For tests: row views of written-out records. `time` is ISO text or microseconds since 1970. */
export type TestRow = Partial<Record<CanonicalField, string>> & { row?: number; time?: string | number }

export function rowsFrom(records: readonly TestRow[], datasetId = 'dataset'): RowView[] {
  return records.map((record, position) => ({
    datasetId,
    row: record.row ?? position + 1,
    time: typeof record.time === 'string' ? Date.parse(record.time) * 1_000 : (record.time ?? null),
    text: (field) => record[field] ?? '',
    column: (field) => field,
  }))
}

/** For tests: the rows of a file as the importer maps its columns (PapaParse or Zeek's tab-separated text). */
export function rowsOf(path: string): {
  rows: RowView[]
  /** The text of a cell by header, for the row at a position. */
  cell(position: number, header: string): string
  fields: Set<CanonicalField>
} {
  const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
  const { headers, cells } = text.startsWith('#separator') ? zeek(text) : csv(text)
  const profile = recogniseProfile(headers)?.profile ?? null
  const order = fieldOrder(headers, profile)
  const rows = cells.map((row, position): RowView => {
    const find = (field: CanonicalField) => order.get(field)?.find((at) => !UNSET.has(row[at] ?? ''))
    return {
      datasetId: 'dataset',
      row: position + 1,
      time: timeOf(row[find('timestamp') ?? -1] ?? ''),
      text: (field) => row[find(field) ?? -1] ?? '',
      column: (field) => headers[find(field) ?? -1] ?? field,
    }
  })
  const at = new Map(headers.map((header, position) => [header, position]))
  return {
    rows,
    fields: new Set(order.keys()),
    cell: (position, header) => cells[position]?.[at.get(header) ?? -1] ?? '',
  }
}

/** For tests: row views as analyzers get the rows of a dataset. */
export function sourceOf(rows: readonly RowView[]): RowSource {
  const byNumber = new Map(rows.map((row) => [row.row, row]))
  return {
    rows: () => rows,
    at(row) {
      const found = byNumber.get(row)
      if (found === undefined) throw new Error(`There is no row ${row}.`)
      return found
    },
  }
}

type Whole<T extends Finding> = Omit<T, 'evidence'> & { evidence: FindingEvidence[] }
const whole = <T extends Finding>(finding: T): Whole<T> => ({ ...finding, evidence: [...finding.evidence] })

/** For tests: what one analyzer finds in rows, in its own order, with all its evidence. */
export function foundIn<Config>(
  analyzer: Analyzer<Config>,
  rows: readonly RowView[],
  settings: Record<string, unknown> = {},
): Whole<Finding>[] {
  const source = sourceOf(rows)
  const started = analyzer.start(analyzer.config.parse(settings))
  for (const row of source.rows([])) started.row(row)
  return [...started.finish(source)].map(whole)
}

/** For tests: the same in written-out records. */
export const foundBy = <Config>(
  analyzer: Analyzer<Config>,
  records: readonly TestRow[],
  settings: Record<string, unknown> = {},
): Whole<Finding>[] => foundIn(analyzer, rowsFrom(records), settings)

/** For tests: what several analyzers find in rows, best first, with all its evidence. */
export function analyzed(
  rows: readonly RowView[],
  selected: readonly SelectedAnalyzer[],
  fields: ReadonlySet<CanonicalField>,
  onRow?: (count: number) => void,
): { findings: Whole<AnalyzerFinding>[]; rowsAnalyzed: number; skipped: { analyzer: string; reason: string }[] } {
  const { findings, ...rest } = runAnalyzers(sourceOf(rows), selected, fields, onRow)
  const all: Whole<AnalyzerFinding>[] = []
  for (const finding of findings) all.push(whole(finding))
  all.sort(
    (a, b) =>
      b.score - a.score ||
      (a.analyzer < b.analyzer ? -1 : a.analyzer > b.analyzer ? 1 : 0) ||
      (a.subject < b.subject ? -1 : 1),
  )
  return { findings: all, ...rest }
}

const UNSET = new Set(['', '-', '(empty)'])

function csv(text: string): { headers: string[]; cells: string[][] } {
  const [headers = [], ...cells] = Papa.parse<string[]>(text, { skipEmptyLines: true }).data
  return { headers, cells }
}

function zeek(text: string): { headers: string[]; cells: string[][] } {
  const lines = text.split('\n')
  const headers =
    lines
      .find((line) => line.startsWith('#fields'))
      ?.split('\t')
      .slice(1) ?? []
  return {
    headers,
    cells: lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split('\t')),
  }
}

function timeOf(text: string): number | null {
  if (/^\d{9,10}(?:\.\d+)?$/.test(text)) return Math.round(Number(text) * 1_000_000)
  const time = Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(text) || text === '' ? text : `${text.replace(' ', 'T')}Z`)
  return Number.isNaN(time) ? null : time * 1_000
}
