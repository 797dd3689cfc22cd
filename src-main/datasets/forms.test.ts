import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { importReport, type ImportReport } from '#contract/datasets'
import { writeZip } from '../importer/testing/writeZip.ts'
import { testApp } from '../testing/testApp.ts'

// Archives, JSON and packed columns through the whole application: import, bytes, repair, reading anew.

const program = testApp('forms')
const { call, offer } = program

async function importTickets(tickets: string[]): Promise<ImportReport & { huntId: string }> {
  const hunt = await call('hunts.create', { name: 'h' })
  const files = tickets.map((ticket) => ({ ticket }))
  const job = await program.client.finished(
    (await call('datasets.import', { huntId: hunt.id, files, analyze: false })).jobId,
  )
  return { ...importReport.parse(job.result), huntId: hunt.id }
}
async function upload(name: string, content: Buffer): Promise<string> {
  const { write, done } = await program.app.files.upload(name)
  write.write(content)
  return done()
}

const csv = (host: string): string =>
  `TimeCreated,Computer\n2024-01-01T00:00:00Z,${host}\n2024-01-01T00:00:01Z,"${host} é\nx"\n`
const archive = writeZip([
  { name: 'host1/events.csv', data: csv('WS1') },
  { name: '/host2/events.csv', data: csv('WS2'), descriptor: true },
  { name: '../../outside.csv', data: csv('WS4') },
  { name: 'broken.csv', data: csv('WS3'), crc: 1 },
  { name: 'Security.evtx', data: 'ElfFile\0' },
  { name: 'again.csv', data: csv('WS1') },
])

it('an archive becomes one dataset for each table in it, past what is bad, and each row has its bytes', async () => {
  const report = await importTickets([await offer('evidence.zip', archive), await offer('after.csv', csv('WS9'))])
  expect(
    report.datasets.map(({ file, name, rows, duplicateOf }) => [file, name, rows, duplicateOf !== undefined]),
  ).toEqual(
    [
      ['evidence.zip/host1/events.csv', 'events.csv', 2, false],
      ['evidence.zip/host2/events.csv', 'events.csv', 2, false],
      ['evidence.zip/again.csv', 'events.csv', 2, true],
      ['after.csv', 'after.csv', 2, false],
    ].map((row) => (row[3] ? ['evidence.zip/host1/events.csv', ...row.slice(1)] : row)),
  )
  expect(report.failed.map(({ file, code }) => [file, code])).toEqual([
    ['evidence.zip/outside.csv', 'not-a-table'],
    ['evidence.zip/Security.evtx', 'not-a-table'],
    ['evidence.zip/broken.csv', 'not-a-table'],
  ])
  const id = report.datasets[1]?.id ?? ''
  expect(await call('datasets.bytes', { id, row: 2 })).toMatchObject({
    offset: 46,
    text: '2024-01-01T00:00:01Z,"WS2 é\nx"',
    proof: 'matches',
  })
  // Another archive in its place is found out.
  writeFileSync(join(program.folder, 'evidence.zip'), writeZip([{ name: 'host2/events.csv', data: csv('WSX') }]))
  expect(await call('datasets.bytes', { id, row: 2 })).toMatchObject({ proof: 'differs' })
  // Told from what is known of the file as it still is; a file that is put back is looked at again.
  expect(await call('datasets.bytes', { id, row: 2 })).toMatchObject({ proof: 'differs' })
  writeFileSync(join(program.folder, 'evidence.zip'), archive)
  expect(await call('datasets.bytes', { id, row: 2 })).toMatchObject({ proof: 'matches' })
  writeFileSync(join(program.folder, 'evidence.zip'), 'gone')
  expect(await call('datasets.bytes', { id, row: 2 })).toMatchObject({ proof: 'source-missing' })
})

it('an uploaded archive stays with each of its datasets, and goes with the last', async () => {
  const report = await importTickets([await upload('up.zip', archive)])
  const [one, two] = report.datasets
  await call('datasets.delete', { id: one?.id ?? '' })
  expect(await call('datasets.bytes', { id: two?.id ?? '', row: 1 })).toMatchObject({ proof: 'matches' })
  await call('hunts.delete', { id: report.huntId })
  const left = ['uploads', 'sources'].flatMap((name) =>
    existsSync(join(program.folder, name)) ? readdirSync(join(program.folder, name)) : [],
  )
  expect(left).toEqual([])
})

it('an archive that cannot be read is named with the reason, and a preview of one shows its first table', async () => {
  const report = await importTickets([
    await offer('cut.zip', archive.subarray(0, 200)),
    await offer('ok.csv', csv('A')),
  ])
  expect(report.failed).toMatchObject([{ file: 'cut.zip', code: 'not-a-table' }])
  expect(report.datasets).toHaveLength(1)
  const shown = await call('datasets.preview', { ticket: await offer('preview.zip', archive) })
  expect(shown).toMatchObject({ file: 'preview.zip/host1/events.csv', complete: true })
  expect(shown.members.map(({ name }) => name)).toEqual([
    'host1/events.csv',
    'host2/events.csv',
    'broken.csv',
    'again.csv',
  ])
})

it('a bad record of a JSON file is repaired as JSON', async () => {
  const report = await importTickets([await offer('a.jsonl', '{"a":1,"b":{"c":"x"}}\n{"a":2,"b":\n{"a":3}\n')])
  const id = report.datasets[0]?.id ?? ''
  const { quarantine } = await call('datasets.quarantine', { id })
  expect(quarantine).toMatchObject([{ line: 2, raw: '{"a":2,"b":' }])
  const entry = quarantine[0]?.id ?? 0
  const failed = await program.client.finished(
    (await call('datasets.repair', { id, records: [{ id: entry, text: '{"z":1}' }] })).jobId,
  )
  expect(failed.result).toMatchObject({ repaired: 0, remaining: [{ reason: 'keys without a column: {"z":1}' }] })
  const job = await program.client.finished(
    (await call('datasets.repair', { id, records: [{ id: entry, text: '{"a":2,"b":{"c":"y"}}' }] })).jobId,
  )
  expect(job.result).toMatchObject({ rows: 3, repaired: 1 })
  expect((await call('rows.get', { datasetId: id, row: 3 })).cells.map(({ raw }) => raw)).toEqual(['2', 'y'])
})

it('derived columns are made anew from the kept cells, and go with their profile', async () => {
  const md5 = 'd41d8cd98f00b204e9800998ecf8427e'
  const report = await importTickets([
    await offer(
      'sysmon.csv',
      `UtcTime,ProcessGuid,ProcessId,Image,Hashes\n2024-01-01 10:00:00.000,{g},4,C:\\x.exe,"MD5=${md5}"\nbad\n`,
    ),
  ])
  const id = report.datasets[0]?.id ?? ''
  const columns = async () =>
    (await call('datasets.get', { id })).columnList.map(({ name, derivedFrom }) => [name, derivedFrom])
  expect((await columns()).slice(4)).toEqual([
    ['Hashes', null],
    ['Hashes.MD5', 'Hashes'],
  ])
  await program.client.finished((await call('datasets.rescan', { id })).jobId)
  expect((await columns()).slice(4)).toEqual([
    ['Hashes', null],
    ['Hashes.MD5', 'Hashes'],
  ])
  expect((await call('rows.get', { datasetId: id, row: 1 })).cells.at(-1)).toMatchObject({
    raw: md5,
    fields: ['hash_md5'],
  })
  const repaired = await call('datasets.quarantine', { id })
  const job = await program.client.finished(
    (
      await call('datasets.repair', {
        id,
        records: [{ id: repaired.quarantine[0]?.id ?? 0, text: `x,{g},5,C:\\y.exe,MD5=${md5}` }],
      })
    ).jobId,
  )
  expect(job.result).toMatchObject({ repaired: 1 })
  expect((await call('rows.get', { datasetId: id, row: 2 })).cells.at(-1)).toMatchObject({ raw: md5 })
  const { jobId } = await call('datasets.update', { id, profile: '' })
  await program.client.finished(jobId ?? '')
  expect((await columns()).slice(4)).toEqual([['Hashes', null]])
  expect(await call('datasets.iocs', { id, type: 'md5' })).toMatchObject({ total: 1 })
})
