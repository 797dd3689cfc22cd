import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { copyText } from './copyText.ts'

const table = {
  headers: ['a', 'b'],
  rows: [
    ['=cmd|x', 'say "hi", you'],
    ['-12.5', 'two\nlines'],
  ],
}

describe('copied rows', () => {
  it('never start a formula in a spreadsheet, and stay numbers where they are numbers', () => {
    expect(copyText(table, 'csv')).toBe('a,b\r\n\'=cmd|x,"say ""hi"", you"\r\n-12.5,"two\nlines"')
    fc.assert(
      fc.property(fc.constantFrom('=', '+', '-', '@', '\t', '\r'), fc.string(), (first, rest) => {
        const copied =
          Papa.parse<string[]>(copyText({ headers: ['x'], rows: [[`${first}${rest}`]] }, 'csv'), { delimiter: ',' })
            .data[1]?.[0] ?? ''
        expect(copied.startsWith("'") || /^[+-]\d+(\.\d+)?$/.test(copied)).toBe(true)
      }),
    )
  })

  it('are the text of the cells, read back from CSV', () => {
    const cells = fc.array(fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 2 }), {
      minLength: 1,
      maxLength: 5,
    })
    fc.assert(
      fc.property(cells, (rows) => {
        const text = copyText({ headers: ['a', 'b'], rows }, 'csv-raw')
        expect(Papa.parse(text, { delimiter: ',', newline: '\r\n' }).data.slice(1)).toEqual(rows)
      }),
    )
  })

  it('keep one line a row and one tab a column in TSV', () => {
    expect(copyText(table, 'tsv')).toBe('a\tb\n=cmd|x\tsay "hi", you\n-12.5\ttwo lines')
  })

  it('cannot break out of a Markdown table or bring markup', () => {
    expect(copyText({ headers: ['a'], rows: [['x|<b>[y](z)']] }, 'markdown')).toBe(
      '| a |\n| --- |\n| x\\|\\<b\\>\\[y\\](z) |',
    )
  })

  it('are objects by header in JSON', () => {
    expect(JSON.parse(copyText(table, 'json'))).toEqual([
      { a: '=cmd|x', b: 'say "hi", you' },
      { a: '-12.5', b: 'two\nlines' },
    ])
  })
})
