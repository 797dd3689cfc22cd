import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { failureOf } from '../testing/failureOf.ts'
import { huntSteps } from '../testing/huntSteps.ts'
import { testApp } from '../testing/testApp.ts'

const program = testApp('correlation')
const { call } = program
const steps = huntSteps(program)

const HASH = 'A'.repeat(8) + '0123456789abcdef0123456789abcdef'.slice(8)
const TEXTS = {
  first: [
    `Time,Computer,src_ip,CommandLine\n` +
      `2024-03-01 10:00:00,WS1.corp.example,10.1.2.3,ping 203.0.114.9\n` +
      `2024-03-01 12:00:00,WS1,10.1.2.3,curl hxxp://evil-c2[.]com/a?q=1 ${HASH}\n` +
      `2024-03-01 14:00:00,OTHER,8.8.8.8,"copy evil-c2.com evil-c2.com"\n`,
  ],
  second: [
    `Time,Host,dest,note\n` +
      `2024-03-01 11:30:00,CORP\\ws1,evil-c2.com,${HASH.toLowerCase()}\n` +
      `2024-03-01 13:00:00,ws1,8.8.8.8,10.1.2.3 and 203.0.114.90\n`,
    `a,b\n1,EVIL-C2.COM\n`,
  ],
  third: [`Time,Computer,ip\n2024-03-01 11:00:00,DC9,10.1.2.3\n2024-03-05 11:00:00,DC9,198.41.0.4\n`],
}
let hunts: Record<'first' | 'second' | 'third', { id: string; datasets: string[] }>

beforeAll(async () => {
  hunts = {
    first: await steps.hunt('First', TEXTS.first),
    second: await steps.hunt('Second', TEXTS.second),
    third: await steps.hunt('Third', TEXTS.third),
  }
})
const pair = () => ({ huntIds: [hunts.first.id, hunts.second.id] })

describe('what hunts have in common', () => {
  test('indicators in every form, most occurrences first, with their datasets, columns and hunts', async () => {
    const { iocs, counts } = await call('correlation.run', pair())
    expect(iocs.map(({ value, type, count }) => [value, type, count])).toEqual([
      ['evil-c2.com', 'domain', 5],
      ['10.1.2.3', 'ipv4', 3],
      ['8.8.8.8', 'ipv4', 2],
      [HASH.toLowerCase(), 'md5', 2],
    ])
    expect(counts.iocs).toBe(4)
    const [first] = iocs
    expect(first?.huntIds).toEqual([hunts.first.id, hunts.second.id].sort())
    expect(first?.datasets.map(({ datasetId, count, columns }) => [datasetId, count, columns])).toEqual([
      [hunts.first.datasets[0], 3, ['CommandLine']],
      [hunts.second.datasets[0], 1, ['dest']],
      [hunts.second.datasets[1], 1, ['b']],
    ])
    expect(first?.datasets[0]).toMatchObject({
      firstTime: '2024-03-01T12:00:00.000Z',
      lastTime: '2024-03-01T14:00:00.000Z',
    })
  })

  test('hosts under all their names', async () => {
    const { hosts } = await call('correlation.run', pair())
    expect(hosts).toMatchObject([
      { host: 'WS1', count: 4, names: ['CORP\\ws1', 'WS1', 'WS1.corp.example', 'ws1'], noise: [] },
    ])
  })

  test('times that overlap, in hours, longest first', async () => {
    const { times } = await call('correlation.all', {})
    expect(times.map(({ a, b, hours }) => [a.huntId, b.huntId, hours])).toEqual(
      [
        [hunts.first.id, hunts.third.id, 3],
        [hunts.second.id, hunts.third.id, 1.5],
        [hunts.first.id, hunts.second.id, 1.5],
      ].sort((x, y) => Number(y[2]) - Number(x[2]) || (x[0] === hunts.first.id ? -1 : 1)),
    )
  })

  test('techniques that alerts or hypotheses of both name; a rejected hypothesis names none', async () => {
    const made = { title: 'They downloaded a tool', mitreTechnique: 'T1105' }
    const one = await call('hypotheses.create', { ...made, huntId: hunts.first.id })
    const other = await call('hypotheses.create', { ...made, huntId: hunts.second.id, status: 'active' })
    expect((await call('correlation.run', pair())).techniques).toMatchObject([
      { technique: 'T1105', name: 'Ingress Tool Transfer', alerts: 0, hypotheses: 2 },
    ])
    await call('hypotheses.update', { id: other.id, status: 'rejected' })
    expect(await call('correlation.run', pair())).toMatchObject({ techniques: [], counts: { techniques: 0 } })
    for (const { id } of [one, other]) await call('hypotheses.delete', { id })
  })

  test('the summary says it in words, and the total is the sum of the four lists', async () => {
    const { summary, total, counts } = await call('correlation.run', pair())
    expect(total).toBe(counts.iocs + counts.hosts + counts.times + counts.techniques)
    expect(summary.split('\n')).toEqual([
      'Correlation analysis across 2 hunts:',
      ' - 4 shared IOCs (0 flagged malicious)',
      ' - 1 overlapping time windows',
      ' - 1 hosts appearing in multiple hunts (potential lateral movement)',
    ])
  })

  test('one hunt is compared by its datasets', async () => {
    const one = await call('correlation.run', { huntIds: [hunts.second.id] })
    expect(one).toMatchObject({ by: 'datasets', counts: { iocs: 1, hosts: 0 } })
    expect(one.iocs[0]?.value).toBe('evil-c2.com')
    const alone = await call('correlation.run', { huntIds: [hunts.second.id], by: 'hunts' })
    expect(alone).toMatchObject({ total: 0, summary: 'Need at least 2 hunts for correlation analysis.' })
  })

  test('pages of the list add up to it, and a word narrows it', async () => {
    const pages = await Promise.all(
      [0, 1, 2, 3].map((offset) => call('correlation.run', { ...pair(), limit: 1, offset })),
    )
    expect(pages.flatMap(({ iocs }) => iocs.map(({ value }) => value))).toEqual(
      (await call('correlation.run', pair())).iocs.map(({ value }) => value),
    )
    const narrowed = await call('correlation.run', { ...pair(), text: 'EVIL', types: ['domain'] })
    expect(narrowed.iocs.map(({ value }) => value)).toEqual(['evil-c2.com'])
    expect(narrowed.byType).toEqual([{ type: 'domain', count: 1 }])
    const each = await call('correlation.run', { ...pair(), perType: 1 })
    expect(each.iocs.map(({ value }) => value)).toEqual(['evil-c2.com', '10.1.2.3', HASH.toLowerCase()])
    expect(each.counts.iocs).toBe(4)
  })
})

describe('noise', () => {
  test('each kind says how much it holds, and what is hidden is counted', async () => {
    const open = await call('correlation.all', {})
    expect(open.hidden).toEqual({
      total: 0,
      byNoise: [
        { noise: 'private', count: 1 },
        { noise: 'well-known', count: 1 },
        { noise: 'allow-list', count: 0 },
        { noise: 'everywhere', count: 1 },
        { noise: 'rare', count: 0 },
      ],
    })
    const quiet = await call('correlation.all', { hide: ['private', 'well-known'], maxRows: 4 })
    expect(quiet.hidden).toMatchObject({ total: 3 })
    expect(quiet.iocs.map(({ value }) => value)).toEqual([HASH.toLowerCase()])
    expect(quiet.counts.iocs + quiet.counts.hosts + quiet.hidden.total).toBe(open.counts.iocs + open.counts.hosts)
  })

  test('what is on the allow list can be hidden, and comes back when it is taken off', async () => {
    await call('intel.allow', { values: ['*.evil-c2[.]com', 'corp.example', 'ws1.corp.example'] })
    const quiet = await call('correlation.run', { ...pair(), hide: ['allow-list'] })
    expect(quiet.iocs.map(({ value }) => value)).not.toContain('evil-c2.com')
    expect(quiet.hosts).toEqual([])
    expect(quiet.hidden.total).toBe(2)
    expect(await call('intel.disallow', { values: ['evil-c2.com', 'ws1.corp.example'] })).toEqual({ removed: 2 })
    expect((await call('correlation.run', { ...pair(), hide: ['allow-list'] })).hidden.total).toBe(0)
  })
})

describe('one indicator everywhere', () => {
  test('every dataset, row and column, in any writing of it', async () => {
    const found = await call('correlation.findIoc', { value: 'evil-c2[.]com' })
    expect(found).toMatchObject({ value: 'evil-c2.com', type: 'domain', total: 4, looked: 4 })
    expect(found.occurrences.map(({ hunt, row, column }) => [hunt, row, column])).toEqual([
      ['First', 2, 'CommandLine'],
      ['First', 3, 'CommandLine'],
      ['Second', 1, 'dest'],
      ['Second', 1, 'b'],
    ])
    expect(found.datasets.map(({ rows, cells, columns }) => [rows, cells, columns])).toEqual([
      [2, 2, ['CommandLine']],
      [1, 1, ['dest']],
      [1, 1, ['b']],
    ])
  })

  test('an address is not found inside a longer one, a hash in any letter case', async () => {
    expect((await call('correlation.findIoc', { value: '203.0.114.9' })).total).toBe(1)
    expect((await call('correlation.findIoc', { value: HASH.toUpperCase() })).total).toBe(2)
    expect((await call('correlation.findIoc', { value: 'http://evil-c2.com/a?q=1' })).total).toBe(1)
  })

  test('a text that is no indicator is found as a whole cell, a host by its name', async () => {
    expect(await call('correlation.findIoc', { value: 'other' })).toMatchObject({ type: 'hostname', total: 1 })
    expect(await call('correlation.findIoc', { value: '10.1.2.3 AND 203.0.114.90' })).toMatchObject({
      type: null,
      total: 1,
    })
    expect(await call('correlation.findIoc', { value: '100% _nothing*' })).toMatchObject({ type: null, total: 0 })
  })

  test('pages add up, and only the hunts asked for are looked into', async () => {
    const pages = await Promise.all(
      [0, 1, 2, 3].map((offset) => call('correlation.findIoc', { value: 'evil-c2.com', limit: 1, offset })),
    )
    expect(pages.map(({ occurrences }) => occurrences.length)).toEqual([1, 1, 1, 1])
    expect(await call('correlation.findIoc', { value: 'evil-c2.com', huntIds: [hunts.third.id] })).toMatchObject({
      total: 0,
      looked: 1,
    })
  })
})

describe('what cannot be compared', () => {
  test('an unknown hunt or dataset is named', async () => {
    const unknown = '6f3f7f6e-2a07-4d5a-9b1e-6a1a5a3f0001'
    expect(await failureOf(call('correlation.run', { huntIds: [unknown] }))).toMatchObject({ code: 'not-found' })
    expect(
      await failureOf(call('correlation.run', { ...pair(), datasetIds: [unknown, hunts.first.datasets[0] ?? ''] })),
    ).toMatchObject({ code: 'not-found' })
  })

  test('a dataset whose file is gone is left out and named', async () => {
    const extra = await steps.hunt('Broken', ['ip\n10.1.2.3\n'])
    const id = extra.datasets[0] ?? ''
    rmSync(join(program.folder, 'datasets', `${id}.db`))
    const answer = await call('correlation.all', {})
    expect(answer.skipped).toMatchObject([{ datasetId: id, dataset: 'Broken 5.csv' }])
    expect(answer.counts.iocs).toBe(4)
    expect((await call('correlation.findIoc', { value: '10.1.2.3' })).skipped).toMatchObject([{ datasetId: id }])
    await call('hunts.delete', { id: extra.id })
    expect((await call('correlation.all', {})).skipped).toEqual([])
  })
})
