import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { Alert } from '#contract/alerts'
import type { Dataset } from '#contract/datasets'
import { testApp } from '../src-main/testing/testApp.ts'

// Real evidence with known truth, through the whole application: imported, analyzed, alerts compared with what is in it.

/** Long by nature: seconds on an idle machine, many times that on a busy one. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const evidence = resolve('..', 'shared', 'evidence')
const here = existsSync(evidence)
if (!here) console.warn('The evidence with ground truth is not on this machine: these tests are skipped.')

const program = testApp('truth')

async function hunted(path: string): Promise<{ dataset: Dataset; alerts: Alert[] }> {
  const hunt = await program.client.call('hunts.create', { name: path, analyzeOnImport: false })
  const ticket = await program.app.files.offer(join(evidence, path))
  await program.client.finished(
    (await program.client.call('datasets.import', { huntId: hunt.id, files: [{ ticket }] })).jobId,
  )
  const dataset = (await program.client.call('datasets.list', { huntId: hunt.id })).datasets[0]
  if (!dataset) throw new Error(`${path} was not imported`)
  await program.client.finished((await program.client.call('analyzers.run', { datasetId: dataset.id })).jobId)
  const { alerts } = await program.client.call('alerts.list', { huntId: hunt.id, limit: 500 })
  return { dataset, alerts }
}

/** Text of every evidence row of an alert, from the dataset itself. */
async function evidenceRows(alert: Alert): Promise<string[]> {
  const texts: string[] = []
  const { evidence: rows } = await program.client.call('alerts.evidence', { id: alert.id, limit: 500 })
  for (const { datasetId, row } of rows) {
    const { cells } = await program.client.call('rows.get', { datasetId, row })
    texts.push(cells.map((cell) => cell.raw).join('\n'))
  }
  return texts
}

describe.skipIf(!here)('real evidence', () => {
  it('processes of an attacked Windows host: 363 rows, each technique found on the right rows, no high alert on the monitoring noise', async () => {
    const { dataset, alerts } = await hunted('msticpy/docs/notebooks/data/processes_on_host.csv')
    expect(dataset).toMatchObject({ rows: 363, quarantined: 0, state: 'ready' })
    const wanted: [string, RegExp][] = [
      ['T1490', /vssadmin\s+delete shadows/i],
      ['T1136.001', /net1?\s+user\s+adm1nistrator.*\/add/i],
      ['T1105', /certutil.*urlcache/i],
      ['T1059.001', /powershell/i],
      ['T1003', /mimikatz/i],
    ]
    for (const [technique, command] of wanted) {
      const found = alerts.filter((alert) => alert.mitreTechnique === technique)
      const texts = (await Promise.all(found.map(evidenceRows))).flat()
      expect(
        texts.some((text) => command.test(text)),
        `${technique} stands on rows with ${command}`,
      ).toBe(true)
    }
    for (const alert of alerts.filter(({ severity }) => severity === 'critical' || severity === 'high')) {
      for (const text of await evidenceRows(alert)) {
        expect(text, `${alert.title} stands on noise of the monitoring software`).not.toMatch(
          /Monitoring Agent\\|\\conhost\.exe 0xffffffff|cscript\.exe" *\/nologo "?MonitorKnowledgeDiscovery|WmiPrvSE\.exe -secured/i,
        )
      }
    }
  })

  it('4,719 Windows events with 365 columns and line breaks inside cells: none quarantined', async () => {
    const { dataset, alerts } = await hunted('evtx-to-mitre-attack/dev/windows_events.csv')
    // Four more are derived: the hashes of Sysmon.
    expect(dataset).toMatchObject({ rows: 4719, columns: 365, quarantined: 0 })
    expect(alerts.length).toBeGreaterThan(10)
    const multiLine = await program.client.call('rows.count', { datasetId: dataset.id, q: '"\n"' })
    expect(multiLine.count).toBeGreaterThan(0)
  })

  it('network connections of APT29 day 1: the beacon is an alert, DNS and Kerberos inside the network are not', async () => {
    const { dataset, alerts } = await hunted('otrf-security-datasets/derived/dev/apt29_day1_zeek_conn.csv')
    expect(dataset).toMatchObject({ rows: 613, quarantined: 0 })
    const texts = await Promise.all(alerts.map(async (alert) => ({ alert, rows: await evidenceRows(alert) })))
    const beacon = texts.find(
      ({ alert, rows }) =>
        alert.analyzer === 'network_anomaly' && rows.every((row) => /10\.0\.1\.6\n\d+\n192\.168\.0\.4\n8443/.test(row)),
    )
    expect(beacon?.alert.severity).toMatch(/critical|high|medium/)
    for (const { alert, rows } of texts) {
      for (const row of rows) expect(row, alert.title).not.toMatch(/10\.0\.\d\.\d+\n\d+\n10\.0\.\d\.\d+\n(53|88)\n/)
    }
  })
})
