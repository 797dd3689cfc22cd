import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, test } from 'vitest'
import { AppError } from '#contract/appError'
import { importFile } from '../importFile.ts'
import audited from '../testdata/iocs.audited.json' with { type: 'json' }
import labelled from '../iocs.labelled.json' with { type: 'json' }
import { bothWays, importFastOnly } from '../testing/bothWays.ts'
import { testFolder } from '../testing/importTo.ts'
import { clangVersion, compile } from './build.ts'
import { FAST_MODULE, FAST_MODULE_CLANG } from './fastModuleBytes.ts'
import { CHUNK, LOCK_PAGE, PAGE_BYTES } from './fastPlan.ts'

const folder = testFolder()
afterAll(() => folder.remove())

const same = { declined: null, differences: [], integrity: 'ok' }

/** A table of a few MB with everything that moves the ends of records: quotes, line ends inside cells, letters beyond ASCII. */
function events(rows: number, end = '\r\n'): Buffer {
  const lines = ['TimeCreated,Computer,EventID,CommandLine,SHA256,Url,Score']
  for (let n = 0; n < rows; n++) {
    const time = new Date(1.5e12 + ((n * 7919) % 1_000_003) * 1000).toISOString()
    const command =
      n % 3 === 0
        ? `"cmd.exe /c ""echo ${n}${end}é"", 10.0.${n % 256}.7"`
        : `run ${'x'.repeat(n % 200)} www.host${n % 99}.example.org`
    const hash = (n * 2_654_435_761).toString(16).padStart(16, '0').repeat(4)
    lines.push(
      `${time},WS${n % 50},${n % 9000},${command},${hash},https://host${n % 999}.example.org/a?n=${n},${n / 8}`,
    )
  }
  return Buffer.from(lines.join(end) + end)
}

describe('fast import', () => {
  test('several workers give what one careful reader gives', async () => {
    const path = folder.write(events(20_000))
    expect(statSync(path).size).toBeGreaterThan(3 * CHUNK)
    expect(await bothWays(folder, path, { workers: 3 })).toMatchObject({
      ...same,
      result: { rows: 20_000, quarantined: 0 },
    })
    expect(await bothWays(folder, path, { workers: 2, chunk: 5000 })).toMatchObject(same)
  }, 120_000)

  test('rows over a page, over many pages and over a chunk', async () => {
    const cells = [1, 16_000, 16_340, 16_349, 16_350, 16_384, 20_000, 32_768, 70_000, 1_500_000].map((size) =>
      'ab"c'.repeat(size / 4),
    )
    const lines = cells.flatMap((cell, n) => [`${n},"${cell.replaceAll('"', '""')}",end`, `${n},short,end`])
    const path = folder.write(['id,text,last', ...lines].join('\n'))
    expect(await bothWays(folder, path)).toMatchObject({ ...same, result: { rows: 20 } })
    expect(await bothWays(folder, path, { workers: 2, chunk: 1000 })).toMatchObject(same)
  }, 120_000)

  test('cells full of indicators and of what only looks like some give the same indicators either way', async () => {
    const cells = [...labelled, ...audited.flatMap((group) => group.cells)].map(([cell = '']) => cell)
    const path = folder.write(['text,n', ...cells.map((cell) => `"${cell.replaceAll('"', '""')}",`)].join('\n'))
    expect(await bothWays(folder, path)).toMatchObject({ ...same, result: { rows: cells.length } })
  })

  test('indicators too long for a page of their index are kept', async () => {
    const lines = Array.from(
      { length: 50 },
      (_, n) => `${n},https://host.example.org/${'p'.repeat(900 * (n % 9))}/${n % 30}`,
    )
    expect(await bothWays(folder, folder.write(['id,url', ...lines].join('\n')))).toMatchObject(same)
  })

  test('no rows, one row, a header without a line end', async () => {
    for (const text of [
      'time,host\n',
      'time,host',
      'time,host\n2024-01-01T00:00:00Z,WS1',
      'time,host\n\n\n',
      'time,host\r\n1,2,3\r\n',
    ]) {
      expect(await bothWays(folder, folder.write(text), { workers: 0 }, { header: true })).toMatchObject(same)
    }
  })

  test('the order of day and month that was chosen, also against what some dates say', async () => {
    const lines = ['01/02/2024 10:00:00,a', '15/01/2024 11:00:00,b', '01/16/2024 12:00:00,c', '03/04/24 1:00 PM,d']
    const path = folder.write(['When,Host', ...lines].join('\n'))
    for (const first of [true, false]) {
      const both = await bothWays(folder, path, { workers: 0 }, { dayFirst: { When: first } })
      expect(both).toMatchObject({ ...same, result: { rowsWithoutTime: 1 } })
    }
  })

  test('zones by their abbreviations', async () => {
    const zones = ['EST', 'PDT', ' CET', 'utc', 'XYZ', 'p', 'PM PST', 'CEST', '']
    const lines = [...zones, ...zones].map((zone, n) => `2024-01-15 10:00:${10 + n} ${zone},a`)
    const both = await bothWays(folder, folder.write(['When,Host', ...lines, ...lines, ...lines].join('\n')))
    expect(both).toMatchObject(same)
  })

  test('what it cannot take it declines by name, and the file is imported all the same', async () => {
    const cases: [string | Buffer, string][] = [
      ['a,b\n1,x"y"\n2,z\n', 'a quote mark stands inside a cell'],
      ['a,b\n1,"x" y\n2,z\n', 'a quote mark stands inside a cell'],
      ['a,b\n1,2\n3,"never closed\n', 'the last quoted cell does not end'],
      [Buffer.from('a,b\r\n1,é\r\n2,ö\r\n', 'latin1'), 'its encoding is windows-1252'],
      ['a,b\r1,2\r3,4\r', 'its lines end otherwise than in LF or CRLF'],
    ]
    const dialect = { delimiter: ',', quote: '"' }
    for (const [content, declined] of cases) {
      const path = folder.write(content)
      const target = folder.target()
      expect(await importFastOnly(path, target, { workers: 0 }, dialect)).toEqual({ declined })
      expect(existsSync(target)).toBe(false)
      const request = { path, name: 'x', dialect, target }
      await expect(
        importFile(request, { cancelled: () => false, progress: () => undefined }, 'fast'),
      ).rejects.toMatchObject({ code: 'unavailable' })
      const { rows, quarantined } = await importFile(request, { cancelled: () => false, progress: () => undefined })
      expect(rows + quarantined).toBe(2)
    }
  })

  test('a cancelled import leaves nothing behind', async () => {
    const path = folder.write(events(60_000))
    const target = folder.target()
    let asked = 0
    const context = { cancelled: () => ++asked > 4, progress: () => undefined }
    const failure = await importFile({ path, name: 'x', dialect: {}, target }, context, 'fast').catch(
      (error: unknown) => error,
    )
    expect(failure).toBeInstanceOf(AppError)
    expect(failure).toMatchObject({ code: 'cancelled' })
    expect(existsSync(target)).toBe(false)
  }, 60_000)

  test('a target that exists is not touched', async () => {
    const path = folder.write(events(10))
    const target = folder.target()
    writeFileSync(target, 'mine')
    const context = { cancelled: () => false, progress: () => undefined }
    await expect(importFile({ path, name: 'x', dialect: {}, target }, context, 'fast')).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(readFileSync(target, 'utf8')).toBe('mine')
  })

  test('10,000 random rows slice back to the bytes they came from', async () => {
    const bytes = events(30_000)
    const path = folder.write(bytes)
    const target = folder.target()
    await importFile(
      { path, name: 'x', dialect: {}, target },
      { cancelled: () => false, progress: () => undefined },
      'fast',
    )
    const db = new Database(target, { readonly: true })
    const row = db.prepare<[number], { at: number; n: number; line: number; cell: string }>(
      'SELECT _offset AS at, _length AS n, _line AS line, CommandLine AS cell FROM rows WHERE _row = ?',
    )
    const lineStarts = [0]
    for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) lineStarts.push(at + 1)
    for (let n = 0; n < 10_000; n++) {
      const found = row.get(1 + ((n * 7919) % 30_000))
      if (!found) throw new Error('a row is missing')
      const slice = bytes.toString('utf8', found.at, found.at + found.n)
      expect(
        slice.replaceAll('""', '"').includes(`,${found.cell},`) ||
          slice.replaceAll('""', '"').includes(`,"${found.cell}",`),
      ).toBe(true)
      expect(bytes.toString('latin1', found.at + found.n, found.at + found.n + 2)).toBe('\r\n')
      expect(lineStarts[found.line - 1]).toBe(found.at)
    }
    db.close()
  }, 60_000)

  test.skipIf(process.env['HUNTBENCH_LARGE_TESTS'] !== '1')(
    'a dataset over 1 GiB leaves out the lock-byte page (HUNTBENCH_LARGE_TESTS=1)',
    async () => {
      const block = events(40_000)
      const header = block.indexOf(10) + 1
      const path = folder.path('large.csv')
      mkdirSync(folder.folder, { recursive: true })
      writeFileSync(path, block)
      const copies = Math.ceil((LOCK_PAGE * PAGE_BYTES) / (block.length - header)) + 2
      for (let n = 1; n < copies; n++) writeFileSync(path, block.subarray(header), { flag: 'a' })
      const both = await bothWays(folder, path, { workers: 2 })
      expect(both).toMatchObject({ ...same, result: { rows: 40_000 * copies } })
    },
    1_200_000,
  )

  test('the compiled module is what its sources give', ({ skip }) => {
    if (clangVersion() !== FAST_MODULE_CLANG) skip(`needs clang ${FAST_MODULE_CLANG}`)
    expect(compile().toString('base64') === FAST_MODULE, 'run node src-main/importer/fast/build.ts').toBe(true)
  })
})
