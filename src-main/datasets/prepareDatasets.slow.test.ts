import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { openReadable } from '../sqlite/db.ts'
import { ofRows } from '../sqlite/queries/datasets.read.ts'
import { datasetSteps } from '../testing/datasetSteps.ts'
import { testApp } from '../testing/testApp.ts'

// The program is started twice, and each time has its threads start.
vi.setConfig({ testTimeout: 60_000 })

const program = testApp('prepared')
const { call } = program
const steps = datasetSteps(program)

/** More rows than are asked as they are; `Serial` has more values than few-valued columns may have, `Kind` few. */
const ROWS = 6_000
const events = (mark: string): string =>
  `When,Kind,Serial,Port\n${Array.from(
    { length: ROWS },
    (_, n) => `2024-07-01 10:${String(n % 60).padStart(2, '0')}:00,kind ${n % 3},${mark}${n % 4_500},${n % 2_000}`,
  ).join('\n')}\n`

const path = (id: string): string => join(program.folder, 'datasets', `${id}.segments`)
const prepared = async (id: string) => (await call('datasets.get', { id })).quick.state

/** What Explore asks, of every kind that segments answer. */
async function answers(datasetId: string) {
  const [serials, filtered, pairs, kinds, histogram, count] = [
    await call('rows.facets', { datasetId, column: 'Serial', limit: 5 }),
    await call('rows.facets', { datasetId, column: 'Serial', q: 'Kind:"kind 1"', limit: 5 }),
    await call('rows.facets', { datasetId, column: 'Kind', by: 'Serial', limit: 5 }),
    await call('rows.facets', { datasetId, column: 'Kind', q: 'Port:>1000' }),
    await call('rows.histogram', { datasetId, by: 'Serial' }),
    await call('rows.count', { datasetId, q: 'Kind:"kind 2" Port:[100 TO 900]' }),
  ]
  const firsts = []
  for (const q of ['', 'Kind:"kind 1"', 'Kind:"kind 2" Port:>30'])
    for (const descending of [true, false])
      firsts.push((await call('rows.page', { datasetId, q, sort: { column: 'Serial', descending }, limit: 40 })).rows)
  const counts = ({ values, distinct, empty, total }: typeof serials) => ({
    counts: values.map((value) => value.count),
    distinct,
    empty,
    total,
  })
  return {
    facets: [counts(serials), counts(filtered), counts(pairs), kinds],
    buckets: histogram.buckets.map(({ start, rows }) => ({ start, rows })),
    histogram: [histogram.distinct, histogram.rowsWithoutTime, histogram.series?.map(({ rows }) => rows)],
    count,
    firsts,
  }
}

it('an import is there at once; quick questions follow, and answer what was answered before', async () => {
  const { id } = await steps.imported(events('a'))
  expect(await prepared(id)).toBe('ready')
  const quick = await answers(id)
  expect(quick.facets[0]).toEqual({ counts: [2, 2, 2, 2, 2], distinct: 4_500, empty: 0, total: ROWS })
  const bytes = readFileSync(path(id))
  expect((await call('datasets.get', { id })).quick.bytes).toBe(bytes.length)

  // As after a crash between the dataset and its segments, half of which were written.
  await program.end()
  rmSync(path(id))
  writeFileSync(join(program.folder, 'datasets', `.${id}.segments`), bytes.subarray(0, 5_000))
  await program.open()
  expect(steps.leftovers()).toEqual([])
  expect(await prepared(id)).toBe('none')
  // The first question is answered without them, and has them made.
  expect(await answers(id)).toEqual(quick)
  await program.app.settled()
  expect(readFileSync(path(id)).length).toBe(bytes.length)
  expect(await answers(id)).toEqual(quick)
  // Who was asked nothing is found a while after the start.
  const db = openReadable(join(program.folder, 'workspace.db'))
  expect([ofRows(db, ROWS), ofRows(db, ROWS + 1)]).toEqual([[id], []])
  db.close()
})

it('segments that turn out to be damaged are put away: the question is answered without them, and they are made anew', async () => {
  const { id } = await steps.imported(events('b'))
  const right = await answers(id)
  const sound = readFileSync(path(id))
  // A bit of every piece; what was read of them before is kept by the thread, so another column is asked.
  writeFileSync(
    path(id),
    sound.map((byte, at) => (at > 64 && at % 64 === 20 ? byte ^ 4 : byte)),
  )
  const ports = await call('rows.facets', { datasetId: id, column: 'Port', limit: 1 })
  expect([ports.distinct, ports.total]).toEqual([2_000, ROWS])
  expect(await answers(id)).toEqual(right)
  await program.app.settled()
  expect(readFileSync(path(id)).length).toBe(sound.length)
  expect(await answers(id)).toEqual(right)
})

it('segments follow their dataset: read anew they are made anew, deleted they are gone', async () => {
  const { id } = await steps.imported(events('d'))
  const before = readFileSync(path(id))
  const right = await answers(id)
  await steps.ended(call('datasets.rescan', { id }))
  expect(await answers(id)).toEqual(right)
  await program.app.settled()
  expect(readFileSync(path(id)).subarray(8, 40).equals(before.subarray(8, 40))).toBe(false)
  expect(await answers(id)).toEqual(right)
  await call('datasets.delete', { id })
  expect(readdirSync(join(program.folder, 'datasets')).filter((name) => name.includes(id))).toEqual([])
})

it('a dataset deleted while they are made leaves nothing; a small one needs none', async () => {
  const { id } = await steps.imported(events('e'))
  // Read anew they are being made again.
  await steps.ended(call('datasets.rescan', { id }))
  await call('datasets.delete', { id })
  await program.app.settled()
  expect(readdirSync(join(program.folder, 'datasets')).filter((name) => name.includes(id))).toEqual([])
  const small = await steps.imported('a,b\n1,2\n')
  expect([await prepared(small.id), existsSync(path(small.id))]).toEqual(['none', false])
})
