import { rowsOf } from './evidenceRows.ts'
import { readFileSync } from 'node:fs'
import Papa from 'papaparse'
import { runAnalyzers } from './runAnalyzers.ts'
import { parseAnalyzerConfig } from './analyzerConfig.ts'
import { analyzers } from './index.ts'
const dir = '../shared/evidence/evtx-to-mitre-attack/dev/'
const { rows, records, fields } = rowsOf(dir + 'windows_events.csv')
const truth = Papa.parse<Record<string, string>>(readFileSync(dir + 'truth.csv', 'utf8').replace(/^\uFEFF/, ''), {
  header: true,
  skipEmptyLines: true,
}).data
const names = Object.keys(truth[0]!)
let hit = 0,
  all = 0
for (const t of truth) {
  const [file, tech, , , title] = names.map((n) => t[n] ?? '')
  if (!tech) continue
  all++
  const own = rows.filter((_, i) => records[i]!.SourceFile === file)
  const { findings } = runAnalyzers(
    own,
    analyzers.map((a) => parseAnalyzerConfig(a.name, {})),
    fields,
  )
  const ok = findings.some((f) => f.mitreTechnique?.slice(0, 5) === tech!.slice(0, 5))
  if (ok) hit++
  else
    console.log(
      file,
      tech,
      title,
      own.length,
      '=>',
      [...new Set(findings.map((f) => f.mitreTechnique + ':' + f.title.slice(0, 40)))].join(' ; ').slice(0, 200),
    )
}
console.log(hit, '/', all)
const t0 = performance.now()
const { findings } = runAnalyzers(
  rows,
  analyzers.map((a) => parseAnalyzerConfig(a.name, {})),
  fields,
)
console.log(Math.round(performance.now() - t0), 'ms', findings.length)
const by: Record<string, number> = {}
for (const f of findings) by[f.analyzer + ' ' + f.severity] = (by[f.analyzer + ' ' + f.severity] ?? 0) + 1
console.log(by)
