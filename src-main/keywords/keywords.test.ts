import { expect, it } from 'vitest'
import type { KeywordReport } from '#contract/keywords'
import type { Input } from '#contract/contract'
import { testApp } from '../testing/testApp.ts'

const program = testApp('keywords')
const call: typeof program.call = (name, input) => program.call(name, input)

async function importText(huntId: string, name: string, text: string): Promise<string> {
  const job = await program.client.finished(
    (await call('datasets.import', { huntId, files: [{ ticket: await program.offer(name, text) }], analyze: false }))
      .jobId,
  )
  expect(job.state).toBe('succeeded')
  return (await call('datasets.list', { huntId })).datasets.find((dataset) => dataset.name === name)?.id ?? ''
}
const newHunt = async (name: string): Promise<string> => (await call('hunts.create', { name })).id
async function scan(input: Input<'keywords.scan'>): Promise<KeywordReport> {
  const job = await program.client.finished((await call('keywords.scan', input)).jobId)
  expect(job).toMatchObject({ state: 'succeeded', failure: null })
  // The result of this kind of job, by contract.
  return job.result as KeywordReport
}
const themeNamed = async (name: string) => {
  const theme = (await call('keywords.themes', {})).themes.find((one) => one.name === name)
  if (!theme) throw new Error(`No theme ${name}`)
  return theme
}
const keywordsOf = async (themeId: string) => (await call('keywords.list', { themeId, limit: 500 })).keywords

const PROXY = [
  'time,host,user,url,note',
  '2024-03-01T10:00:00Z,WS1,anna,https://www.bet365.com/live,',
  '2024-03-01T10:01:00Z,WS1,anna,https://intranet.local/,POKERSTARS opened',
  '2024-03-01T10:02:00Z,WS2,bob,https://mybet365.com.test/,',
  '2024-03-01T10:03:00Z,WS2,-,https://store.steampowered.com/,steam.exe and steam.exe',
  '',
].join('\n')

it('a workspace begins with the eight themes, each with keywords that were all understood', async () => {
  const { themes, total } = await call('keywords.themes', {})
  expect(total).toBe(8)
  expect(themes.map(({ name }) => name)).toEqual([
    ...['Adult', 'Gambling', 'Gaming', 'Job search', 'Piracy', 'Shopping', 'Social media', 'Streaming'],
  ])
  for (const theme of themes) {
    expect(theme).toMatchObject({ enabled: true, hits: 0 })
    expect(theme.keywords).toBeGreaterThan(50)
  }
})

it('a scan finds each keyword in each cell, with host, user, field and row, and counts exactly', async () => {
  const huntId = await newHunt('proxy')
  const datasetId = await importText(huntId, 'proxy.csv', PROXY)
  expect(await call('keywords.counts', { huntId })).toMatchObject({ unscanned: 1, scans: [], hits: 0 })
  const report = await scan({ huntId })
  expect(report).toMatchObject({ datasets: 1, rows: 4, hits: 4, kept: 4, skipped: [] })
  const { hits, total } = await call('keywords.hits', { huntId })
  expect(total).toBe(4)
  expect(hits.map(({ row, field, host, user, theme, keyword }) => [row, field, host, user, theme, keyword])).toEqual([
    [1, 'url', 'WS1', 'anna', 'Gambling', 'bet365.com'],
    [2, 'note', 'WS1', 'anna', 'Gambling', 'pokerstars'],
    [4, 'url', 'WS2', null, 'Gaming', 'steampowered.com'],
    [4, 'note', 'WS2', null, 'Gaming', 'steam.exe'],
  ])
  expect(hits[0]).toMatchObject({ value: 'https://www.bet365.com/live', time: '2024-03-01T10:00:00.000Z', datasetId })
  const gambling = await call('keywords.themes', { huntId })
  expect(gambling.themes.map(({ name, hits: n }) => [name, n]).filter(([, n]) => n !== 0)).toEqual([
    ['Gambling', 2],
    ['Gaming', 2],
  ])
  expect(await call('keywords.counts', { huntId })).toMatchObject({
    ...{ hits: 4, kept: 4, unscanned: 0 },
    hosts: [
      { value: 'WS1', hits: 2 },
      { value: 'WS2', hits: 2 },
    ],
    users: [{ value: 'anna', hits: 2 }],
  })
  const themeId = (await themeNamed('Gaming')).id
  expect((await call('keywords.hits', { huntId, themeId, text: 'steam.EXE' })).total).toBe(1)
  expect(
    (await call('keywords.hits', { huntId, host: 'WS1', user: 'anna', sort: 'keyword', descending: true })).hits,
  ).toHaveLength(2)
  // Only one column, and the scan of the same dataset takes the place of the one before.
  expect(await scan({ datasetIds: [datasetId], columns: ['note'] })).toMatchObject({ hits: 2 })
  expect((await call('keywords.counts', { huntId })).scans).toMatchObject([
    { columns: ['note'], hits: 2, stale: false },
  ])
})

it('own themes, words, domains, patterns and pasted lines are scanned; what is off is not', async () => {
  const huntId = await newHunt('own')
  await importText(huntId, 'own.csv', 'a,b,c\nProject Falcon,1.50,x\nfalcon2,7,Ärger im Büro\nx,1.5,falcon\u0001y\n')
  const theme = await call('keywords.createTheme', { name: 'Own', colour: 'pink' })
  const report = await call('keywords.bulkAdd', {
    themeId: theme.id,
    text: '# list\r\nfalcon\n"1.50"\nÄRGER\n/^x$/\n/(/\n/.*/\n \nwww.Example[.]com/path\nFALCON\na\n',
  })
  expect(report).toMatchObject({ added: 5, known: 1, refusedTotal: 3 })
  expect(report.refused.map(({ line }) => line)).toEqual([6, 7, 11])
  expect((await keywordsOf(theme.id)).map(({ kind, text }) => `${kind} ${text}`)).toContain('domain example.com')
  const ids = [theme.id]
  expect(await scan({ huntId, themeIds: ids })).toMatchObject({ hits: 6, keywords: 5 })
  expect(
    (await call('keywords.hits', { huntId })).hits.map(({ row, field, keyword }) => [row, field, keyword]),
  ).toEqual([
    [1, 'a', 'falcon'],
    [1, 'b', '1.50'],
    [1, 'c', '^x$'],
    [2, 'c', 'ärger'],
    [3, 'a', '^x$'],
    [3, 'c', 'falcon'],
  ])
  const falcon = (await keywordsOf(theme.id)).find(({ text }) => text === 'falcon')
  expect(falcon).toMatchObject({ hits: 2, rows: 2 })
  await call('keywords.update', { ids: [falcon?.id ?? ''], enabled: false })
  expect(await scan({ huntId, themeIds: ids })).toMatchObject({ hits: 4, keywords: 4 })
  await call('keywords.updateTheme', { id: theme.id, enabled: false })
  expect((await scan({ huntId })).hits).toBe(0)
  await scan({ huntId, themeIds: ids })
  await call('keywords.delete', { ids: (await keywordsOf(theme.id)).slice(0, 1).map(({ id }) => id) })
  expect((await call('keywords.counts', { huntId })).hits).toBeLessThan(4)
  await call('keywords.deleteTheme', { id: theme.id })
  expect((await call('keywords.hits', { huntId })).total).toBe(0)
})

it('says which keyword or theme cannot be', async () => {
  const themeId = (await themeNamed('Gambling')).id
  const add = (text: string, kind: 'word' | 'domain' | 'regex') => call('keywords.add', { themeId, text, kind })
  await expect(add('(', 'regex')).rejects.toMatchObject({ code: 'invalid-input', detail: { path: 'text' } })
  await expect(add('a*', 'regex')).rejects.toMatchObject({ code: 'invalid-input' })
  await expect(add('not a host', 'domain')).rejects.toMatchObject({ code: 'invalid-input' })
  await expect(add('BET365.com', 'domain')).rejects.toMatchObject({ code: 'conflict' })
  await expect(call('keywords.createTheme', { name: 'gambling' })).rejects.toMatchObject({ code: 'conflict' })
  await expect(call('keywords.deleteTheme', { id: NOBODY })).rejects.toMatchObject({ code: 'not-found' })
  await expect(call('keywords.scan', { datasetIds: [NOBODY] })).rejects.toMatchObject({ code: 'not-found' })
})
const NOBODY = '7c9a1f20-5b7e-4e0c-9a51-0d1f6e2b0001'

it('what is not kept is counted: a noisy keyword does not push out the others', async () => {
  const huntId = await newHunt('noisy')
  const rows = Array.from({ length: 5_000 }, (_, n) => `pokerstars,${n === 4_999 ? 'steam.exe' : 'x'}`)
  await importText(huntId, 'noisy.csv', `a,b\n${rows.join('\n')}\n`)
  expect(await scan({ huntId })).toMatchObject({ hits: 5_001, kept: 2_001 })
  expect(await call('keywords.counts', { huntId })).toMatchObject({ hits: 5_001, kept: 2_001 })
  expect((await call('keywords.hits', { huntId, text: 'steam' })).hits).toMatchObject([{ row: 5_000 }])
})

it('a long cell is kept around the hit', async () => {
  const huntId = await newHunt('long')
  await importText(huntId, 'long.csv', `a\n${'x '.repeat(50_000)}pokerstars${' y'.repeat(50_000)}\n`)
  await scan({ huntId })
  const [hit] = (await call('keywords.hits', { huntId })).hits
  expect(hit?.value).toMatch(/^….*pokerstars.*…$/)
  expect(hit?.value.length).toBeLessThan(310)
})

it('edits of built-in themes outlive a restart, deleted ones stay deleted, and so do the hits', async () => {
  const gaming = await themeNamed('Gaming')
  await call('keywords.updateTheme', { id: gaming.id, name: 'Games', colour: 'blue', enabled: false })
  const [first] = await keywordsOf(gaming.id)
  await call('keywords.delete', { ids: [first?.id ?? ''] })
  await call('keywords.deleteTheme', { id: (await themeNamed('Adult')).id })
  const huntId = await newHunt('kept')
  await importText(huntId, 'kept.csv', PROXY)
  await scan({ huntId })
  await program.end()
  await program.open()
  const { themes } = await call('keywords.themes', {})
  expect(themes.map(({ name }) => name)).not.toContain('Adult')
  expect(themes.find(({ id }) => id === gaming.id)).toMatchObject({
    ...{ name: 'Games', colour: 'blue', enabled: false, builtin: 'gaming', keywords: gaming.keywords - 1 },
  })
  expect((await call('keywords.hits', { huntId })).total).toBe(2)
})

it('one dataset that is damaged or gone does not stop the others, and a deleted dataset takes its hits along', async () => {
  const huntId = await newHunt('several')
  const a = await importText(huntId, 'a.csv', PROXY)
  await importText(huntId, 'b.csv', 'a,b\npokerstars,1\n')
  const report = await scan({ huntId, columns: ['note'] })
  expect(report).toMatchObject({ datasets: 1, skipped: [{ reason: expect.stringContaining('none of these columns') }] })
  expect(await scan({ huntId })).toMatchObject({ datasets: 2, hits: 3 })
  await call('datasets.delete', { id: a })
  expect(await call('keywords.counts', { huntId })).toMatchObject({ hits: 1, unscanned: 0 })
})
