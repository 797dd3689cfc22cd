import { existsSync, readFileSync, readdirSync } from 'node:fs'
import Papa from 'papaparse'
import { expect, test, vi } from 'vitest'
import type { RowView } from './analyzer.ts'
import { parseAnalyzerConfig } from './analyzerConfig.ts'
import { analyzed, rowsOf } from '../testing/evidenceRows.ts'
import { analyzers } from './index.ts'
import type { CanonicalField } from '#contract/values'

/** Long by nature: seconds on an idle machine, many times that on a busy one. */
vi.setConfig({ testTimeout: 120_000 })

/** Real files that nobody of this project wrote; skipped where they are not there. */
const EVIDENCE = '../shared/evidence'
const missing = !existsSync(EVIDENCE)
const run = (rows: readonly RowView[], fields: ReadonlySet<CanonicalField>) =>
  analyzed(
    rows,
    analyzers.map((analyzer) => parseAnalyzerConfig(analyzer.name, {})),
    fields,
  ).findings
const table = (path: string) =>
  Papa.parse<Record<string, string>>(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''), {
    header: true,
    skipEmptyLines: true,
  }).data

const HOST = `${EVIDENCE}/msticpy/docs/notebooks/data/processes_on_host.csv`
/** Techniques of the attack run, and what the command line of every cited row must hold. */
const EXPECTED: readonly (readonly [string, RegExp, number])[] = [
  ['T1490', /vssadmin +delete shadows/, 1],
  ['T1136.001', /user adm1nistrator Bob_testing \/add/, 2],
  ['T1105', /certutil +-urlcache/, 1],
  ['T1140', /certutil +-decode/, 1],
  ['T1059.001', /powershell|pOWErS|Invoke-/i, 7],
  ['T1003', /mimikatz/, 1],
  ['T1218.010', /regsvr32/, 1],
  ['T1218.005', /mshta/, 1],
  ['T1218.008', /odbcconf/, 2],
  ['T1562.001', /amsiinitfailed/, 1],
  ['T1562.002', /dontLog:true/, 2],
  ['T1070', /del C:\\inetpub\\logs/, 1],
  ['T1218.011', /rundll32/i, 2],
  ['T1069.002', /Domain Admins/, 2],
  ['T1033', /whoami/, 1],
  ['T1134.001', /\\\\\.\\pipe\\blahtest/, 1],
  ['T1027.010', /\^|\+|`|\{0\}/, 4],
  ['T1036.005', /./, 5],
  ['T1543.003', /sc +create|svchost/i, 1],
  ['T1546.012', /Image File Execution/, 1],
]

test.skipIf(missing).each(EXPECTED)('the attack on one host: %s with the right rows', (technique, command, rows) => {
  const { rows: all, fields } = rowsOf(HOST)
  const cited = run(all, fields)
    .filter((finding) => finding.mitreTechnique === technique && finding.analyzer !== 'frequency_anomaly')
    .flatMap((finding) => finding.evidence.map((each) => each.row))
  expect(new Set(cited).size).toBeGreaterThanOrEqual(rows)
  for (const row of cited) expect(all[row - 1]?.text('command_line')).toMatch(command)
})

test.skipIf(missing)(
  'the attack on one host: encoded commands are shown decoded, and the monitoring agent is not alarming',
  () => {
    const { rows, cell, fields } = rowsOf(HOST)
    const findings = run(rows, fields)
    expect(rows).toHaveLength(363)
    expect(findings.find((finding) => finding.tags[0] === 'powershell-encoded')?.description).toContain("$t = 'dir';")
    const agent = new Set(
      rows.filter((_, position) => cell(position, 'SubjectUserName') === 'MSTICAlertsWin1$').map((row) => row.row),
    )
    expect(agent.size).toBeGreaterThan(180)
    const alarming = findings.filter(
      (finding) =>
        finding.severity !== 'low' && finding.severity !== 'info' && finding.analyzer !== 'frequency_anomaly',
    )
    expect(alarming.filter((finding) => finding.evidence.some((each) => agent.has(each.row)))).toEqual([])
    const statistical = findings.filter(
      (finding) => finding.analyzer === 'entropy' || finding.analyzer === 'frequency_anomaly',
    )
    expect(statistical.filter((finding) => finding.severity === 'high' || finding.severity === 'critical')).toEqual([])
    expect(findings.length).toBeLessThan(120)
  },
)

test.skipIf(missing)('labelled attack files: most get a finding with their technique', () => {
  const folder = `${EVIDENCE}/evtx-to-mitre-attack/dev`
  const { rows, cell, fields } = rowsOf(`${folder}/windows_events.csv`)
  const byFile = new Map<string, RowView[]>()
  rows.forEach((row, position) => {
    const file = cell(position, 'SourceFile')
    byFile.set(file, [...(byFile.get(file) ?? []), row])
  })
  const labels = table(`${folder}/truth.csv`).flatMap((line) => {
    const [file = '', technique = ''] = Object.values(line)
    return technique === '' ? [] : [{ file, technique }]
  })
  const right = labels.filter(({ file, technique }) =>
    run(byFile.get(file) ?? [], fields).some(
      (finding) => finding.mitreTechnique?.slice(0, 5) === technique.slice(0, 5),
    ),
  )
  console.log(`Labelled attack files with the right technique: ${right.length} of ${labels.length}`)
  expect(labels).toHaveLength(153)
  expect(right.length).toBeGreaterThanOrEqual(112)
})

/** Simulated attacks amid noise; covenant_copy_smb only leaves the use of an admin share. */
const ATTACKS: Record<string, string> = {
  aptsimulator_cobaltstrike: 'T1134',
  cmd_bitsadmin_download_psh_script: 'T1197',
  cmd_mshta_vbscript_execute_psh: 'T1218.005',
  cmd_sam_copy_esentutl: 'T1003.002',
  cmd_userinitmprlogonscript_batch: 'T1037.001',
  covenant_copy_smb_CreateRequest: 'T1021.002',
  covenant_dcsync_dcerpc_drsuapi_DsGetNCChanges: 'T1003.006',
  psh_lsass_memory_dump_comsvcs: 'T1003.001',
  psh_mavinject_dll_notepad: 'T1055',
  schtask_create: 'T1053.005',
  sysmon_log4shell_cve2021_44228_java_serialized_object: 'T1059.001',
}
test.skipIf(missing).each(Object.entries(ATTACKS))('simulated attack %s is found as %s', (name, technique) => {
  const { rows, fields } = rowsOf(`${EVIDENCE}/otrf-security-datasets/derived/dev/${name}.csv`)
  const findings = run(rows, fields)
  expect(findings.filter((finding) => finding.mitreTechnique?.startsWith(technique)).length).toBeGreaterThan(0)
  const loud = findings.filter((finding) => finding.severity === 'critical' || finding.severity === 'high')
  expect(loud.length).toBeLessThan(12)
})

test.skipIf(missing)('every other table of the evidence folder passes without an error', () => {
  const files = readdirSync(EVIDENCE, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.csv$/.test(file) && !/torture|windows_events|mde_proc|derived/.test(file),
  )
  expect(files.length).toBeGreaterThan(30)
  for (const file of files) {
    const { rows, fields } = rowsOf(`${EVIDENCE}/${file}`)
    const known = new Set(rows.map((row) => row.row))
    for (const finding of run(rows, fields))
      expect(
        finding.evidence.every((each) => known.has(each.row)),
        file,
      ).toBe(true)
  }
})
