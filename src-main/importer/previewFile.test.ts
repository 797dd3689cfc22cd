import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { previewFile } from './previewFile.ts'
import { testFolder } from './testing/importTo.ts'

const folder = testFolder()
afterAll(() => folder.remove())
const preview = (content: string, dialect = {}) =>
  previewFile({ path: folder.write(content), name: 'dropped/events.csv', dialect })

test('a preview of a small file is the whole of it, with its bad records', async () => {
  const found = await preview(
    'TimeCreated,Computer,Size\n2019-01-15T05:15:11Z,WS1,5\nbad,row\n2019-01-15T05:15:12Z,WS2,\n',
  )
  expect(found).toMatchObject({
    file: 'dropped/events.csv',
    complete: true,
    estimatedRows: 2,
    header: true,
    headerLine: 1,
    timeColumn: 'TimeCreated',
    timeZone: 'UTC',
  })
  expect(found.rows).toEqual([
    ['2019-01-15T05:15:11Z', 'WS1', '5'],
    ['2019-01-15T05:15:12Z', 'WS2', ''],
  ])
  expect(found.quarantined).toEqual([{ line: 3, offset: 53, length: 7, reason: '2 of 3 fields', raw: 'bad,row' }])
  expect(found.columns.map(({ type, filled }) => [type, filled])).toEqual([
    ['time', 2],
    ['text', 2],
    ['integer', 1],
  ])
})

test('a preview of a large file shows 200 rows and estimates the rest', async () => {
  const rows = 400_000
  const found = await preview(`Name,Size\n${'some name,123456\n'.repeat(rows)}`)
  expect(found.complete).toBe(false)
  expect(found.rows).toHaveLength(200)
  expect(Math.abs(found.estimatedRows / rows - 1)).toBeLessThan(0.02)
})

test.each([
  ['plain', (bytes: Buffer) => bytes],
  ['packed', (bytes: Buffer) => gzipSync(bytes)],
])('a preview of the beginning of a file is that of the whole: %s', async (_, pack) => {
  // Hardly smaller when packed: what is read of the beginning must be enough all the same.
  const words = randomBytes(6_600_000).toString('base64').match(/.{60}/g) ?? []
  const whole = pack(Buffer.from(`n,text\n${words.map((word, n) => `${n},${word}`).join('\n')}\n`))
  const path = folder.write(whole)
  const ahead = folder.write(whole.subarray(0, 5 * 1024 * 1024))
  const wanted = await previewFile({ path, name: 'x', dialect: {} })
  expect(wanted.complete).toBe(false)
  expect(await previewFile({ path: ahead, name: 'x', dialect: {}, wholeSize: whole.length })).toEqual(wanted)
})

test('a preview follows every override', async () => {
  const text = 'when|what\n01/02/2019 10:00:00|x\n'
  expect((await preview(text, { delimiter: ',' })).rows).toEqual([['01/02/2019 10:00:00|x']])
  expect((await preview(text, { header: false })).rows[0]).toEqual(['when', 'what'])
  expect((await preview(text, { timeColumn: null })).timeColumn).toBe(null)
  expect(await preview(text, { timeZone: 'Europe/Berlin', timeColumn: 'when' })).toMatchObject({
    timeColumn: 'when',
    timeZone: 'Europe/Berlin',
  })
  expect((await preview(text, { fields: { what: ['username'] } })).columns[1]?.fields).toEqual(['username'])
  expect((await preview('a,"b,c"\n', { quote: '', header: false })).rows).toEqual([['a', '"b', 'c"']])
  expect((await preview('a\n\u00e9\n', { encoding: 'windows-1252' })).rows).toEqual([['Ã©']])
})

test.each([
  [{ timeZone: 'Mars/Olympus' }, 'dialect.timeZone'],
  [{ delimiter: '\n' }, 'dialect.delimiter'],
  [{ delimiter: '"' }, 'dialect.delimiter'],
])(
  'an override that cannot hold is refused with its name, also where the file does not need it: %j',
  async (dialect, path) => {
    await expect(preview('a,b\n1,2\n', dialect)).rejects.toMatchObject({ code: 'invalid-input', detail: { path } })
  },
)
