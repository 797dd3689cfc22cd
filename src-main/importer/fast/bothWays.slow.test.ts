import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { bothWays, type BothWays } from '../testing/bothWays.ts'
import { testFolder } from '../testing/importTo.ts'

const folder = testFolder()
afterAll(() => folder.remove())

/** The same datasets, or declined with a reason: counts which. */
function expectSame(both: BothWays, tally: Map<string, number>): void {
  const key = 'failed' in both ? 'failed' : (both.declined ?? 'same')
  tally.set(key, (tally.get(key) ?? 0) + 1)
  if ('differences' in both) {
    expect(both.differences).toEqual([])
    expect(both.integrity).toBe('ok')
  }
}

const RUNS = Number(process.env['HUNTBENCH_FUZZ_RUNS'] ?? 80)

const quoted = (cell: string, delimiter: string): string =>
  cell.includes('"') || cell.includes(delimiter) || /[\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell

const word = fc.constantFrom(
  'a',
  'powershell.exe',
  'C:\\Temp\\x.dll',
  '',
  ' ',
  'é',
  '語',
  '😀',
  '\0',
  'x,y',
  'say "hi"',
  'line\nline',
  'crlf\r\nend',
  '#c',
  "o'k",
  ';',
  '\t',
  '0',
  '-',
  'n/a',
  '-1.50',
  'www.example.com',
  'http://evil.example.org/a?b=c',
  'hxxp://evil[.]example[.]org',
  'bob@mail.example.com',
  '10.1.2.3',
  '8.8.8.8',
  '2001:db8::1',
  'd41d8cd98f00b204e9800998ecf8427e',
  'D41D8CD98F00B204E9800998ECF8427E',
)
const numberText = fc.oneof(
  fc.integer().map(String),
  fc.double({ noNaN: true }).map(String),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value.toFixed(3)),
  fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String),
  fc.constantFrom(
    '007',
    '+1',
    '-0',
    '1e5',
    '1.0',
    '.5',
    '5.',
    '9007199254740991',
    '9007199254740992',
    '0.000001',
    '0.0000001',
    '1e21',
    '1e+21',
    '0.1',
    '-0.25',
    '123456789012345.6',
    'NaN',
    'Infinity',
    '0x10',
  ),
)
const timeText = fc.oneof(
  fc
    .date({ min: new Date('1969-12-30'), max: new Date('2199-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  fc
    .date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString().replace('T', ' ').replace('Z', '')),
  fc.constantFrom(
    '2024-02-29T00:00:00Z',
    '2023-02-29T00:00:00Z',
    '2024-01-01T24:00:00Z',
    '2024-06-30T23:59:60Z',
    '2024-01-01 10:00:00.1234567',
    '2024-01-01T10:00:00+02:00',
    '2024-01-01T10:00:00-0530',
    '1601-01-01T00:00:00Z',
    '1970-01-01T00:00:00Z',
    '2024-01-01',
    '2024-01-01T10:00',
    '2024-01-01T10:00:00,5Z',
    ' 2024-01-01T10:00:00Z ',
  ),
)
const epochText = fc.oneof(
  fc.integer({ min: 1e9, max: 2e9 }).map(String),
  fc.double({ min: 1e9, max: 2e9, noNaN: true }).map((value) => value.toFixed(6)),
  fc.constantFrom('0', '0.0', '1500000000.1234567', '-5', '1500000000,5', 'never', '15000000000000000'),
)
const textCell = fc.oneof(
  word,
  fc.array(word, { maxLength: 4 }).map((words) => words.join('')),
  fc.string({ unit: 'binary', maxLength: 12 }),
)
/** Columns of one kind each, so that types are found, with strays among them. */
const column = fc
  .constantFrom(textCell, textCell, numberText, timeText, epochText)
  .map((kind) => fc.oneof({ weight: 12, arbitrary: kind }, { weight: 1, arbitrary: textCell }))
const delimiters = fc.constantFrom(',', ',', '\t', ';', '|')

const table = fc
  .record({
    delimiter: delimiters,
    columns: fc.array(column, { minLength: 1, maxLength: 6 }),
    end: fc.constantFrom('\n', '\n', '\r\n'),
    bom: fc.boolean(),
    last: fc.boolean(),
    ragged: fc.boolean(),
  })
  .chain((shape) =>
    fc
      .array(fc.tuple(fc.tuple(...shape.columns), fc.nat(40)), { minLength: 1, maxLength: 40 })
      .map((rows) => ({ ...shape, rows })),
  )
  .map(({ delimiter, columns, rows, end, bom, last, ragged }) => {
    const names = ['timestamp', 'hostname', 'event_id', 'ts', 'command_line', 'md5'].slice(0, columns.length)
    const lines = rows.map(([cells, luck]) => {
      const line = cells.map((cell) => quoted(cell, delimiter))
      if (ragged && luck === 0) line.pop()
      if (ragged && luck === 1) line.push('more')
      if (luck === 2) return ''
      return line.join(delimiter)
    })
    return Buffer.from((bom ? '\ufeff' : '') + [names.join(delimiter), ...lines].join(end) + (last ? end : ''))
  })

/** Bytes of any kind put into a table: what the fast import cannot match it has to decline. */
const damaged = fc
  .tuple(
    table,
    fc.array(fc.tuple(fc.nat(), fc.constantFrom(0, 10, 13, 34, 44, 0x80, 0xc3, 0xff, 35, 65)), { maxLength: 3 }),
  )
  .map(([bytes, changes]) => {
    const copy = Buffer.from(bytes)
    for (const [place, byte] of changes) copy[place % copy.length] = byte
    return copy
  })

describe('the fast and the careful import give the same dataset, cell for cell', () => {
  test('whatever stands in the cells, however the chunks fall', async () => {
    const tally = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 16, max: 400 }), async (bytes, chunk) => {
        const path = folder.write(bytes, 'generated.csv')
        expectSame(await bothWays(folder, path, { workers: 0, chunk }), tally)
      }),
      { numRuns: RUNS },
    )
    expect(tally.get('same') ?? 0).toBeGreaterThan(RUNS / 2)
  }, 600_000)

  test('whatever bytes are damaged', async () => {
    const tally = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(damaged, fc.integer({ min: 16, max: 400 }), async (bytes, chunk) => {
        const path = folder.write(bytes, 'damaged.csv')
        expectSame(await bothWays(folder, path, { workers: 0, chunk }), tally)
      }),
      { numRuns: RUNS },
    )
    expect(tally.get('same') ?? 0).toBeGreaterThan(RUNS / 8)
  }, 600_000)
})
