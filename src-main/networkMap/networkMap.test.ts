import { describe, expect, it } from 'vitest'
import { failureOf } from '../testing/failureOf.ts'
import { huntSteps } from '../testing/huntSteps.ts'
import { testApp } from '../testing/testApp.ts'

// The network of a hunt over a whole application: real files, real threads, every answer checked against the contract.

const program = testApp('network')
const { call } = program
const { hunt } = huntSteps(program)

const CONN = [
  'ts,src_ip,dst_ip,dst_port,orig_bytes,resp_bytes,mac',
  ...Array.from(
    { length: 5 },
    (_, n) => `2024-01-01T10:00:0${n}Z,10.0.1.6,192.168.0.4,8443,100,${n === 0 ? '-' : 20},00-0d-3a-13-e3-69`,
  ),
  '2024-01-01T11:00:00Z,10.0.1.4,10.0.1.6,445,1,2,00:0d:3a:00:00:01',
  '2024-01-01T11:30:00Z,10.0.1.4,192.168.0.4,80,,,00:0d:3a:00:00:01',
  ',10.0.1.6,0.0.0.0,1,1,1,',
  ',10.0.1.6,<script>alert(1)</script>,1,1,1,',
].join('\n')
const DNS = [
  'ts,src_ip,dst_ip,query,qtype_name,answers',
  '2024-01-01T10:00:00Z,10.0.1.6,10.0.0.4,NASHUA.corp.example.,A,"[""10.0.1.6""]"',
  '2024-01-01T10:00:01Z,10.0.1.6,10.0.0.4,www.example.org,A,203.0.113.9;::ffff:203.0.113.10',
].join('\n')

const edges = (picture: { edges: { from: string; to: string; count: number; bytes: number | null }[] }) =>
  picture.edges.map(({ from, to, count, bytes }) => `${from} > ${to} ${count} ${bytes}`).sort()

describe('the network of a hunt', () => {
  it('ties what rows name, a machine once under name, address and MAC, and says what is no name', async () => {
    const { id: huntId, datasets } = await hunt('ties', [CONN, DNS])
    const picture = await call('networkMap.build', { huntId })
    expect(edges(picture)).toEqual([
      'domain:www.example.org > address:203.0.113.10 1 null',
      'domain:www.example.org > address:203.0.113.9 1 null',
      'host:10.0.1.4 > address:192.168.0.4 1 null',
      'host:10.0.1.4 > host:nashua 1 3',
      'host:nashua > address:10.0.0.4 2 null',
      'host:nashua > address:192.168.0.4 5 580',
      'host:nashua > domain:www.example.org 1 null',
    ])
    expect(picture.folded).toEqual({ nodes: 0, edges: 0, inside: 0, undrawn: 0 })
    expect(picture.axis?.buckets.reduce((sum, rows) => sum + rows, 0)).toBe(12)
    const { hosts } = await call('networkMap.hosts', { huntId })
    expect(hosts[0]).toMatchObject({
      id: 'nashua',
      names: ['NASHUA.corp.example.'],
      addresses: ['10.0.1.6'],
      macs: ['00:0d:3a:13:e3:69'],
    })
    expect(
      await call('networkMap.build', { huntId, q: 'dst_port:8443', datasetIds: [datasets[0] ?? ''] }),
    ).toMatchObject({
      edges: [{ count: 5, first: '2024-01-01T10:00:00.000Z', last: '2024-01-01T10:00:04.000Z' }],
      rows: { matched: 5, all: 9 },
    })
    const late = await call('networkMap.build', { huntId, from: '2024-01-01T11:00:00Z', types: ['host'] })
    expect(edges(late)).toEqual(['host:10.0.1.4 > host:nashua 1 3'])
    expect(await failureOf(call('networkMap.build', { huntId, q: 'a:(' }))).toMatchObject({ code: 'invalid-input' })
    expect(await failureOf(call('networkMap.build', { huntId: datasets[0] ?? '' }))).toMatchObject({
      code: 'not-found',
    })
  })

  it('finds neighbours and ways, tells facts with the query of the rows, and lists every edge', async () => {
    const { id: huntId } = await hunt('ways', [CONN])
    const { paths, source } = await call('networkMap.path', { huntId, source: '10.0.1.4', target: '192.168.0.4' })
    expect(source).toBe('host:10.0.1.4')
    expect(paths.map(({ nodes }) => nodes.map(({ label }) => label))).toEqual([
      ['10.0.1.4', '192.168.0.4'],
      ['10.0.1.4', '10.0.1.6', '192.168.0.4'],
    ])
    expect(await call('networkMap.path', { huntId, source: 'nobody', target: '10.0.1.4' })).toMatchObject({
      source: null,
      paths: [],
    })
    const around = await call('networkMap.neighbours', { huntId, node: '10.0.1.4', depth: 1 })
    expect([around.node, around.all.nodes]).toEqual(['host:10.0.1.4', 3])
    const facts = await call('networkMap.facts', { huntId, node: '192.168.0.4', other: '10.0.1.6' })
    expect(facts).toMatchObject({
      count: 5,
      bytes: 580,
      interval: { median: 1, mean: 1 },
      ports: [{ port: '8443', count: 5 }],
      soc: '192.168.0.4',
    })
    const [rows] = facts.rows
    expect(rows?.rows).toBe(5)
    expect(await call('rows.count', { datasetId: rows?.datasetId ?? '', q: rows?.q })).toEqual({ count: 5 })
    expect(await failureOf(call('networkMap.facts', { huntId, node: 'nobody' }))).toMatchObject({ code: 'not-found' })
    expect(await call('networkMap.edges', { huntId, text: '10.0.1.4', limit: 1 })).toMatchObject({
      total: 2,
      edges: [{ shown: 'drawn' }],
    })
  })

  it('folds what is too much, and its tables hold what is folded: together they are everything', async () => {
    const lines = Array.from({ length: 400 }, (_, n) => `10.${n % 40}.${n % 7}.${n},198.51.${n % 3}.${n % 200}`)
    const { id: huntId } = await hunt('folds', [['src_ip,dst_ip', ...lines].join('\n')])
    const shape = { huntId, nodesMax: 40, edgesMax: 60 }
    const picture = await call('networkMap.build', shape)
    expect(picture.nodes.length).toBeLessThanOrEqual(40)
    const singles = picture.nodes.filter(({ fold }) => fold === null).length
    expect(singles + picture.folded.nodes).toBe(picture.all.nodes)
    const folded = await call('networkMap.nodes', { ...shape, only: 'folded', limit: 500 })
    expect(folded.total).toBe(picture.folded.nodes)
    const alone = picture.edges.filter(({ merged }) => merged === 1).length
    expect(alone + picture.folded.edges + picture.folded.inside + picture.folded.undrawn).toBe(picture.all.edges)
    const [group] = picture.nodes.filter(({ fold }) => fold !== null)
    const within = await call('networkMap.nodes', { ...shape, within: group?.id ?? '' })
    expect(within.total).toBe(group?.members)
  })

  it('follows alerts: edges of their rows and both ends are marked', async () => {
    const beacon = Array.from(
      { length: 60 },
      (_, n) => `2024-01-01T10:${String(n).padStart(2, '0')}:00Z,10.0.1.6,203.0.113.9,8443`,
    )
    const { id: huntId } = await hunt('alerts', [
      ['ts,src_ip,dst_ip,dst_port', ...beacon, '2024-01-01T10:00:00Z,10.0.1.7,10.0.1.6,445'].join('\n'),
    ])
    expect((await call('networkMap.build', { huntId })).edges.every(({ alerts }) => alerts === null)).toBe(true)
    await program.client.finished((await call('analyzers.run', { huntId, analyzers: ['network_anomaly'] })).jobId)
    const { edges: drawn, nodes } = await call('networkMap.build', { huntId })
    expect(drawn.map(({ to, alerts }) => [to, alerts !== null])).toEqual([
      ['address:203.0.113.9', true],
      ['host:10.0.1.6', false],
    ])
    expect(nodes.find(({ id }) => id === 'host:10.0.1.7')?.alerts).toBeNull()
    expect((await call('networkMap.facts', { huntId, node: '203.0.113.9' })).alertsTotal).toBeGreaterThan(0)
  })
})

describe('hosts', () => {
  it('are merged and split by hand, taken back and brought back, also after more evidence came and over a restart', async () => {
    const { id: huntId } = await hunt('hosts', ['src_ip,dst_ip\n10.0.0.1,10.0.0.9\n10.0.0.2,10.0.0.9'])
    const names = async () =>
      (await call('hosts.list', { huntId })).hosts
        .map(({ addresses, names: called }) => [...called, ...addresses].join(' '))
        .sort()
    expect(await names()).toEqual(['10.0.0.1', '10.0.0.2'])
    const merged = await call('hosts.merge', { huntId, names: ['10.0.0.1', '10.0.0.2', 'GATE'] })
    expect(await names()).toEqual(['GATE 10.0.0.1 10.0.0.2'])
    expect((await call('networkMap.build', { huntId })).nodes.map(({ id }) => id).sort()).toEqual([
      'address:10.0.0.9',
      'host:gate',
    ])
    const split = await call('hosts.split', { huntId, names: ['10.0.0.2'] })
    expect(await names()).toEqual(['10.0.0.2', 'GATE 10.0.0.1'])
    const ticket = await program.offer('more.csv', 'src_ip,dst_ip\n10.0.0.1,10.0.0.7\n10.0.0.1,10.0.0.8')
    await program.client.finished(
      (await call('datasets.import', { huntId, files: [{ ticket }], analyze: false })).jobId,
    )
    await program.end()
    await program.open()
    expect(await names()).toEqual(['10.0.0.2', 'GATE 10.0.0.1'])
    await call('hosts.undo', { id: merged.id })
    expect(await names()).toEqual(['10.0.0.1', '10.0.0.2'])
    await call('hosts.redo', { change: merged })
    expect(await call('hosts.changes', { huntId })).toMatchObject({
      total: 2,
      changes: [{ id: split.id }, { id: merged.id }],
    })
    expect(await names()).toEqual(['10.0.0.2', 'GATE 10.0.0.1'])
    expect(await failureOf(call('hosts.undo', { id: huntId }))).toMatchObject({ code: 'not-found' })
    expect(await failureOf(call('hosts.redo', { change: merged }))).toMatchObject({ code: 'conflict' })
    expect((await call('hosts.get', { huntId, name: 'gate' })).host?.byHand).toBe(true)
  })
})
