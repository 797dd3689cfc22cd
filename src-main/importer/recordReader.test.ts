import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRecordReader, RECORD_MAX, type BadRecord, type Place, type RecordDialect } from './recordReader.ts'
import { encode, encodings, charactersOf } from './testing/encode.ts'

const plain: RecordDialect = { delimiter: ',', quote: '"', escape: 'quote', newline: '\n', comments: false }

type Read = { records: { cells: string[]; place: Place }[]; bad: BadRecord[] }

/** Reads bytes given in blocks; every block is on memory of its own, as blocks of a file are. */
function read(
  bytes: Buffer,
  dialect: Partial<RecordDialect> = {},
  encoding = 'utf-8',
  sizes: readonly number[] = [],
): Read {
  const found: Read = { records: [], bad: [] }
  const reader = createRecordReader(
    { encoding, undecided: false, dialect: { ...plain, ...dialect }, offset: 0, line: 1 },
    {
      record: (cells, place) => found.records.push({ cells: [...cells], place: { ...place } }),
      bad: (record) => found.bad.push(record),
    },
  )
  let at = 0
  for (const size of sizes) {
    reader.push(Buffer.from(bytes.subarray(at, at + size)))
    at += size
  }
  reader.push(Buffer.from(bytes.subarray(at)))
  reader.end()
  return found
}

const cellsOf = (text: string, dialect: Partial<RecordDialect> = {}): string[][] =>
  read(Buffer.from(text), dialect).records.map((record) => record.cells)

describe('records', () => {
  const newline = fc.constantFrom('\n', '\r\n', '\r')
  const written = fc
    .record({
      encoding: fc.constantFrom(...encodings),
      delimiter: fc.constantFrom(',', ';', '\t', '|', '^'),
      quote: fc.constantFrom('"', "'"),
      newline,
      mixed: fc.boolean(),
      strict: fc.boolean(),
      finalNewline: fc.boolean(),
      width: fc.integer({ min: 1, max: 5 }),
      sizes: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 30 }),
    })
    .chain((how) =>
      fc.record({
        how: fc.constant(how),
        rows: fc.array(
          fc.record({
            cells: fc.array(
              fc.record({
                text: fc
                  .array(
                    fc.constantFrom(
                      'a',
                      'B',
                      '7',
                      ' ',
                      '"',
                      "'",
                      ',',
                      ';',
                      '|',
                      '^',
                      '\t',
                      '\n',
                      '\r',
                      '\0',
                      '\\',
                      ...charactersOf(how.encoding),
                    ),
                    { maxLength: 8 },
                  )
                  .map((characters) => characters.join('')),
                quoted: fc.boolean(),
              }),
              { minLength: how.width, maxLength: how.width },
            ),
            ending: fc.constantFrom('\n', '\r\n'),
          }),
          { minLength: 1, maxLength: 12 },
        ),
      }),
    )

  test('come back cell for cell, with the exact bytes and line they have in the source, in any encoding and any blocks', () => {
    fc.assert(
      fc.property(written, ({ how, rows }) => {
        const { quote, delimiter } = how
        const dialect: RecordDialect = {
          ...plain,
          delimiter,
          quote,
          newline: how.newline === '\r' ? '\r' : how.newline === '\r\n' && how.strict && !how.mixed ? '\r\n' : '\n',
        }
        const lines = rows.map(({ cells }) =>
          cells
            .map(({ text, quoted }) => {
              const must =
                text === ''
                  ? how.width === 1
                  : text.startsWith(quote) || [delimiter, '\n', '\r'].some((special) => text.includes(special))
              return quoted || must ? quote + text.replaceAll(quote, quote + quote) + quote : text
            })
            .join(delimiter),
        )
        const texts = rows.flatMap(({ ending }, index) => {
          const last = index === rows.length - 1 && !how.finalNewline
          return [lines[index] ?? '', last ? '' : how.mixed && how.newline !== '\r' ? ending : how.newline]
        })
        const bytes = Buffer.concat(texts.map((text) => encode(text, how.encoding)))
        const found = read(bytes, dialect, how.encoding, how.sizes)
        expect(found.bad).toEqual([])
        expect(found.records.map((record) => record.cells)).toEqual(
          rows.map(({ cells }) => cells.map(({ text }) => text)),
        )
        const decoder = new TextDecoder(how.encoding, { ignoreBOM: true })
        const lineEnd = how.newline === '\r' ? '\r' : '\n'
        for (const [index, { place }] of found.records.entries()) {
          expect(decoder.decode(bytes.subarray(place.offset, place.offset + place.length))).toBe(lines[index])
          expect(place.line).toBe(decoder.decode(bytes.subarray(0, place.offset)).split(lineEnd).length)
        }
      }),
      { numRuns: 400 },
    )
  })

  test('are the same however the source is cut into blocks, also where quotes are wrong and bytes are invalid', () => {
    const piece = fc.constantFrom('a', ',', '"', '\n', '\r\n', '""', '",', '"\n', 'é', '\xff', ' ')
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 60 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 40 }),
        (pieces, sizes) => {
          const bytes = Buffer.concat(pieces.map((text) => (text === '\xff' ? Buffer.from([0xff]) : Buffer.from(text))))
          expect(read(bytes, {}, 'utf-8', sizes)).toEqual(read(bytes))
        },
      ),
      { numRuns: 400 },
    )
  })

  test('and bad records together cover every byte but line ends and blank lines', () => {
    const piece = fc.constantFrom('ab', ',', '"', '\n', '""', '",', '"\n', ' ')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const bytes = Buffer.from(pieces.join(''))
        const { records, bad } = read(bytes)
        const places = [...records.map((record) => record.place), ...bad].sort((a, b) => a.offset - b.offset)
        let at = 0
        for (const { offset, length } of places) {
          expect(bytes.subarray(at, offset).toString()).toMatch(/^\n*$/)
          at = offset + length
        }
        expect(bytes.subarray(at).toString()).toMatch(/^\n*$/)
      }),
      { numRuns: 400 },
    )
  })

  test('may end in CRLF and LF in one file, and blank lines are none', () => {
    expect(cellsOf('a,b\r\n\r\n"c",d\n\n\ne,"f"\r\n')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      ['e', 'f'],
    ])
  })

  test('keep a carriage return that ends a quoted cell', () => {
    expect(cellsOf('a,"b\r"\r\nc,"""\r"\r\n')).toEqual([
      ['a', 'b\r'],
      ['c', '"\r'],
    ])
  })

  test('with backslash escapes are read where the dialect says so', () => {
    expect(cellsOf('1,"{\\"a\\": 1, \\"b\\": 2}"\n2,x\n', { escape: 'backslash' })).toEqual([
      ['1', '{"a": 1, "b": 2}'],
      ['2', 'x'],
    ])
  })
})

describe('bad records', () => {
  test('with a quote that is never closed cost one line and name it', () => {
    const { records, bad } = read(Buffer.from('a,b\n1,"x\n2,y\n3,z\n'))
    expect(records.map((record) => record.cells)).toEqual([
      ['a', 'b'],
      ['2', 'y'],
      ['3', 'z'],
    ])
    expect(bad).toEqual([
      { offset: 4, length: 4, line: 2, reason: 'quote opened at line 2 is never closed', raw: '1,"x' },
    ])
  })

  test('with a stray quote do not swallow the records up to the next quoted cell', () => {
    const { records, bad } = read(Buffer.from('a,b\n1,"x\n2,y\n3,"z, z"\n4,"w"\n'))
    expect(records.map((record) => record.cells[0])).toEqual(['a', '2', '3', '4'])
    expect(bad.map(({ line, reason }) => ({ line, reason }))).toEqual([
      { line: 2, reason: 'quote opened at line 2 is not closed at the end of a cell' },
    ])
  })

  test('with an unclosed quote in a large file cost one line, and the rest is read once', () => {
    const line = `${'x'.repeat(98)},y\n`
    const rest = line.repeat(Math.ceil((RECORD_MAX * 1.2) / line.length))
    const count = rest.length / line.length
    const bytes = Buffer.from(`a,b\n1,"open\n${rest}`)
    const sizes = Array.from({ length: Math.ceil(bytes.length / 1_048_576) }, () => 1_048_576)
    const { records, bad } = read(bytes, {}, 'utf-8', sizes)
    expect(bad).toHaveLength(1)
    expect(bad[0]).toMatchObject({ line: 2, raw: '1,"open' })
    expect(records).toHaveLength(count + 1)
    expect(records.at(-1)?.place).toEqual({
      offset: bytes.length - line.length,
      length: line.length - 1,
      line: count + 2,
    })
  })

  test('with a quote opened in every line end after a bounded time', () => {
    const { records, bad } = read(Buffer.from('a,"b\n'.repeat(40_000)))
    expect(records.length + bad.length).toBe(40_000)
  })

  test('whose quoted last cell ends in a carriage return that nothing follows are whole', () => {
    const { records, bad } = read(Buffer.from('a,b\r\n1,"x"\r'))
    expect(bad).toEqual([])
    expect(records.at(-1)).toMatchObject({ cells: ['1', 'x'], place: { offset: 5, length: 5, line: 2 } })
  })

  test('that are longer than a record may be are told with their length', () => {
    const long = Buffer.concat([
      Buffer.from('a,b\n'),
      Buffer.alloc(RECORD_MAX + 5_000_000, 120),
      Buffer.from('\nc,d\n'),
    ])
    const sizes = Array.from({ length: 30 }, () => 1_048_576)
    const { records, bad } = read(long, {}, 'utf-8', sizes)
    expect(records.map((record) => record.cells)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
    expect(bad).toHaveLength(1)
    expect(bad[0]).toMatchObject({ offset: 4, length: RECORD_MAX + 5_000_000, line: 2, reason: 'longer than 16 MB' })
    expect(records[1]?.place.line).toBe(3)
  })

  test('with invalid bytes name the byte and its place', () => {
    const bytes = Buffer.concat([Buffer.from('a,é\nb,'), Buffer.from([0x96]), Buffer.from('\nc,d\n')])
    const { records, bad } = read(bytes)
    expect(records.map((record) => record.cells)).toEqual([
      ['a', 'é'],
      ['c', 'd'],
    ])
    expect(bad[0]).toMatchObject({ line: 2, reason: 'byte 0x96 at 7 is not valid utf-8', raw: 'b,\ufffd' })
  })

  test('are cells of more than a megabyte never', () => {
    const cell = 'é'.repeat(1_500_000)
    const { records, bad } = read(Buffer.from(`a,"${cell}"\nb,c\n`), {}, 'utf-8', [1_048_576, 1_048_576])
    expect(bad).toEqual([])
    expect(records[0]?.cells[1]).toBe(cell)
  })
})
