import { rowsOf } from './evidenceRows.ts'
import { runAnalyzers } from './runAnalyzers.ts'
import { parseAnalyzerConfig } from './analyzerConfig.ts'
import { analyzers } from './index.ts'
const { rows, fields } = rowsOf('../shared/evidence/evtx-to-mitre-attack/dev/windows_events.csv')
const { rows: r2, fields: f2 } = rowsOf('../shared/evidence/msticpy/tests/testdata/mde_proc_cs1.csv')
const { rows: r3, fields: f3 } = rowsOf('../shared/evidence/otrf-security-datasets/derived/dev/apt29_day1_zeek_conn.csv')
const F: Record<string, () => string> = {}
for (const [name, rs, fs] of [['evtx', rows, fields], ['mde', r2, f2], ['conn', r3, f3]] as const) {
  // copy texts so that views are cheap, vary the command lines so that the cache does not help
  const reads = new Set(analyzers.flatMap((a) => a.reads))
  const plain = rs.map((r) => ({ m: new Map([...reads].map((f) => [f, r.text(f)])), row: r.row, time: r.time, datasetId: 'd' }))
  function* many() { for (let n = 0; n < 1_000_000; n++) { const p = plain[n % plain.length]!; yield { datasetId: 'd', row: n + 1, time: (p.time ?? 0) + Math.floor(n / plain.length) * 3_600_000_000, text: (f: any) => f === 'command_line' && p.m.get(f) ? p.m.get(f)! + ' ' + (n >> 3) : p.m.get(f) ?? '', column: (f: any) => f } } }
  for (const a of analyzers) { const t = process.cpuUsage(); const r = runAnalyzers(many(), [parseAnalyzerConfig(a.name, {})], fs); console.log(name, a.name, Math.round(process.cpuUsage(t).user / 1000), 'ms', r.findings.length, Math.round(process.memoryUsage().rss / 1e6), 'MB') }
}
