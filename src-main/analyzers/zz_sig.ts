import { rowsOf } from './evidenceRows.ts'
import { readFileSync } from 'node:fs'
import Papa from 'papaparse'
import { runAnalyzers } from './runAnalyzers.ts'
import { parseAnalyzerConfig } from './analyzerConfig.ts'
const dir = '../shared/evidence/sigmahq-regression/dev/'
const { rows, records, fields } = rowsOf(dir + 'events.csv')
const truth = Papa.parse<Record<string, string>>(readFileSync(dir + 'truth.csv', 'utf8'), {
  header: true,
  skipEmptyLines: true,
}).data
let any = 0,
  right = 0
for (const t of truth) {
  const own = rows.filter((_, i) => records[i]!.CaseId === t.CaseId)
  const { findings } = runAnalyzers(
    own,
    ['suspicious_commands', 'persistence', 'auth_anomaly', 'network_anomaly'].map((a) => parseAnalyzerConfig(a, {})),
    fields,
  )
  const tags = [...(t.attack_tags ?? '').matchAll(/attack\.(t\d{4})/g)].map((m) => m[1]!.toUpperCase())
  if (findings.length) any++
  if (findings.some((f) => tags.includes(f.mitreTechnique?.slice(0, 5) ?? ''))) right++
  else
    console.log(
      t.level,
      t.title,
      tags.join(),
      '=>',
      findings.map((f) => f.mitreTechnique + f.title.slice(0, 30)).join(';'),
      '|',
      (own[0]?.text('command_line') || own[0]?.text('registry_key') || own[0]?.text('file_path') || '').slice(0, 150),
    )
}
console.log(any, right, truth.length)
