/**
 * For tests, as a program of its own: as many rows as its argument says, of which each wakes every analyzer with subjects
 * nobody has seen before. Prints, as JSON, by how many bytes the process grew, and what was found.
 */
import { analyzers } from '../analyzers/index.ts'
import { parseAnalyzerConfig } from '../analyzers/analyzerConfig.ts'
import type { RowSource, RowView } from '../analyzers/analyzer.ts'
import { runAnalyzers } from '../analyzers/runAnalyzers.ts'
import type { CanonicalField } from '#contract/values'

const rows = Number(process.argv[2])
const mixed = (n: number, salt: number): string =>
  ((Math.imul(n, 2_654_435_761) ^ Math.imul(salt, 40_503)) >>> 0).toString(36)

/** The text of a field: another one in nearly every row. */
function textOf(row: number, field: CanonicalField): string {
  const own = mixed(row, 1)
  const random = `Q${own}x${mixed(row, 2)}Zk9${mixed(row, 3)}T4${mixed(row, 4)}`
  switch (field) {
    case 'event_id':
      return ['4625', '13', '3', '1', '4624', '7045'][row % 6] ?? ''
    case 'hostname':
      return `host-${own}.${'long-name.'.repeat(10)}example.org`
    case 'username':
      return `user-${own}`
    case 'logon_type':
      return '10'
    case 'src_ip':
      return `10.${row & 255}.${(row >> 8) & 255}.${(row >> 16) & 255}`
    case 'dst_ip':
      return `203.${(row * 7) & 255}.${(row >> 6) & 255}.${(row >> 14) & 255}`
    case 'dst_port':
      return '4444'
    case 'bytes_sent':
      return '20000000'
    case 'command_line':
      return `vssadmin delete shadows ${random} > c:\\users\\${own}\\start menu\\programs\\startup\\${own}.bat ${'é x'.repeat(40)}`
    case 'process_name':
      return `C:\\${own}\\program-${row % 3 === 0 ? 'a' : own}.exe`
    case 'registry_key':
      return `HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\${own}`
    case 'url':
      return `https://${own}.example.org/${random}?cmd=whoami`
    default:
      return `${field} ${random}`
  }
}

const source: RowSource = {
  *rows() {
    for (let row = 1; row <= rows; row += 1) yield source.at(row, [])
  },
  at: (row): RowView => ({
    datasetId: 'dataset',
    row,
    time: row * 1_000_000,
    text: (field) => textOf(row, field),
    column: (field) => field,
  }),
}

const selected = analyzers.map((analyzer) => parseAnalyzerConfig(analyzer.name, {}))
const fields = new Set(analyzers.flatMap((analyzer) => [...analyzer.reads]))
let [start, peak, findings, evidence, incomplete] = [0, 0, 0, 0, 0]
const look = (): void => {
  peak = Math.max(peak, process.memoryUsage.rss())
  start ||= peak
}
const result = runAnalyzers(source, selected, fields, (count) => {
  if (count === 1 || count % 1_000 === 0) look()
})
for (const finding of result.findings) {
  findings += 1
  if (finding.description.includes('Not complete')) incomplete += 1
  for (const each of finding.evidence) if (each.value !== '') evidence += 1
  if (findings % 1_000 === 0) look()
}
look()
process.stdout.write(
  JSON.stringify({ growth: peak - start, rows: result.rowsAnalyzed, findings, evidence, incomplete }),
)
