import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Dialect } from '#contract/datasets'
import { readBeginning } from './beginning.ts'
import { encode } from './testing/encode.ts'

const read = (content: string | Buffer, dialect: Dialect = {}) => {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  const { records, plan, ...rest } = readBeginning(bytes, true, dialect)
  return {
    ...rest,
    names: plan.columns.map((column) => column.name),
    types: plan.columns.map((column) => column.type),
    rows: records,
    plan,
  }
}

describe('the encoding is recognised', () => {
  const table = (words: string): string => `Name,Text\n${`x,${words}\n`.repeat(20)}`

  test.each([
    ['utf-8', 'naïve Ж 語', 'utf-8'],
    ['utf-16le', 'naïve', 'utf-16le'],
    ['utf-16be', 'naïve', 'utf-16be'],
    ['utf-16le', '日本語の文章がここにある', 'utf-16le'],
    ['shift_jis', '日本語の文章がここにあるのです', 'shift_jis'],
    ['euc-jp', '日本語の文章がここにあるのです', 'euc-jp'],
    ['iso-2022-jp', '日本語の文章がここにある', 'iso-2022-jp'],
    ['gb18030', '这是一个中文的句子在这里', 'gb18030'],
    ['big5', '這是一個中文的句子在這裡', 'big5'],
    ['euc-kr', '이것은 한국어 문장입니다 여기에', 'euc-kr'],
    ['windows-1251', 'Это предложение на русском языке', 'windows-1251'],
    ['windows-1252', 'déjà vu, Übergröße', 'windows-1252'],
  ])('%s: %s', (encoding, words, expected) => {
    expect(read(encode(table(words), encoding)).encoding).toBe(expected)
  })

  test('with a byte order mark, which belongs to no header', () => {
    for (const encoding of ['utf-8', 'utf-16le', 'utf-16be']) {
      const found = read(encode(`\ufeffName,Text\nx,y\n`, encoding))
      expect([found.encoding, found.names[0], found.offset > 0]).toEqual([encoding, 'Name', true])
    }
  })

  test('as UTF-8 also where a few bytes are bad', () => {
    const bytes = Buffer.concat([Buffer.from('Name,Text\nx,é\nx,ü\nx,ö\n'), Buffer.from([0x78, 0x2c, 0x96, 0x0a])])
    expect(read(bytes).encoding).toBe('utf-8')
  })
})

describe('what is no text is refused with what it is', () => {
  test('packed or encrypted bytes of no known kind, whatever their size', () => {
    // The same noise in every run: one of ten thousand short ones begins like UTF-16.
    const noise = (outputLength: number, seed: number): Buffer =>
      createHash('shake256', { outputLength }).update(String(seed)).digest()
    for (let n = 0; n < 30; n++)
      expect(() => read(noise([300, 3_000, 60_000][n % 3] ?? 0, n))).toThrow(/The file is binary, not text/)
  })

  test.each([
    ['a page', '\n<!DOCTYPE html>\n<html lang="en"><body>Sign in, please</body></html>\n', /web page/],
    ['XML', '<?xml version="1.0" encoding="utf-8"?>\n<Events><Event a="1,2"/></Events>\n', /is XML/],
    ['ORC', Buffer.from('ORC\x08\x03\x10\x05'), /ORC header/],
  ])('%s', (_, content, reason) => {
    expect(() => read(content)).toThrow(reason)
  })

  test('but words that begin like such a file, control characters as delimiters, and NULs are a table', () => {
    expect(read('ORCID,Name\n1,ada\n').names).toEqual(['ORCID', 'Name'])
    expect(read('<html5>,b\n1,2\n').names).toHaveLength(2)
    const odd = encode(`a\x01b\x01c\n${'x\x01déjà\x01\x02\n'.repeat(300)}`, 'windows-1252')
    expect(read(odd).names).toEqual(['a', 'b', 'c'])
    expect(read(`a,b\n${'a longer word\0\0,é\n'.repeat(300)}`).rows).toHaveLength(300)
  })
})

describe('the dialect is recognised', () => {
  test.each([
    ['comma', 'Name,Size\na,1\nb,2\n', ',', '"', '\n'],
    ['semicolon with commas inside', 'Name;Size\na,b;1\nc;2\nd,e,f;3\n', ';', '"', '\n'],
    ['tab', 'Name\tSize\r\na\t1\r\nb\t2\r\n', '\t', '"', '\n'],
    ['pipe', 'Name|Size\na|1\nb|2\n', '|', '"', '\n'],
    ['carriage returns', 'Name,Size\ra,1\rb,2\r', ',', '"', '\r'],
    ['apostrophes', "'Name','Text'\n'a','b,c'\n'd','e'\n", ',', "'", '\n'],
    ['no quoting in a TSV with inches', `Name\tSize\n${'a\t"5 inch\n'.repeat(20)}`, '\t', '', '\n'],
    ['line feeds inside rows that end in CRLF', `Name,Text\r\n${'a,one\ntwo\r\n'.repeat(20)}`, ',', '"', '\r\n'],
    ['sep line', 'sep=|\nName|Size\na|1\n', '|', '"', '\n'],
  ])('%s', (_what, text, delimiter, quote, newline) => {
    expect(read(text).dialect).toMatchObject({ delimiter, quote, newline })
  })

  test('with backslash escapes', () => {
    const found = read(`id,json\n${'1,"{\\"a\\": 1, \\"b\\": 2}"\n'.repeat(20)}`)
    expect(found.dialect.escape).toBe('backslash')
    expect(found.rows[0]).toEqual(['1', '{"a": 1, "b": 2}'])
  })

  test('a file without a backslash before a quote mark has no such escapes, however ragged it is', () => {
    const text = 'a,b,c\n"8.8","x\n""a"":1}",host,more\n"1","2","3"\n"4",5\n'
    expect(readBeginning(Buffer.from(text), true, {}).dialect.escape).toBe('quote')
  })

  test('and Windows paths that end in a backslash before a quote are no escapes', () => {
    const found = read(`id,path\n${'1,"C:\\Temp\\"\n2,"C:\\a,b\\"\n'.repeat(20)}`)
    expect(found.dialect.escape).toBe('quote')
    expect(found.rows[0]).toEqual(['1', 'C:\\Temp\\'])
  })

  test('a list of lines stays one column', () => {
    const lines = [
      'Jan 12 10:00:01 host sshd[1]: Failed password for root, port 22',
      'Jan 12 10:00:02 host cron: started',
      'Jan 12 10:00:03 host su: a, b, c; d | e',
    ]
    const found = read(lines.map((line) => `${line}\n`.repeat(5)).join(''))
    expect(found.names).toHaveLength(1)
    expect(found.rows.map(([line]) => line)).toEqual(expect.arrayContaining(lines))
  })
})

describe('the header is recognised', () => {
  test.each([
    ['names above numbers', 'Name,Size\na,1\nb,2\n', true, 1],
    ['names above text', 'User,Comment\nann,hello\nbob,bye\n', true, 1],
    ['rows only', '2019-01-01T00:00:00Z,10.0.0.1,5\n2019-01-01T00:00:01Z,10.0.0.2,6\n', false, null],
    ['years as names', 'Museum,2011,2010\nA,23.824,17.518\nB,closed,closed\n', true, 1],
    ['numbers of a data frame', ',0,1\n0,a,b\n1,c,d\n', true, 1],
    ['a title above it', `Report of the week\n\nName,Size,Owner\n${'a,1,b\n'.repeat(15)}`, true, 3],
    ['comments above it', '# made by a tool\n# on a day\nName,Size\na,1\n', true, 3],
    ['a comment that is it (abuse.ch)', '# a list\n# Date,SHA1,Reason\n2019-01-01,aa,b\n2019-01-02,cc,d\n', true, 2],
    ['one row of names', 'Name,Size\n', true, 1],
  ])('%s', (_what, text, header, headerLine) => {
    expect(read(text)).toMatchObject({ header, headerLine })
  })

  test('of Zeek logs, with their own delimiter and unset marks', () => {
    const text =
      '#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tconn\n#fields\tts\tid.orig_h\tid.orig_p\tbytes\n#types\ttime\taddr\tport\tcount\n1588205032.12\t10.0.0.1\t5\t-\n1588205033.12\t10.0.0.1\t6\t17\n#close\t2020\n'
    const found = read(text)
    expect(found).toMatchObject({
      headerLine: 6,
      line: 8,
      names: ['ts', 'id.orig_h', 'id.orig_p', 'bytes'],
      types: ['time', 'text', 'integer', 'integer'],
    })
    expect(found.rows).toHaveLength(2)
    expect(found.plan.unset).toEqual(expect.arrayContaining(['-', '(empty)']))
  })

  test('types that a Zeek log says hold where its cells do not contradict them', () => {
    const types = ['time', 'string', 'count', 'double', 'port', 'set[string]', 'string', 'new_kind', 'count']
    const names = ['seen', 'serial', 'none_yet', 'share', 'port', 'seats', 'when', 'other', 'odd']
    const row = ['1588205032', '0042', '-', '1', '5', '7', '2020-04-30T00:00:01Z', '12', 'x']
    const text = [['#fields', ...names], ['#types', ...types], row, row].map((cells) => cells.join('\t')).join('\n')
    expect(read(`${text}\n`).types).toEqual([
      'time',
      'text',
      'integer',
      'number',
      'integer',
      'text',
      'time',
      'integer',
      'text',
    ])
    expect(read(`#fields\ta\tb\n#types\tstring\n12\t3\n`).types).toEqual(['text', 'integer'])
  })

  test('of Zeek logs that separate by another character', () => {
    const text =
      '#separator \\x7c\n#unset_field|U\n#fields|ts|host\n#types|time|string\n1588205032.12|U\n1588205033.12|ws1\n'
    const found = read(text)
    expect(found).toMatchObject({ names: ['ts', 'host'], types: ['time', 'text'] })
    expect(found.plan.unset).toContain('U')
  })

  test('of W3C logs', () => {
    const text =
      '#Software: IIS\n#Fields: date time c-ip cs-uri-stem\n2019-01-01 10:00:00 10.0.0.1 /a\n2019-01-01 10:00:01 10.0.0.1 /b\n'
    expect(read(text).names).toEqual(['date', 'time', 'c-ip', 'cs-uri-stem'])
  })
})
