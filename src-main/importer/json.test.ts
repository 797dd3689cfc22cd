import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { createFlattener } from './flattenJson.ts'
import { previewFile } from './previewFile.ts'
import { importTo, testFolder, type Imported } from './testing/importTo.ts'

const folder = testFolder()
afterAll(() => folder.remove())

async function read(content: string | Buffer): Promise<Imported> {
  const found = await importTo(folder, folder.write(content, 'events.json'))
  found.db.close()
  return found
}
const table = (found: Imported): Record<string, string>[] =>
  found.cells.map((row) => Object.fromEntries(row.map((cell, n) => [found.columns[n]?.header ?? '', cell])))

/** What every row says about itself must be the very bytes of its object. */
function expectPlaces(found: Imported, bytes: Buffer, encoding: BufferEncoding = 'utf8'): void {
  for (const { offset, length, line } of found.places) {
    const slice = bytes.subarray(offset, offset + length).toString(encoding)
    expect(typeof JSON.parse(slice)).toBe('object')
    expect(slice.startsWith('{') && slice.endsWith('}')).toBe(true)
    expect(line).toBe(bytes.subarray(0, offset).toString(encoding).split('\n').length)
  }
}

describe('JSON, one object a line', () => {
  test('nested values become dotted columns, numbers keep their characters, nothing is lost', async () => {
    const bytes = Buffer.from(
      [
        '{"ts":1.50,"id":{"orig_h":"10.0.0.1","big":9223372036854775807},"tags":["a","b"],"ok":true,"none":null,"e":{},"s":"é\\u00e9\\n"}',
        '',
        '  {"id":{"orig_h":"10.0.0.2"},"list":[{"x":1}],"later":{"deep":{"er":-0.0e+5}}} ',
      ].join('\r\n'),
    )
    const found = await read(bytes)
    expect(found.columns.map((column) => column.header)).toEqual([
      'ts',
      'id.orig_h',
      'id.big',
      'tags',
      'ok',
      'none',
      'e',
      's',
      'list',
      'later.deep.er',
    ])
    expect(table(found)[0]).toEqual({
      ts: '1.50',
      'id.orig_h': '10.0.0.1',
      'id.big': '9223372036854775807',
      tags: '["a","b"]',
      ok: 'true',
      none: '',
      e: '{}',
      s: 'éé\n',
      list: '',
      'later.deep.er': '',
    })
    expect(table(found)[1]).toMatchObject({ 'id.orig_h': '10.0.0.2', list: '[{"x":1}]', 'later.deep.er': '-0.0e+5' })
    expect(found).toMatchObject({ rows: 2, quarantined: 0, delimiter: '', header: true, headerLine: null })
    expect(found.places.map(({ line }) => line)).toEqual([1, 3])
    expect(
      bytes
        .subarray(found.places[0]?.offset, (found.places[0]?.offset ?? 0) + (found.places[0]?.length ?? 0))
        .toString(),
    ).toMatch(/^\{"ts".*\}$/)
  })

  test('keys that come late are kept in _more, with a warning', async () => {
    const lines = Array.from({ length: 2_500 }, (_, n) => `{"a":${n}${n > 2_100 ? `,"new":{"x":"${n}","y":[1]}` : ''}}`)
    const found = await read(lines.join('\n'))
    expect(found.columns.map((column) => column.header)).toEqual(['a', '_more'])
    expect(found.cells[2_100]).toEqual(['2100', ''])
    expect(found.cells[2_101]).toEqual(['2101', '{"new.x":"2101","new.y":[1]}'])
    expect(found.warnings.join()).toContain('_more')
  })

  test('a key that comes twice loses neither value', async () => {
    const found = await read('{"a":1,"a":2,"b":{"c":3},"b.c":"4"}\n{"a":5}\n')
    expect(table(found)).toEqual([
      { a: '1', 'b.c': '3', _more: '{"a":2,"b.c":"4"}' },
      { a: '5', 'b.c': '', _more: '' },
    ])
  })

  test('a line that is no JSON object is set aside with line, offset and reason; the others are kept', async () => {
    const lines = [
      '{"a":1}',
      '[1,2]',
      '{"a":01}',
      '{"a":"x}',
      '{"a":2} {"a":3}',
      '{"a":"\u0001"}',
      '{"a":tru}',
      'text',
      '{"a":4}',
      `${'{"a":'.repeat(600)}1${'}'.repeat(600)}`,
      '{"a":5',
    ]
    const found = await read(lines.join('\n'))
    expect(found.cells.map(([a]) => a)).toEqual(['1', '4'])
    expect(found.bad.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      '2 a JSON array, not an object',
      '3 not a JSON object: unexpected "1" at character 7',
      '4 not a JSON object: it ends inside a string at character 9',
      '5 not a JSON object: further text behind the object at character 9',
      '6 not a JSON object: a control character inside a string at character 7',
      '7 not a JSON object: unexpected "t" at character 6',
      '8 not a JSON object: unexpected "t" at character 1',
      '10 not a JSON object: more than 500 levels of nesting at character 2506',
      '11 not a JSON object: it ends too early at character 7',
    ])
    let offset = 0
    for (const [n, line] of lines.entries()) {
      const bad = found.bad.find((one) => one.line === n + 1)
      if (bad) expect(bad).toMatchObject({ offset, length: Buffer.byteLength(line), raw: line })
      offset += Buffer.byteLength(line) + 1
    }
  })

  test('invalid bytes and half characters cost their own record', async () => {
    const found = await read(
      Buffer.concat([Buffer.from('{"a":"éé"}\n{"a":"'), Buffer.from([0xc3]), Buffer.from('"}\n{"a":"\\ud800"}\n')]),
    )
    expect(found.cells.flat()).toEqual(['éé', '\\ud800'])
    expect(found.bad[0]?.reason).toBe('byte 0xc3 at 19 is not valid utf-8')
  })

  test('UTF-16 as PowerShell writes it', async () => {
    const bytes = Buffer.from('\ufeff[\r\n  {"a": "é"},\r\n  {"a": "語"}\r\n]\r\n', 'utf16le')
    const found = await read(bytes)
    expect(found.cells).toEqual([['é'], ['語']])
    expectPlaces(found, bytes, 'utf16le')
  })

  test('a record over 16 MB is set aside, those after it are kept', async () => {
    const found = await read(`{"a":"1"}\n{"a":"${'x'.repeat(17 * 1024 * 1024)}"}\n{"a":"2"}\n`)
    expect(found.cells.map(([a]) => a)).toEqual(['1', '2'])
    expect(found.bad[0]).toMatchObject({
      line: 2,
      offset: 10,
      length: 17 * 1024 * 1024 + 8,
      reason: 'longer than 16 MB',
    })
  })
})

describe('JSON over many lines', () => {
  const objects = [{ a: 1, b: { c: 'x {]}\\" y', d: [{ e: 1 }, 2] } }, { a: 2 }, {}]

  test.each([
    ['an array, pretty-printed', JSON.stringify(objects, null, 2)],
    ['an array in one line', JSON.stringify(objects)],
    ['an array with one object a line', `[\n${objects.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`],
    ['objects pretty-printed one after another', objects.map((one) => JSON.stringify(one, null, 4)).join('\n')],
    ['inside an object', JSON.stringify({ '@odata.context': 'x]}', n: [1, [2]], value: objects, next: null }, null, 1)],
  ])('%s: every object is a row with its place', async (_, text) => {
    const found = await read(text)
    expect(found).toMatchObject({ rows: 3, quarantined: 0 })
    expect(table(found)[0]).toMatchObject({ a: '1', 'b.c': 'x {]}\\" y', 'b.d': '[{"e":1},2]' })
    expectPlaces(found, Buffer.from(text))
  })

  test('CloudTrail files, also one after another', async () => {
    const record = (n: number) => ({
      eventVersion: '1.08',
      eventTime: `2023-07-10T12:00:0${n}Z`,
      eventSource: 'iam.amazonaws.com',
      eventName: 'CreateUser',
      awsRegion: 'us-east-1',
      sourceIPAddress: '198.51.100.7',
      userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::1:user/x' },
      requestParameters: null,
    })
    const file = JSON.stringify({ Records: [record(1), record(2)] })
    const found = await read(`${file}\n${file}`)
    expect(found).toMatchObject({
      rows: 4,
      quarantined: 0,
      profile: 'cloudtrail',
      timeColumn: 'eventTime',
      rowsWithoutTime: 0,
    })
    expect(found.columns.find((column) => column.header === 'userIdentity.arn')?.fields).toContain('username')
  })

  test('Zeek JSON is recognised as its table is', async () => {
    const line = (ts: string) =>
      `{"ts":${ts},"uid":"C1","id.orig_h":"10.0.0.1","id.orig_p":49152,"id.resp_h":"198.51.100.9","id.resp_p":443,"proto":"tcp","service":"ssl","duration":1.5,"orig_bytes":1,"resp_bytes":2,"conn_state":"SF","history":"Sh"}`
    const found = await read([line('1591367999.305988'), line('1591368000.000001')].join('\n'))
    expect(found).toMatchObject({
      profile: 'zeek-conn',
      timeColumn: 'ts',
      firstTime: 1591367999305988,
      rowsWithoutTime: 0,
    })
    expect(found.cells[0]?.[0]).toBe('1591367999.305988')
  })

  test('an object that is not closed costs the lines up to the next one', async () => {
    const found = await read('[\n  {\n    "a": 1\n  },\n  {\n    "a": {\n      "b": 2\n  },\n  {\n    "a": 3\n  }\n]\n')
    expect(found.cells.map((row) => row.join(''))).toEqual(['1', '3'])
    expect(found.bad).toMatchObject([{ line: 5, reason: 'object opened at line 5 is never closed' }])
  })

  test('values between the objects are set aside', async () => {
    const found = await read('[{"a":1}, 5, "x{", {"a":2}]')
    expect(found.cells.flat()).toEqual(['1', '2'])
    expect(found.bad.map(({ raw, offset }) => [raw, offset])).toEqual([
      ['5', 10],
      ['"x{"', 13],
    ])
  })

  test('a file cut off inside an object keeps what stands before', async () => {
    const found = await read('[{"a":1},\n{"a":2},\n{"a"')
    expect(found).toMatchObject({ rows: 2, quarantined: 1 })
  })

  test('an array of many MB in one line is read with bounded records', async () => {
    const text = `[${Array.from({ length: 60_000 }, (_, n) => `{"n":${n},"text":"${'x'.repeat(100)}"}`).join(',')}]`
    const found = await read(text)
    expect(found).toMatchObject({ rows: 60_000, quarantined: 0 })
    expect(found.cells.at(-1)?.[0]).toBe('59999')
  })

  test('one unclosed object in the middle of a long line does not take for ever', async () => {
    const text = `[${'{"n":1},'.repeat(100_000)}{"n":"${'{"n":2},'.repeat(100_000)}{}]`
    const found = await read(text)
    expect(found.rows).toBeGreaterThanOrEqual(100_000)
    expect(found.quarantined).toBeGreaterThan(0)
  })
})

test('JSON without objects is refused with a reason; text that only begins like it is a table', async () => {
  await expect(read('[1,2,3]\n')).rejects.toMatchObject({ code: 'not-a-table' })
  await expect(read('{"a":\n')).rejects.toMatchObject({ code: 'not-a-table' })
  expect((await read('{x},b\n1,2\n3,4\n')).columns).toHaveLength(2)
  expect((await read('[time] text,b\n1,2\n3,4\n')).columns).toHaveLength(2)
})

test('a preview of JSON is what its import does, whatever is said about delimiters', async () => {
  const path = folder.write('{"a":1,"b":{"c":"x"}}\n{"a":2}\nbad\n', 'preview.jsonl')
  const shown = await previewFile({ path, name: 'preview.jsonl', dialect: { delimiter: ';' } })
  expect(shown).toMatchObject({
    rows: [
      ['1', 'x'],
      ['2', ''],
    ],
    complete: true,
    estimatedRows: 2,
    delimiter: '',
  })
  expect(shown.quarantined).toHaveLength(1)
})

/** What JSON.parse says about a value, as cells. */
function expected(value: unknown, path: string, cells: Map<string, unknown>): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0) {
    for (const [key, inner] of Object.entries(value)) expected(inner, path === '' ? key : `${path}.${key}`, cells)
  } else if (value !== null) cells.set(path, value)
}

test('any object gives what JSON.parse gives, however it is written', () => {
  const key = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 5 })
    .filter((text) => !text.includes('.') && text !== '__proto__')
  const { object } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.string({ unit: 'binary' }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 3 }),
      tie('object'),
    ),
    object: fc.dictionary(key, tie('value'), { noNullPrototype: true, maxKeys: 5 }),
  }))
  fc.assert(
    fc.property(object, fc.constantFrom(0, 2), (value, indent) => {
      const flattener = createFlattener([], true)
      const { cells, more } = flattener.read(JSON.stringify(value, null, indent))
      const wanted = new Map<string, unknown>()
      for (const [name, inner] of Object.entries(value as object)) expected(inner, name, wanted)
      expect(more).toBe('')
      const found = new Map(flattener.columns().map((path, n) => [path, cells[n] ?? '']))
      for (const [path, cell] of wanted) {
        const text = found.get(path) ?? ''
        if (typeof cell === 'string') expect(text === cell || JSON.parse(`"${text}"`) === cell).toBe(true)
        else expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(cell)))
      }
      for (const [path, text] of found) if (text !== '') expect(wanted.has(path)).toBe(true)
    }),
    { numRuns: 250 },
  )
})

test('any text is read exactly when JSON.parse reads it as an object', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"',
    ',',
    ':',
    '"a"',
    '"b":',
    '{"a":',
    '1',
    '-',
    '0',
    '.5',
    'e3',
    'true',
    'null',
    ' ',
    '\n',
    '\\',
    '\\u00',
    '\t',
    '{"a":1}',
    '{"a":{"b":[]}}',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
      const text = pieces.join('')
      let whole: boolean
      try {
        const value: unknown = JSON.parse(text)
        whole = typeof value === 'object' && value !== null && !Array.isArray(value)
      } catch {
        whole = false
      }
      let read = true
      try {
        createFlattener([], true).read(text)
      } catch {
        read = false
      }
      expect(read).toBe(whole)
    }),
    { numRuns: 8_000 },
  )
})
