import { expect, sample, test } from '../host.ts'
import { runTerminal as huntbench, startHeadless } from '../headless.ts'

test('import says what became of each file; the analyzers then name the attack of the sample by technique', async ({
  workspace,
}) => {
  const imported = await huntbench(workspace, 'import', sample('processes_on_host.csv'), '--hunt', 'demo', '--json')
  expect(imported.code, imported.err).toBe(0)
  const report = JSON.parse(imported.out)
  expect(report).toEqual({
    hunt: { id: expect.any(String), name: 'demo' },
    datasets: [
      {
        id: expect.any(String),
        name: 'processes_on_host.csv',
        file: 'processes_on_host.csv',
        rows: 363,
        quarantined: 0,
        columns: 19,
        profile: expect.any(String),
        encoding: 'utf-8',
        delimiter: ',',
        sha256: '98e5b7e27d25b77a79dee0ad8bd6fdd1b468c2d53a1b141ac3d50f13b6878c1e',
      },
    ],
    failed: [],
  })
  const run = await huntbench(workspace, 'call', 'analyzers.run', JSON.stringify({ datasetId: report.datasets[0].id }))
  expect(run.code, run.err).toBe(0)
  expect(JSON.parse(run.out)).toMatchObject({ state: 'succeeded', result: { rowsAnalyzed: 363 } })
  const listed = await huntbench(workspace, 'call', 'alerts.list', '{"limit":500}')
  const techniques = JSON.parse(listed.out).alerts.map(
    ({ mitreTechnique }: { mitreTechnique: string | null }) => mitreTechnique,
  )
  for (const technique of ['T1490', 'T1136.001', 'T1105', 'T1059.001']) expect(techniques).toContain(technique)
  expect(techniques.some((technique: string | null) => technique?.startsWith('T1003'))).toBe(true)
})

test('every call is listed with its schemas, and an unknown one fails with a code', async ({ workspace }) => {
  const people = await huntbench(workspace, 'calls')
  expect(people.code).toBe(0)
  expect(people.out).toContain('alerts.bulkUpdate')
  const programs = JSON.parse((await huntbench(workspace, 'calls', '--json')).out)
  expect(programs.find(({ name }: { name: string }) => name === 'datasets.preview')).toMatchObject({
    does: expect.any(String),
    input: { type: 'object', properties: { ticket: expect.anything() } },
    output: { type: 'object' },
  })
  const unknown = await huntbench(workspace, 'call', 'alerts.explode')
  expect(unknown.code).toBe(1)
  expect(JSON.parse(unknown.out)).toMatchObject({
    code: 'not-found',
    message: expect.stringContaining('alerts.explode'),
  })
  const bad = await huntbench(workspace, 'call', 'alerts.list', '{"limit":0}')
  expect(bad.code).toBe(1)
  expect(JSON.parse(bad.out)).toMatchObject({ code: 'invalid-input', detail: { path: 'limit' } })
})

test('a second program on the same workspace is refused and says why', async ({ workspace }) => {
  const shell = await startHeadless(workspace)
  const refused = await huntbench(workspace, 'import', sample('host_logons.csv'), '--hunt', 'demo', '--json')
  expect(refused.code).toBe(1)
  expect(JSON.parse(refused.out)).toMatchObject({ code: 'workspace-locked' })
  await expect(startHeadless(workspace)).rejects.toThrow('Another Huntbench is working in')
  await shell.stop()
  const after = await huntbench(workspace, 'import', sample('host_logons.csv'), '--hunt', 'demo', '--json')
  expect(after.code, after.err).toBe(0)
})
