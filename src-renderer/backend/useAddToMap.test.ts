import { expect, it } from 'vitest'
import { thingOf, thingsOfAlert } from './alertThings.ts'
import { elementsFor } from './useAddToMap.ts'

it('what an alert names becomes nodes, two addresses of a row a link, and what stands on the map, also by its note, is taken', () => {
  const evidence = [
    { datasetId: 'd', row: 1, field: 'src', value: '10.0.1.6' },
    { datasetId: 'd', row: 1, field: 'dst', value: '192.168.0.4' },
    { datasetId: 'd', row: 1, field: 'bytes', value: '12' },
  ]
  const added = thingsOfAlert({ host: 'NASHUA', user: null, title: 'Beacon', evidence })
  expect(added.nodes.map(({ entity }) => entity)).toEqual(['host:nashua', 'address:10.0.1.6', 'address:192.168.0.4'])
  const first = elementsFor(null, added, '2026-01-01T00:00:00.000Z')
  expect(first.map(({ kind }) => kind)).toEqual(['node', 'node', 'node', 'link'])
  const map = { document: { version: 1 as const, elements: first, removed: [] } }
  expect(elementsFor(map, added, '')).toEqual([])
  const drawn = first.flatMap((element) =>
    element.kind === 'node' && element.label === 'NASHUA' ? [{ ...element, note: 'client, 10.0.1.6' }] : [],
  )
  const beside = elementsFor({ document: { ...map.document, elements: drawn } }, added, '')
  expect(beside).toMatchObject([
    { kind: 'node', label: '192.168.0.4' },
    { kind: 'link', from: drawn[0]?.id },
  ])
  const more = elementsFor(map, { nodes: [{ icon: 'user', label: 'kim', entity: 'user:kim' }], links: [] }, '')
  const right = Math.max(...first.flatMap((element) => (element.kind === 'node' ? [element.x] : [])))
  expect(more[0]).toMatchObject({ kind: 'node', label: 'kim' })
  expect(more[0]?.kind === 'node' && more[0].x > right).toBe(true)
})

it('a text is an address, a URL, a domain or no name', () => {
  expect(
    ['10.0.0.1', 'fe80::1', 'https://a.example/x', 'www.example.org', 'cmd.exe /c', '', '12'].map(
      (text) => thingOf(text)?.icon ?? null,
    ),
  ).toEqual([...['address', 'address', 'url', 'domain', null, null, null]])
})
