import { rowsOf } from './evidenceRows.ts'
import { runAnalyzers } from './runAnalyzers.ts'
import { parseAnalyzerConfig } from './analyzerConfig.ts'
import { analyzers } from './index.ts'
const [path, only, min] = process.argv.slice(2)
const { rows, fields } = rowsOf(path!)
const names = only && only !== 'all' ? only.split(',') : analyzers.map((a) => a.name)
const t = performance.now()
const result = runAnalyzers(
  rows,
  names.map((n) => parseAnalyzerConfig(n, {})),
  fields,
)
console.log(
  rows.length,
  'rows',
  Math.round(performance.now() - t),
  'ms',
  result.findings.length,
  'findings',
  JSON.stringify(result.skipped),
)
for (const f of result.findings)
  if (f.score >= Number(min ?? 0))
    console.log(
      f.analyzer.slice(0, 4),
      f.severity,
      f.score,
      f.mitreTechnique,
      f.title,
      '| n',
      f.evidenceTotal,
      '| rows',
      f.evidence
        .slice(0, 4)
        .map((e) => e.row)
        .join(','),
      '|',
      f.evidence[0]?.value.slice(0, 100).replace(/\s+/g, ' '),
      process.env.D ? f.description : '',
    )
