import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { CaseFileMerge, CaseFileReport } from '#contract/caseFiles'
import type { MapElement } from '#contract/maps'
import { testApp, type TestApp } from '../testing/testApp.ts'

const anna = testApp('case-map-anna')
const ben = testApp('case-map-ben')

async function job<T>(app: TestApp, started: Promise<{ jobId: string }>): Promise<T> {
  const ended = await app.client.finished((await started).jobId)
  expect(ended.failure).toBeNull()
  // The result of this kind of job, by contract.
  return ended.result as T
}
const node = (label: string, x: number): MapElement => ({
  ...{ kind: 'node', id: randomUUID(), updatedAt: '2026-11-29T10:00:00.000Z', icon: 'host', label, note: '' },
  ...{ colour: 'neutral', x, y: 0, size: 26, groupId: null, entity: null },
})

test('a case goes with its board, notes, links and activity, a drawn map with its elements; two people work on both', async () => {
  const hunt = await anna.call('hunts.create', { name: 'Beacon' })
  const ticket = await anna.offer('rows.csv', 'a,b\n1,2\n3,4\n5,6\n')
  await job(anna, anna.call('datasets.import', { huntId: hunt.id, files: [{ ticket }], analyze: false }))
  const datasetId = (await anna.call('datasets.list', { huntId: hunt.id })).datasets[0]?.id ?? ''
  const map = await anna.call('maps.create', {
    huntId: hunt.id,
    name: 'Day 1',
    elements: [node('NASHUA', 0), node('FS03', 50)],
  })
  const kase = await anna.call('cases.create', { title: 'Foothold', tlp: 'AMBER+STRICT', description: 'First.' })
  await anna.call('cases.link', {
    id: kase.id,
    links: [
      { kind: 'hunt', target: hunt.id },
      { kind: 'row', target: `${datasetId}/3` },
      { kind: 'ioc', target: '198.51.100[.]7', verdict: 'malicious' },
    ],
  })
  const task = await anna.call('cases.createTask', { caseId: kase.id, title: 'Image the disk' })
  // A row that only a note speaks of goes along as well.
  const reference = { kind: 'row' as const, target: `${datasetId}/2` }
  await anna.call('cases.createNote', {
    caseId: kase.id,
    title: 'How',
    text: `By [[technique:T1190]], see [[row:${reference.target}]].`,
  })

  const send = async (from: TestApp, to: TestApp): Promise<CaseFileMerge> => {
    const report = await job<CaseFileReport>(
      from,
      from.call('caseFiles.export', { huntIds: [hunt.id], caseIds: [kase.id], to: 'folder' }),
    )
    const ticket = await to.app.files.offer(report.path ?? '')
    expect((await to.call('caseFiles.inspect', { ticket })).contents?.tlp).toBe('AMBER+STRICT')
    return job<CaseFileMerge>(to, to.call('caseFiles.import', { ticket }))
  }
  await ben.call('cases.create', { title: 'Of my own' })
  expect((await send(anna, ben)).outcomes).toMatchObject({ cases: { new: 1 }, caseTasks: { new: 1 }, maps: { new: 1 } })
  expect(await ben.call('cases.get', { id: kase.id })).toMatchObject({
    title: 'Foothold',
    tlp: 'AMBER+STRICT',
    number: 2,
    notes: 1,
  })
  const links = (await ben.call('cases.links', { id: kase.id })).links
  expect(links.map(({ kind }) => kind).sort()).toEqual(['hunt', 'ioc', 'row'])
  // Only the cited rows came: the link names one by its number here, everything that is read by its number in the source.
  const label = expect.stringMatching(/row 3$/)
  expect(links.find(({ kind }) => kind === 'row')).toMatchObject({
    ...{ target: `${datasetId}/2`, label, reference: `[[row:${datasetId}/3]]` },
  })
  expect((await ben.call('cases.resolve', { references: [reference] })).references).toMatchObject([
    { found: true, row: 1, label: expect.stringMatching(/row 2$/) },
  ])
  expect(await ben.call('rows.get', { datasetId, row: 1 })).toMatchObject({ sourceRow: 2 })
  expect(await ben.call('datasets.get', { id: datasetId })).toMatchObject({ rows: 2, excerptOf: 3 })
  expect(await ben.call('datasets.sourceRows', { id: datasetId })).toEqual({
    runs: [{ row: 1, sourceRow: 2, rows: 2 }],
    total: 1,
  })
  expect(await anna.call('datasets.sourceRows', { id: datasetId })).toEqual({ runs: [], total: 0 })
  expect(await ben.call('cases.verify', { id: kase.id })).toMatchObject({ intact: true })

  const elements = (await anna.call('maps.get', { id: map.id })).document.elements
  await anna.call('maps.edit', {
    id: map.id,
    act: 'Rename',
    put: elements.slice(0, 1).map((one) => ({ ...one, label: 'NASHUA (DC)' })),
  })
  await ben.call('maps.edit', {
    id: map.id,
    act: 'Add',
    put: [node('10.0.1.6', 90)],
    remove: elements.slice(1, 2).map(({ id }) => id),
  })
  await anna.call('cases.update', { id: kase.id, status: 'in-progress' })
  await ben.call('cases.update', { id: kase.id, description: 'First. Second.', severity: 'critical' })
  await ben.call('cases.updateTask', { id: task.id, state: 'done' })
  await send(ben, anna)
  await send(anna, ben)
  for (const app of [anna, ben]) {
    const drawn = await app.call('maps.get', { id: map.id })
    expect(drawn.document.elements.map((one) => ('label' in one ? one.label : '')).sort()).toEqual([
      '10.0.1.6',
      'NASHUA (DC)',
    ])
    expect(drawn.nodes).toBe(2)
    expect(await app.call('cases.get', { id: kase.id })).toMatchObject({
      status: 'in-progress',
      severity: 'critical',
      description: 'First. Second.',
    })
    expect((await app.call('cases.tasks', { id: kase.id })).tasks).toMatchObject([{ state: 'done' }])
    const verified = await app.call('cases.verify', { id: kase.id })
    expect(verified).toMatchObject({ intact: true })
    expect(verified.chains).toHaveLength(2)
  }
  expect((await anna.call('cases.activity', { id: kase.id })).total).toBe(
    (await ben.call('cases.activity', { id: kase.id })).total,
  )
})
