import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Input } from '#contract/contract'
import type { Job } from '#contract/jobs'
import type { ExportReport } from '#contract/exportReport'
import { datasetSteps } from '../testing/datasetSteps.ts'
import { failureOf } from '../testing/failureOf.ts'
import { testApp } from '../testing/testApp.ts'
import { fileName } from './exportRows.ts'

const program = testApp('exporting')
const { call } = program
const { imported, texts } = datasetSteps(program)

const exported = async (input: Input<'rows.export'>): Promise<Job> =>
  program.client.finished((await call('rows.export', input)).jobId)
// The result of this kind of job, by contract.
const reportOf = (job: Job): ExportReport => job.result as ExportReport
async function exportedText(input: Input<'rows.export'>): Promise<string> {
  const job = await exported({ ...input, to: 'folder' })
  expect(job).toMatchObject({ state: 'succeeded', failure: null })
  return readFileSync(reportOf(job).path ?? '', 'utf8')
}
const inFolder = (): string[] => {
  const folder = join(program.folder, 'exports')
  mkdirSync(folder, { recursive: true })
  return readdirSync(folder)
}

const AWKWARD =
  'time,"a ""quoted"" name",formula,n\r\n' +
  '2024-05-01T10:00:00Z,"two\r\nlines","=HYPERLINK(""http://x"")",007\r\n' +
  '2024-05-01T10:00:01Z,"comma, tab\tand pipe |",@SUM(1),1.50\r\n' +
  ',"<b>*x*</b>",-12.5,-1e5\r\n' +
  '2024-05-01T10:00:02.123456Z,,+49 123,\r\n'

it.each(['csv', 'tsv'] as const)(
  'a %s holds every character of every cell: imported again it is the same',
  async (format) => {
    const { id } = await imported(AWKWARD)
    const text = await exportedText({ datasetId: id, filter: {}, format })
    const again = await imported(text)
    expect(await texts(again.id)).toEqual(await texts(id))
    if (format === 'csv') expect(text).toBe(AWKWARD.replace('"<b>*x*</b>"', '<b>*x*</b>'))
  },
)

it('for a spreadsheet nothing begins like a formula, and numbers stay numbers', async () => {
  const { id } = await imported(AWKWARD)
  const text = await exportedText({ datasetId: id, filter: {}, format: 'csv', guard: true })
  expect(text.startsWith('\ufefftime,')).toBe(true)
  expect(text).toContain(`"'=HYPERLINK(""http://x"")",007`)
  expect(text).toContain(`'@SUM(1),1.50`)
  expect(text).toContain(`-12.5,'-1e5`)
  expect(text).toContain(`'+49 123`)
})

it('tags and notes go along where they are wanted', async () => {
  const { id } = await imported(AWKWARD)
  await call('rows.tag', { datasetId: id, rows: [1], tag: 'benign' })
  const note = { datasetId: id, rows: [1, 3], author: 'ana', tag: 'suspicious' as const }
  await call('annotations.create', { ...note, text: 'first, seen' })
  await call('annotations.create', { ...note, rows: [3], text: '=second' })
  const text = await exportedText({
    datasetId: id,
    filter: {},
    columns: ['n'],
    format: 'csv',
    marks: true,
    guard: true,
  })
  expect(text).toBe(
    '\ufeffn,_tag,_note\r\n007,benign,"first, seen"\r\n1.50,,\r\n\'-1e5,suspicious,"\'=second\nfirst, seen"\r\n,,\r\n',
  )
})

it('chosen columns and rows come in the order of the view, in each format', async () => {
  const { id } = await imported(AWKWARD)
  const view = {
    sort: { column: '_row', descending: true },
    stretches: [
      [0, 1],
      [3, 3],
    ] as [number, number][],
  }
  const columns = ['n', 'formula']
  expect(await exportedText({ datasetId: id, view, columns, format: 'csv' })).toBe(
    'n,formula\r\n,+49 123\r\n-1e5,-12.5\r\n007,"=HYPERLINK(""http://x"")"\r\n',
  )
  const lines = (await exportedText({ datasetId: id, rows: [2, 1], columns, format: 'jsonl' })).trim().split('\n')
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
    { n: '1.50', formula: '@SUM(1)' },
    { n: '007', formula: '=HYPERLINK("http://x")' },
  ])
  expect(await exportedText({ datasetId: id, rows: [3], columns: ['a "quoted" name'], format: 'markdown' })).toBe(
    '| a "quoted" name |\n| --- |\n| \\<b\\>\\*x\\*\\</b\\> |\n',
  )
})

it('a Timesketch CSV leaves rows without a time out and says how many', async () => {
  const { id } = await imported(AWKWARD)
  const job = await exported({ datasetId: id, filter: {}, format: 'timesketch', columns: ['time', 'n'], to: 'folder' })
  expect(reportOf(job)).toMatchObject({ rows: 3, leftOut: 1 })
  expect(
    readFileSync(reportOf(job).path ?? '', 'utf8')
      .split('\r\n')
      .slice(0, 2),
  ).toEqual([
    'message,datetime,timestamp_desc,time,n',
    'time: 2024-05-01T10:00:00Z | n: 007,2024-05-01T10:00:00.000Z,time,2024-05-01T10:00:00Z,007',
  ])
})

it('files of one name stand beside each other, and what is there is never written over', async () => {
  const { id } = await imported('a\n1\n')
  const before = inFolder().length
  const names = [1, 2].map(
    async () => reportOf(await exported({ datasetId: id, filter: {}, name: '../../evil', to: 'folder' })).name,
  )
  expect((await Promise.all(names)).every((name) => /^_.*evil( \(\d\))?\.csv$/.test(name))).toBe(true)
  expect(inFolder().length).toBe(before + 2)
  const evidence = join(program.folder, 'mine.csv')
  writeFileSync(evidence, 'mine')
  const job = await exported({ datasetId: id, filter: {}, to: program.app.files.placeAt(evidence) })
  expect(job).toMatchObject({ state: 'failed', failure: { code: 'conflict' } })
  expect(readFileSync(evidence, 'utf8')).toBe('mine')
  const free = join(program.folder, 'free.csv')
  expect(reportOf(await exported({ datasetId: id, filter: {}, to: program.app.files.placeAt(free) }))).toMatchObject({
    path: free,
    bytes: 6,
    rows: 1,
    download: null,
  })
  expect(await failureOf(call('rows.export', { datasetId: id, filter: {}, to: free }))).toMatchObject({
    code: 'not-found',
  })
})

it('a failed or cancelled export leaves nothing', async () => {
  const { id } = await imported(`a,b\n${'x,y\n'.repeat(60_000)}`)
  const before = readdirSync(program.folder, { recursive: true }).length
  const nowhere = program.app.files.placeAt(join(program.folder, 'no', 'such', 'folder.csv'))
  expect(await exported({ datasetId: id, filter: {}, to: nowhere })).toMatchObject({
    state: 'failed',
    failure: { code: 'unreadable-file' },
  })
  expect(await exported({ datasetId: id, filter: {}, columns: ['nope'], to: 'folder' })).toMatchObject({
    failure: { code: 'not-found' },
  })
  const { jobId } = await call('rows.export', { datasetId: id, filter: {}, to: 'folder' })
  await call('jobs.cancel', { id: jobId })
  expect((await program.client.finished(jobId)).state).toBe('cancelled')
  expect(readdirSync(program.folder, { recursive: true }).length).toBe(before)
})

it('a browser fetches it by an address that is good once', async () => {
  const { id } = await imported('a\n1\n')
  const report = reportOf(await exported({ datasetId: id, rows: [1], name: 'été' }))
  expect(report).toMatchObject({ name: 'été.csv', path: null })
  const token = report.download?.replace('/downloads/', '') ?? ''
  const file = program.app.files.download(token)
  expect(readFileSync(file?.path ?? '', 'utf8')).toBe('a\r\n1\r\n')
  await file?.sent()
  expect(program.app.files.download(token)).toBeNull()
  expect(readdirSync(join(program.folder, 'downloads'))).toEqual([])
})

it('names are those of a file anywhere', () => {
  expect(fileName('a/b\\c:d*e?"<>|f', 'csv')).toBe('a_b_c_d_e_f.csv')
  expect(fileName('CON', 'tsv')).toBe('rows CON.tsv')
  expect(fileName('...', 'jsonl')).toBe('rows.jsonl')
  expect(fileName('x.csv', 'csv')).toBe('x.csv')
  expect(fileName(`a\u202egnp.${'x'.repeat(300)}`, 'markdown').length).toBeLessThan(130)
})
