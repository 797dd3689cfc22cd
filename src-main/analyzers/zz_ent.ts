import { rowsOf } from './evidenceRows.ts'
import { runAnalyzers } from './runAnalyzers.ts'
import { parseAnalyzerConfig } from './analyzerConfig.ts'
const { rows, fields } = rowsOf('../shared/evidence/evtx-to-mitre-attack/dev/windows_events.csv')
const { findings } = runAnalyzers(rows, [parseAnalyzerConfig('entropy', {})], fields)
for (const f of findings.slice(0, 12).concat(findings.slice(60, 72)))
  console.log(f.title.slice(0, 120), f.score, f.description.slice(0, 200))
