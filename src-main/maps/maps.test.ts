import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { DrawnMap, MapElement } from '#contract/maps'
import { failureOf } from '../testing/failureOf.ts'
import { testApp } from '../testing/testApp.ts'

// Drawn maps over a whole application: real files, real threads, every answer checked against the contract.

const program = testApp('maps')
const { call } = program
const AT = '2026-01-01T00:00:00.000Z'
const id = (n: number): string => `0b6a2a52-93a4-4dd9-8d7b-4c1c3d0f${String(n).padStart(4, '0')}`
const node = (n: number, label = `n${n}`, groupId: string | null = null): MapElement => ({
  ...{ kind: 'node', id: id(n), updatedAt: AT, icon: 'host', label, note: '', colour: 'neutral', x: n, y: n, size: 26 },
  ...{ groupId, entity: null },
})
const link = (n: number, from: number, to: number): MapElement => ({
  ...{
    kind: 'link',
    id: id(n),
    updatedAt: AT,
    from: id(from),
    to: id(to),
    label: '',
    colour: 'neutral',
    dashed: false,
    directed: true,
  },
  ...{ count: 3, bytes: null, kinds: [], first: null, last: null },
})
const ids = ({ document }: DrawnMap): string[] => document.elements.map((element) => element.id).sort()
const newHunt = async () => (await call('hunts.create', { name: 'h' })).id
async function exported(
  map: DrawnMap,
  format: 'graphml' | 'graphml-yed' | 'csv-edges' | 'csv-nodes',
  guard = false,
): Promise<string> {
  const job = await program.client.finished(
    (await call('maps.export', { id: map.id, format, guard, to: 'folder' })).jobId,
  )
  expect(job.failure).toBeNull()
  const path: unknown = Reflect.get(Object(job.result), 'path')
  return readFileSync(String(path), 'utf8')
}

describe('a drawn map', () => {
  it('keeps every act, takes it back and brings it back after a restart; what goes takes its links along', async () => {
    const map = await call('maps.create', {
      huntId: await newHunt(),
      name: 'Day 1',
      elements: [node(1), node(2), link(3, 1, 2)],
    })
    expect(map).toMatchObject({ nodes: 2, links: 1, undo: null, redo: null })
    await call('maps.edit', {
      id: map.id,
      act: 'Group',
      put: [{ kind: 'group', id: id(9), updatedAt: AT, label: 'LAN', colour: 'red' }, node(1, 'n1', id(9))],
    })
    const gone = await call('maps.edit', { id: map.id, act: 'Delete', remove: [id(2), id(9)] })
    expect(ids(gone)).toEqual([id(1)])
    expect(gone.document.elements[0]).toMatchObject({ groupId: null })
    expect(gone.document.removed.map((one) => one.id).sort()).toEqual([id(2), id(3), id(9)])
    await program.end()
    await program.open()
    const back = await call('maps.undo', { id: map.id })
    expect([ids(back), back.document.removed, back.undo, back.redo]).toEqual([
      [id(1), id(2), id(3), id(9)],
      [],
      'Group',
      'Delete',
    ])
    expect(back.document.elements.every(({ updatedAt }) => updatedAt > AT)).toBe(true)
    await call('maps.undo', { id: map.id })
    expect(await failureOf(call('maps.undo', { id: map.id }))).toMatchObject({ code: 'conflict' })
    expect(ids(await call('maps.redo', { id: map.id }))).toEqual([id(1), id(2), id(3), id(9)])
    const other = await call('maps.edit', { id: map.id, act: 'Move', put: [node(1)] })
    expect(other.redo).toBeNull()
    await call('maps.delete', { id: map.id })
    expect(await failureOf(call('maps.get', { id: map.id }))).toMatchObject({ code: 'not-found' })
    expect((await call('maps.restore', { id: map.id })).undo).toBe('Move')
    expect(await call('maps.list', { huntId: map.huntId, text: 'DAY' })).toMatchObject({
      total: 1,
      maps: [{ nodes: 2, links: 1 }],
    })
  })

  it('takes links from CSV, names the lines it cannot, and knows nodes by their label', async () => {
    const map = await call('maps.create', { huntId: await newHunt(), name: 'm', elements: [node(1, 'NASHUA')] })
    const csv =
      'Source;Target;Label;Weight;target_type\nnashua;192.168.0.4;8443;376;attacker\n;x;;;\na;a;;;\nwww.example.org;nashua;=1+1;;'
    const read = await call('maps.importEdges', { id: map.id, csv })
    expect(read).toMatchObject({ nodes: 2, links: 2, refusedTotal: 2, refused: [{ line: 3 }, { line: 4 }] })
    expect(read.map.document.elements).toContainEqual(
      expect.objectContaining({ label: '192.168.0.4', icon: 'attacker' }),
    )
    expect(read.map.undo).toBe('Import 2 links')
    expect(await failureOf(call('maps.importEdges', { id: map.id, csv: 'nothing' }))).toMatchObject({
      code: 'invalid-input',
    })
    expect(await exported(read.map, 'csv-edges', true)).toContain(",'=1+1,")
    expect(await exported(read.map, 'csv-edges')).toMatch(/^Source,Target,Type,Id,Label,/)
    expect((await exported(read.map, 'csv-nodes')).split('\r\n').length).toBe(5)
  })

  it('holds hostile texts as they are and writes XML that stays whole', async () => {
    const texts = ['</data><script>alert(1)</script>', 'a\u0000b\ud800c', '=cmd()', '"\n,', '\u202Etxt', ' ']
    const map = await call('maps.create', {
      huntId: await newHunt(),
      name: '../../x',
      elements: texts.map((text, n) => node(n + 1, text)),
    })
    expect(map.document.elements.map((element) => (element.kind === 'node' ? element.label : '')).sort()).toEqual(
      texts.toSorted(),
    )
    const xml = await exported(map, 'graphml')
    expect(xml.match(/<node /g)?.length).toBe(texts.length)
    expect(xml).not.toMatch(/<script|[\u0000-\u0008]|y:/)
    expect(xml).toContain('<key id="n_r" for="node" attr.name="r" attr.type="long"/>')
    expect(xml).toContain('<data key="n_r">197</data><data key="n_g">203</data><data key="n_b">211</data>')
    expect(xml).toContain('<data key="n_x">1</data><data key="n_y">-1</data><data key="n_size">13</data>')
    const yed = await exported(map, 'graphml-yed')
    expect(yed.match(/<y:Geometry x="-?\d+" y="-?\d+" width="26" height="26"\/>/g)?.length).toBe(texts.length)
    expect(yed).toContain('>&#60;/data&#62;&#60;script&#62;alert(1)&#60;/script&#62;</y:NodeLabel>')
    expect(yed).not.toMatch(/<script|[\u0000-\u0008]/)
  })

  it('is refused where it is none, and a picture is what it says', async () => {
    const huntId = await newHunt()
    expect(await failureOf(call('maps.create', { huntId: id(1), name: 'm' }))).toMatchObject({ code: 'not-found' })
    const picture = { huntId, name: 'p', to: 'folder' } as const
    const bad = await program.client.finished(
      (await call('maps.savePicture', { ...picture, format: 'png', data: 'AAAA' })).jobId,
    )
    expect(bad.failure?.code).toBe('invalid-input')
    const good = await program.client.finished(
      (await call('maps.savePicture', { ...picture, format: 'svg', data: '<svg/>' })).jobId,
    )
    expect(good.state).toBe('succeeded')
  })

  it('comes with the sample of an intrusion, and its entities are in the network of that hunt', async () => {
    const { huntId, jobId } = await call('hunts.openSample', { sample: 'apt29' })
    await program.client.finished(jobId)
    const { maps } = await call('maps.list', { huntId })
    const map = await call('maps.get', { id: maps[0]?.id ?? '' })
    const network = await call('networkMap.build', { huntId })
    const known = new Set(network.nodes.map((one) => one.id))
    const entities = map.document.elements.flatMap((element) =>
      element.kind === 'node' && element.entity !== null ? [element.entity] : [],
    )
    expect(entities.filter((entity) => !known.has(entity))).toEqual([])
    const [beacon] = network.edges
    expect([beacon?.from, beacon?.to, beacon?.count, beacon?.alerts !== null]).toEqual([
      'host:nashua',
      'address:192.168.0.4',
      376,
      true,
    ])
    const { paths } = await call('networkMap.path', {
      huntId,
      source: '10.0.1.4',
      target: '192.168.0.4',
      q: 'dst_port:8443 OR dst_port:445',
    })
    expect(paths.map(({ nodes }) => nodes.map((one) => one.id))).toContainEqual([
      'host:10.0.1.4',
      'host:nashua',
      'address:192.168.0.4',
    ])
  })
})
