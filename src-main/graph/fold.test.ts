import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold } from './fold.ts'
import { assemble, type Graph, type Named, type Pair } from './network.ts'
import { nodesAround, pathsBetween } from './walk.ts'

const address = (n: number): Named => ({
  ...{
    id: `address:10.0.${n >> 4}.${n & 15}`,
    type: 'address',
    label: `10.0.${n >> 4}.${n & 15}`,
    detail: '',
    scope: 'private',
  },
  groups: [
    { fold: 'network', key: `10.0.${n >> 4}.0/24` },
    { fold: 'network', key: '10.0.0.0/16' },
  ],
})
const user = (n: number): Named => ({
  id: `user:u${n}`,
  type: 'user',
  label: `u${n}`,
  detail: '',
  scope: null,
  groups: [],
})
const RARE: Named = {
  ...{ id: 'rare:user', type: 'user', label: 'rarer users', detail: '', scope: null, groups: [], rare: true },
}
/** The last one stands for users that nobody tells apart. */
const named = (n: number): Named => (n === 250 ? RARE : n % 5 === 0 ? user(n) : address(n))
const pair = (from: number, to: number, count = 1, times: [number, number][] = [[0, count]]): Pair => ({
  ...{ kind: 'connection', from: named(from), to: named(to), count, times },
  ...{ bytes: count * 10, first: from, last: from + to },
})
const graphs = fc
  .array(fc.tuple(fc.nat(250), fc.nat(250), fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 600 })
  .map((ends) => assemble(ends.map(([from, to, count]) => pair(from, to, count))))
const rank = ({ degree }: { degree: number }): number => degree

function placeOf(graph: Graph, id: string): number {
  const place = graph.byId.get(id)
  if (place === undefined) throw new Error(`no ${id}`)
  return place
}

describe('folding', () => {
  it('shows or folds every node and every edge once, whatever the budget: shown and folded are all', () => {
    fc.assert(
      fc.property(
        graphs,
        fc.integer({ min: 20, max: 80 }),
        fc.integer({ min: 50, max: 120 }),
        (graph, nodesMax, edgesMax) => {
          const folded = fold(graph, { nodesMax, edgesMax, open: new Set(), rank })
          expect(folded.nodes.length).toBeLessThanOrEqual(nodesMax)
          expect(folded.edges.length).toBeLessThanOrEqual(edgesMax)
          const members = folded.nodes.flatMap((node) => node.members)
          expect(members.toSorted((a, b) => a - b)).toEqual(graph.nodes.map((_node, n) => n))
          folded.nodes.forEach((node, n) => {
            for (const member of node.members) expect(folded.placeOf[member]).toBe(n)
          })
          const drawn = [...folded.edges, ...folded.undrawn]
          const edges = [...drawn.flatMap((edge) => edge.members), ...folded.inside]
          expect(edges.toSorted((a, b) => a - b)).toEqual(graph.edges.map((_edge, n) => n))
          const rows =
            drawn.reduce((sum, { count }) => sum + count, 0) +
            folded.inside.reduce((sum, n) => sum + (graph.edges[n]?.count ?? 0), 0)
          expect(rows).toBe(graph.edges.reduce((sum, { count }) => sum + count, 0))
          const rare = graph.byId.get(RARE.id)
          if (rare !== undefined) expect(folded.nodes[folded.placeOf[rare] ?? -1]?.fold).toBe('rest')
          for (const { members: own, times } of drawn)
            expect(times.reduce((sum, [, count]) => sum + count, 0)).toBe(
              own.reduce((sum, n) => sum + (graph.edges[n]?.count ?? 0), 0),
            )
        },
      ),
      { numRuns: 60 },
    )
  })

  it('leaves a small map as it is, and gives the members of an opened node one by one', () => {
    const star = assemble(Array.from({ length: 90 }, (_, n) => pair(1, n + 2)))
    expect(
      fold(star, { nodesMax: 500, edgesMax: 500, open: new Set(), rank }).nodes.every(({ fold: why }) => why === null),
    ).toBe(true)
    const folded = fold(star, { nodesMax: 40, edgesMax: 100, open: new Set(), rank })
    const leaves = folded.nodes.find(({ fold: why, type }) => why === 'leaves' && type === 'user')
    expect(leaves?.label).toBe('10.0.0.1')
    const opened = fold(star, { nodesMax: 60, edgesMax: 100, open: new Set([leaves?.id ?? '']), rank })
    expect(opened.nodes.filter(({ type, fold: why }) => type === 'user' && why === null).length).toBe(18)
  })
})

describe('a graph', () => {
  it('adds up what several datasets tell of one edge, but not what tells of it once more', () => {
    const graph = assemble([
      pair(1, 2, 3),
      pair(1, 2, 4, [[1, 4]]),
      { ...pair(1, 2, 50), echo: true },
      pair(2, 1, 1),
      pair(3, 3, 9),
    ])
    expect(graph.nodes.map(({ id, count, degree }) => [id, count, degree])).toEqual([
      ['address:10.0.0.1', 8, 1],
      ['address:10.0.0.2', 8, 1],
    ])
    expect(graph.edges[0]).toMatchObject({
      count: 7,
      bytes: 70,
      times: [
        [0, 3],
        [1, 4],
      ],
    })
  })

  it('leads nowhere through what stands for many, and keeps their rows among themselves', () => {
    const graph = assemble([pair(1, 250), pair(250, 2), pair(250, 250, 7)], new Map([[RARE.id, 40]]))
    expect(graph.nodes.map(({ stands, count }) => [stands, count])).toEqual([
      [1, 1],
      [40, 9],
      [1, 1],
    ])
    expect(pathsBetween(graph, 0, placeOf(graph, named(2).id), { directed: false, most: 3 })).toEqual([])
    expect([...nodesAround(graph, 0, 5)]).toEqual([0, 1])
  })

  it('finds the shortest way, then one that shares no edge with it, and nobody where there is none', () => {
    const graph = assemble([pair(1, 2, 5), pair(1, 3), pair(3, 2), pair(4, 1), pair(6, 7), pair(2, 1, 2)])
    const ids = (start: number, end: number, directed = false) =>
      pathsBetween(graph, placeOf(graph, named(start).id), placeOf(graph, named(end).id), { directed, most: 3 }).map(
        ({ nodes }) => nodes.map((node) => graph.nodes[node]?.label),
      )
    expect(ids(1, 2)).toEqual([
      ['10.0.0.1', '10.0.0.2'],
      ['10.0.0.1', '10.0.0.3', '10.0.0.2'],
    ])
    expect(ids(4, 3)).toEqual([['10.0.0.4', '10.0.0.1', '10.0.0.3']])
    expect(ids(2, 4, true)).toEqual([])
    expect(ids(1, 6)).toEqual([])
    expect([...nodesAround(graph, placeOf(graph, named(4).id), 2)].length).toBe(4)
  })
})
