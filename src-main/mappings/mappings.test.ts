import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { MappingReading } from '#contract/mappings'
import { failureOf } from '../testing/failureOf.ts'
import { testApp } from '../testing/testApp.ts'
import { datasetSteps } from '../testing/datasetSteps.ts'

// Mappings of one's own: made by importing, recognised, kept, handed on. The whole application without a shell.

const program = testApp('mappings')
const { call } = program
const { offered, imported, ended, update, columnOf } = datasetSteps(program)

const ROW = '2024-07-01 10:00:00,bob,http://x.org/a,user=eve;cmd=whoami,1\n'
const file = (header: string, row = ROW): string => `${header}\n${row}`
const said = {
  timeZone: 'Europe/Berlin',
  fields: {
    who: ['username' as const],
    'what for': ['url' as const, 'description' as const],
    'more.cmd': ['command_line' as const],
  },
  splits: { more: { how: 'key=value' as const, between: ';' } },
  first: ['what for'],
}
const only = async () => {
  const { mappings, total } = await call('mappings.list', {})
  expect(total).toBe(mappings.length)
  return mappings
}
const preview = async (text: string, dialect = {}) =>
  call('datasets.preview', { ticket: (await offered(text)).ticket, dialect })

it('is made by what is said in an import, and recognised in files with columns more, less, in another order and case', async () => {
  await imported(file('when,who,what for,more,n'), { dialect: { ...said, skewSeconds: 5, rememberAs: 'Proxy' } })
  expect(await only()).toMatchObject([
    {
      name: 'Proxy',
      headers: ['when', 'who', 'what for', 'more', 'n'],
      reading: said,
      tool: null,
      uses: ['who', 'what for', 'more'],
    },
  ])
  const text = 'WHO,new,More,When,What for\nbob,1,user=eve;cmd=whoami,2024-07-01 10:00:00,http://x.org/a\n'
  const seen = await preview(text)
  expect(seen).toMatchObject({
    remembered: true,
    timeZone: 'Europe/Berlin',
    mapping: { name: 'Proxy', reason: 'The 3 columns that it uses are there; not here: n; new: new' },
  })
  expect(seen.columns.find(({ name }) => name === 'What for')).toMatchObject({
    fields: ['url', 'description'],
    first: 0,
  })
  const hunt = await call('hunts.create', { name: 'h' })
  const job = await ended(
    call('datasets.import', { huntId: hunt.id, files: [{ ticket: (await offered(text)).ticket }], analyze: false }),
  )
  expect(job.result).toMatchObject({ datasets: [{ mapping: 'Proxy' }] })
  const [dataset] = (await call('datasets.list', { huntId: hunt.id })).datasets
  expect(dataset).toMatchObject({ firstTime: '2024-07-01T08:00:00.000Z', skewSeconds: 0 })
  expect(await columnOf(dataset?.id ?? '', 'More.cmd')).toMatchObject({ fields: ['command_line'] })
  // Nothing was said of it, so it makes no mapping of its own; what is said then does.
  expect(await only()).toHaveLength(1)
  await update({ id: dataset?.id ?? '', fields: { new: ['status'] } })
  expect(await only()).toMatchObject([
    { name: dataset?.name, uses: ['WHO', 'new', 'More', 'What for'] },
    { name: 'Proxy' },
  ])
  // Taken back, the first mapping says all of it again.
  await ended(call('datasets.undo', { id: dataset?.id ?? '' }))
  expect(await only()).toHaveLength(1)
})

it('is left out where it is not wanted, or does not fit; and can be chosen', async () => {
  const proxy = (await only()).find(({ name }) => name === 'Proxy')
  const id = proxy?.id ?? ''
  expect(await preview(file('when,who,what for,more,n'), { remembered: false })).toMatchObject({
    mapping: null,
    timeZone: 'UTC',
  })
  const part = 'stamp,who\n2024-07-01 10:00:00,bob\n'
  expect(await preview(part)).toMatchObject({ mapping: null })
  expect(await preview(part, { mapping: id })).toMatchObject({
    timeZone: 'Europe/Berlin',
    mapping: { name: 'Proxy', reason: 'Chosen by you. Not in this file: what for, more' },
  })
  const { ticket } = await offered(part)
  const nobody = '4b0c5b0e-8a3e-4a4b-9c57-0d8f5c7b0009'
  expect(await failureOf(call('datasets.preview', { ticket, dialect: { mapping: nobody } }))).toMatchObject({
    code: 'not-found',
  })
  await call('mappings.update', { id, reading: { ...said, timeColumn: 'n', fields: {} } })
  expect(await preview(file('when,who,what for,more,n', ROW.replace(',1\n', ',x\n')))).toMatchObject({ mapping: null })
  await call('mappings.update', { id, reading: said })
})

it('is renamed, changed, deleted and made again; what cannot hold is refused with its field', async () => {
  const [mapping] = await only()
  const id = mapping?.id ?? ''
  expect(await call('mappings.update', { id, name: ' Branch ' })).toMatchObject({
    name: 'Branch',
    reading: mapping?.reading,
  })
  expect(await call('mappings.list', { text: 'WHAT F' })).toMatchObject({ total: 1 })
  expect(await call('mappings.list', { text: 'branch', limit: 1 })).toMatchObject({ total: 1, mappings: [{ id }] })
  const refused: [MappingReading, string][] = [
    [{ timeZone: 'Moon' }, 'reading.timeZone'],
    [{ profile: 'nobody' }, 'reading.profile'],
    [{ fields: { nothing: ['url'] } }, 'reading'],
  ]
  for (const [wrong, path] of refused) {
    const failure = await failureOf(call('mappings.update', { id, reading: wrong }))
    expect(failure).toMatchObject({ code: 'invalid-input', detail: { path } })
  }
  const gone = await call('mappings.delete', { id })
  expect(await only()).toEqual([])
  expect(await failureOf(call('mappings.get', { id }))).toMatchObject({ code: 'not-found' })
  expect(await failureOf(call('mappings.update', { id, name: 'x' }))).toMatchObject({ code: 'not-found' })
  const { name, headers, reading } = gone
  expect(await call('mappings.create', { name, headers, reading })).toMatchObject({ name: 'Branch', uses: gone.uses })
  expect(await failureOf(call('mappings.create', { name, headers, reading }))).toMatchObject({ code: 'conflict' })
})

it('is handed to a colleague as a file, which takes nothing away there unless that is wanted', async () => {
  await call('mappings.create', { name: 'Zone', headers: ['a', 'b'], reading: { timeZone: 'Europe/Berlin' } })
  const all = await only()
  const job = await ended(call('mappings.export', { to: 'folder' }))
  expect(job.result).toMatchObject({ name: 'mappings.json', leftOut: 0 })
  const text = readFileSync(join(program.folder, 'exports', 'mappings.json'), 'utf8')
  expect(JSON.parse(text)).toMatchObject({
    kind: 'huntbench-mappings',
    version: 1,
    mappings: all.map(({ name }) => ({ name })),
  })
  const take = async (content: string, replace = false) =>
    call('mappings.import', { ticket: await program.offer('theirs.json', content), replace })
  expect(await take(text)).toEqual({ added: 0, replaced: 0, known: 2, kept: [], wrong: [] })
  const theirs = text.replaceAll('Europe/Berlin', 'Asia/Tokyo')
  expect(await take(theirs)).toMatchObject({ added: 0, kept: all.map(({ name }) => name) })
  expect((await only()).every(({ reading }) => reading.timeZone === 'Europe/Berlin')).toBe(true)
  expect(await take(theirs, true)).toMatchObject({ replaced: 2 })
  for (const { id } of await only()) await call('mappings.delete', { id })
  expect(await take(text)).toMatchObject({ added: 2 })
  expect((await only()).map(({ name }) => name).toSorted()).toEqual(all.map(({ name }) => name).toSorted())
  // One that cannot hold here is left out with the reason, the others come.
  const mixed = JSON.parse(text)
  mixed.mappings[0].reading.timeZone = 'Moon/Base'
  expect(await take(JSON.stringify(mixed))).toMatchObject({
    known: 1,
    wrong: [{ reason: 'There is no zone "Moon/Base".' }],
  })
})

it.each([
  ['', 'it is not JSON'],
  ['{"mappings": []}', 'it does not say "kind"'],
  ['[1]', 'it does not say "kind"'],
  ['{"kind": "huntbench-mappings", "version": 2, "mappings": []}', 'a newer version'],
  [
    '{"kind": "huntbench-mappings", "version": 1, "mappings": [{"name": "x", "headers": [], "reading": {}}]}',
    'mappings.0.headers',
  ],
  [
    '{"kind": "huntbench-mappings", "version": 1, "mappings": [{"name": "x", "headers": ["a"], "reading": {"fields": {"a": ["nonsense"]}}}]}',
    'mappings.0.reading.fields.a.0',
  ],
])('refuses %j as a file of mappings: %s', async (content, why) => {
  const ticket = await program.offer('wrong.json', content)
  const failure = await failureOf(call('mappings.import', { ticket }))
  expect(failure).toMatchObject({ code: 'invalid-input', detail: { path: 'ticket' } })
  expect(failure?.message).toContain(why)
})
