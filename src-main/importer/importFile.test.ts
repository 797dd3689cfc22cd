import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { importFile } from './importFile.ts'
import { charactersOf, encode, encodings } from './testing/encode.ts'
import { importTo, testFolder } from './testing/importTo.ts'

const folder = testFolder()
afterAll(() => folder.remove())
const quiet = { cancelled: () => false, progress: () => undefined }

const system = (() => {
  try {
    return execFileSync('sqlite3', ['--version'], { encoding: 'utf8' })
  } catch {
    return null
  }
})()

describe('a table', () => {
  test('comes back cell for cell with exact byte ranges, whatever its encoding, delimiter and line ends', async () => {
    const shape = fc
      .record({
        encoding: fc.constantFrom(...encodings),
        delimiter: fc.constantFrom(',', ';', '\t', '|'),
        newline: fc.constantFrom('\n', '\r\n', '\r'),
        bom: fc.boolean(),
        width: fc.integer({ min: 2, max: 4 }),
        gzip: fc.boolean(),
      })
      .chain((how) =>
        fc.record({
          how: fc.constant(how),
          rows: fc.array(
            fc.array(
              fc.oneof(
                fc
                  .array(fc.constantFrom('a', ' ', '"', ',', ';', '\n', '\r', '\0', ...charactersOf(how.encoding)), {
                    maxLength: 6,
                  })
                  .map((parts) => parts.join('')),
                fc.integer().map(String),
                fc.double({ noNaN: true }).map(String),
                fc.constantFrom('007', '1e3', '9007199254740993', '-0', '3.10', '2019-01-15T05:15:11.767Z'),
              ),
              { minLength: how.width, maxLength: how.width },
            ),
            { minLength: 1, maxLength: 8 },
          ),
        }),
      )
    await fc.assert(
      fc.asyncProperty(shape, async ({ how, rows }) => {
        const { delimiter, newline, encoding, width } = how
        const quoted = (text: string): string =>
          /["\r\n]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text
        const header = Array.from({ length: width }, (_, position) => `Name ${position}`).join(delimiter)
        const lines = rows.map((cells) => cells.map(quoted).join(delimiter))
        const body = encode([header, ...lines].map((line) => line + newline).join(''), encoding)
        const mark = how.bom && encoding.startsWith('utf') ? encode('\ufeff', encoding) : Buffer.alloc(0)
        const bytes = Buffer.concat([mark, body])
        const path = how.gzip ? folder.writeGzip(bytes) : folder.write(bytes)
        const found = await importTo(folder, path, { encoding, delimiter, quote: '"', header: true })
        expect(found.bad).toEqual([])
        expect(found.cells).toEqual(rows)
        const decoder = new TextDecoder(encoding, { ignoreBOM: true })
        found.places.forEach(({ offset, length }, row) =>
          expect(decoder.decode(bytes.subarray(offset, offset + length))).toBe(lines[row]),
        )
        found.db.close()
      }),
      { numRuns: 60 },
    )
  })

  test('can be read by the sqlite3 program and passes its integrity check', async (context) => {
    if (system === null) return context.skip('there is no sqlite3 program here')
    const path = folder.write('Name,Size,TimeCreated\n"a, b",17,2019-01-15T05:15:11Z\nc,,\n')
    const found = await importTo(folder, path)
    found.db.close()
    const ask = (sql: string): string => execFileSync('sqlite3', [found.target, sql], { encoding: 'utf8' }).trim()
    expect(ask('PRAGMA integrity_check')).toBe('ok')
    expect(ask('SELECT * FROM rows')).toBe('1|1547529311000000|22|30|2|a, b|17|2019-01-15T05:15:11Z\n2||53|3|3|c||')
    expect(ask('SELECT typeof(Size) FROM rows WHERE _row = 1')).toBe('integer')
    expect(readdirSync(folder.folder).filter((name) => name.includes('-journal'))).toEqual([])
  })

  test.each([
    ['escaped quotes', 'a,b\n1,"ha ""ha"" ha"\n3,4\n', ['1', 'ha "ha" ha']],
    ['quotes and newlines', 'a,b\n1,"ha \n""ha"" \nha"\n3,4\n', ['1', 'ha \n"ha" \nha']],
    ['newlines', 'a,b\n1,"Once upon \na time"\n3,4', ['1', 'Once upon \na time']],
    ['other alphabets', 'a,b\n1,ʤ\n3,4\n', ['1', 'ʤ']],
  ])('may have %s', async (_what, text, row) => {
    const found = await importTo(folder, folder.write(text))
    expect(found.cells).toEqual([row, ['3', '4']])
    found.db.close()
  })

  test('keeps its digest and its size', async () => {
    const rows = Array.from({ length: 9_500 }, (_, n) => `${String(n).padStart(999, 'x')},y\n`)
    const bytes = Buffer.from(`a,b\n${rows.join('')}`)
    for (const path of [folder.write(bytes), folder.writeGzip(bytes)]) {
      const found = await importTo(folder, path)
      const source = readFileSync(path)
      expect(found).toMatchObject({ size: source.length, sha256: createHash('sha256').update(source).digest('hex') })
      found.db.close()
    }
  })

  test('may have 9,000 columns with the same name, and no name', async () => {
    const headers = Array.from({ length: 9_000 }, (_, position) =>
      position % 3 === 0 ? '' : position % 3 === 1 ? 'Name' : 'name',
    )
    const cells = headers.map((_, position) => (position % 7 === 0 ? String(position) : `v${position}`))
    const found = await importTo(folder, folder.write(`${headers.join(',')}\n${cells.join(',')}\n${cells.join(',')}\n`))
    expect(found.cells).toEqual([cells, cells])
    expect(new Set(found.columns.map((column) => column.name.toLowerCase())).size).toBe(9_000)
    found.db.close()
  })

  test('may have columns named like those of the dataset file', async () => {
    const found = await importTo(
      folder,
      folder.write('_row,_time,rowid,"a""b",TimeCreated,TimeCreated _us\nA,B,C,D,2019-01-15T05:15:11Z,E\n'),
    )
    expect(found.columns.map((column) => column.name)).toEqual([
      '_row_2',
      '_time_2',
      'rowid',
      'a"b',
      'TimeCreated',
      'TimeCreated _us_2',
    ])
    expect(found.cells).toEqual([['A', 'B', 'C', 'D', '2019-01-15T05:15:11Z', 'E']])
    found.db.close()
  })

  test('may have cells of more than a megabyte, with NULs and line ends', async () => {
    const cell = `é\0\r\n"`.repeat(150_000)
    const found = await importTo(folder, folder.write(`a,b\n"${cell.replaceAll('"', '""')}",y\n`))
    expect(found.cells).toEqual([[cell, 'y']])
    found.db.close()
  })

  test('has a second instant for each further time column, and rows without a time have none', async () => {
    const found = await importTo(
      folder,
      folder.write('TimeCreated,Modified,x\n2019-01-15T05:15:11Z,2020-01-01 00:00:00,1\n,2021-01-01 00:00:00,2\n'),
    )
    expect(found.timeColumn).toBe('TimeCreated')
    expect(found.times).toEqual([Date.UTC(2019, 0, 15, 5, 15, 11) * 1000, null])
    expect(found).toMatchObject({ rowsWithoutTime: 1, firstTime: Date.UTC(2019, 0, 15, 5, 15, 11) * 1000 })
    expect(found.db.prepare('SELECT "Modified _us" FROM rows ORDER BY _row').pluck().all()).toEqual([
      Date.UTC(2020, 0, 1) * 1000,
      Date.UTC(2021, 0, 1) * 1000,
    ])
    found.db.close()
  })

  test('counts rows per minute and per host', async () => {
    const rows = Array.from(
      { length: 90 },
      (_, n) =>
        `2019-01-15T05:${String(Math.floor(n / 30)).padStart(2, '0')}:${String(n % 30).padStart(2, '0')}Z,WS${n % 2},x`,
    )
    const found = await importTo(folder, folder.write(`TimeCreated,Computer,Message\n${rows.join('\n')}\n`))
    const start = Date.UTC(2019, 0, 15, 5) * 1000
    expect(found.db.prepare('SELECT start_us, rows FROM timeline ORDER BY 1').raw().all()).toEqual([
      [start, 30],
      [start + 60_000_000, 30],
      [start + 120_000_000, 30],
    ])
    expect(found.hosts).toBe(2)
    expect(found.db.prepare('SELECT value, rows, first_us FROM hosts ORDER BY 1').raw().all()).toEqual([
      ['WS0', 45, start],
      ['WS1', 45, start + 1_000_000],
    ])
    found.db.close()
  })
})

describe('a source', () => {
  const reasons = async (content: string | Buffer): Promise<string> => {
    const target = folder.target()
    const error: unknown = await importFile(
      { path: folder.write(content), name: 'x', dialect: {}, target },
      quiet,
    ).catch((reason: unknown) => reason)
    expect(existsSync(target)).toBe(false)
    return error instanceof Error && 'code' in error ? `${String(error.code)}: ${error.message}` : String(error)
  }

  test('that is no table fails and says what it is', async () => {
    expect(await reasons('')).toBe('not-a-table: The file is empty.')
    expect(await reasons(Buffer.from('PK\x03\x04rest of an archive', 'latin1'))).toMatch(
      /^not-a-table: Bytes 0-3 are a ZIP header/,
    )
    expect(await reasons(Buffer.from('ElfFile\0rest', 'latin1'))).toMatch(/Windows event log/)
    expect(await reasons('[1, 2]\n[3, 4]\n')).toMatch(/^not-a-table: The file is JSON/)
    expect(await reasons(Buffer.from(Array.from({ length: 4_000 }, (_, n) => (n * 7919) % 31)))).toMatch(
      /^not-a-table: The file is binary/,
    )
    expect(await reasons('\n\n\n')).toMatch(/^not-a-table/)
  })

  test('that cannot be read fails with unreadable-file', async () => {
    const run = (path: string) =>
      importFile({ path, name: 'x', dialect: {}, target: folder.target() }, quiet, 'careful')
    await expect(run(join(folder.folder, 'missing.csv'))).rejects.toMatchObject({ code: 'unreadable-file' })
    await expect(run(folder.folder)).rejects.toMatchObject({ code: 'unreadable-file' })
  })

  test('that is a gzip file cut off keeps what can be unpacked, and says so', async () => {
    const whole = gzipSync(
      Buffer.from(Array.from({ length: 20_000 }, (_, n) => `${n},value ${(n * 7919) % 1000}\n`).join('')),
    )
    const found = await importTo(folder, folder.write(whole.subarray(0, whole.length >> 1)))
    expect(found.rows).toBeGreaterThan(5_000)
    expect(found.warnings.join()).toMatch(/end too early/)
    expect(found.sha256).toBe(
      createHash('sha256')
        .update(whole.subarray(0, whole.length >> 1))
        .digest('hex'),
    )
    found.db.close()
  })

  test('that only turns out not to be UTF-8 behind its beginning is read as what it is', async () => {
    const bytes = Buffer.from(`name,size\n${`${'plain '.repeat(40)},1\n`.repeat(20_000)}caf\xe9,2\n`, 'latin1')
    const found = await importTo(folder, folder.write(bytes))
    expect(found).toMatchObject({ encoding: 'windows-1252', quarantined: 0, rows: 20_001 })
    expect(found.cells.at(-1)).toEqual(['café', '2'])
    found.db.close()
  })
})

describe('an import', () => {
  test('that is cancelled leaves nothing behind', async () => {
    const path = folder.write(`a,b,c\n${'1,2,and some more text\n'.repeat(400_000)}`)
    for (const calls of [0, 1, 3, 7]) {
      let left = calls
      const target = folder.target()
      await expect(
        importFile({ path, name: 'x', dialect: {}, target }, { ...quiet, cancelled: () => left-- <= 0 }, 'careful'),
      ).rejects.toMatchObject({ code: 'cancelled' })
      expect(readdirSync(folder.folder).filter((name) => join(folder.folder, name).startsWith(target))).toEqual([])
    }
  })

  test('does not touch a target that exists', async () => {
    const target = folder.write('mine', 'taken.db')
    await expect(
      importFile({ path: folder.write('a,b\n1,2\n'), name: 'x', dialect: {}, target }, quiet),
    ).rejects.toMatchObject({ code: 'conflict' })
    expect(readFileSync(target, 'utf8')).toBe('mine')
  })

  test('tells how far it is', async () => {
    const path = folder.write(`a,b,c\n${'1,2,and some more text\n'.repeat(300_000)}`)
    const seen: number[] = []
    const result = await importFile(
      { path, name: 'x', dialect: {}, target: folder.target() },
      { ...quiet, progress: (state) => seen.push(state.bytes / state.total) },
      'careful',
    )
    expect(seen.length).toBeGreaterThan(3)
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(seen.at(-1)).toBe(1)
    expect(result.rows).toBe(300_000)
  })

  test('follows what the analyst overrules', async () => {
    const path = folder.write('when;what\n01/02/2019 10:00:00;x\n', 'overrule.csv')
    const found = await importTo(folder, path, { header: false, delimiter: ';', timeColumn: null })
    expect(found.columns.map((column) => column.name)).toEqual(['column_1', 'column_2'])
    expect(found).toMatchObject({ rows: 2, timeColumn: null, rowsWithoutTime: 2 })
    found.db.close()
    const zoned = await importTo(folder, path, {
      timeZone: '+02:00',
      timeColumn: 'when',
      fields: { what: ['username'] },
    })
    expect(zoned.columns.map((column) => [column.timeZone, column.timeZoneSource, column.fields])).toEqual([
      ['+02:00', 'user', expect.anything()],
      [null, null, ['username']],
    ])
    expect(new Date((zoned.firstTime ?? 0) / 1000).toISOString()).toMatch(/T08:00:00/)
    zoned.db.close()
    await expect(importTo(folder, path, { timeColumn: 'nothing' })).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(importTo(folder, path, { encoding: 'nonsense' })).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(importTo(folder, path, { profile: 'nonsense' })).rejects.toMatchObject({ code: 'invalid-input' })
  })
})

describe('records of a wrong width', () => {
  test('go to quarantine with line, place, reason and raw text', async () => {
    const found = await importTo(folder, folder.write(`a,b,c\n${'1,2,3\n'.repeat(10)}4,5\n6,7,8,9\n1,2,3\n`))
    expect(found).toMatchObject({ rows: 11, quarantined: 2 })
    expect(found.bad).toEqual([
      { line: 12, offset: 66, length: 3, reason: '2 of 3 fields', raw: '4,5' },
      { line: 13, offset: 70, length: 7, reason: '4 of 3 fields', raw: '6,7,8,9' },
    ])
    found.db.close()
  })

  test('widen the table when nearly all are wider than the header', async () => {
    const found = await importTo(folder, folder.write(`a,b\n${'x,y,z\n'.repeat(30)}`))
    expect(found).toMatchObject({ rows: 30, quarantined: 0 })
    expect(found.columns.map((column) => column.name)).toEqual(['a', 'b', 'column_3'])
    expect(found.warnings).toHaveLength(1)
    found.db.close()
  })
})
