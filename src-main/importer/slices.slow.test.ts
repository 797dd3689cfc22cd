import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { importFile } from './importFile.ts'
import { encode } from './testing/encode.ts'
import { testFolder } from './testing/importTo.ts'

const ROWS = 20_000
const SLICES = 10_000
const folder = testFolder()
afterAll(() => folder.remove())

/** Records with quotes, delimiters, line ends and letters of several bytes inside their cells. */
function recordsOf(newline: string): string[] {
  const cell = fc.sample(
    fc.oneof(
      fc.constantFrom('plain', '', '"a ""quoted"" word"', '"x,y"', `"two${newline}lines"`, `"${newline}"`),
      fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => `"${text.replace(/["\r\n\0\p{Cs}]/gu, ' ')}"`),
    ),
    { numRuns: ROWS, seed: 17 },
  )
  return cell.map((text, n) => `2024-01-01T00:${String(n % 60).padStart(2, '0')}:00Z,host ${n % 91},${text},${n}`)
}

test.each([
  ['utf-8', '\n'],
  ['utf-8', '\r\n'],
  ['utf-8', '\r'],
  ['utf-16le', '\r\n'],
  ['utf-16be', '\n'],
] as const)(
  '10,000 random rows of a file in %s with line ends %j slice back to exactly their bytes',
  async (encoding, newline) => {
    const records = recordsOf(newline)
    const mark = encoding === 'utf-8' ? '' : '\ufeff'
    const bytes = encode(`${mark}time,host,text,n${newline}${records.join(newline)}${newline}`, encoding)
    const target = folder.target()
    const quiet = { cancelled: () => false, progress: () => undefined }
    const result = await importFile({ path: folder.write(bytes), name: 'x', dialect: {}, target }, quiet)
    expect(result).toMatchObject({ rows: ROWS, quarantined: 0 })
    const db = new Database(target, { readonly: true })
    const place = db.prepare<[number], { at: number; length: number }>(
      'SELECT _offset AS at, _length AS length FROM rows WHERE _row = ?',
    )
    const wrong: number[] = []
    for (const row of fc.sample(fc.integer({ min: 1, max: ROWS }), { numRuns: SLICES, seed: 4 })) {
      const found = place.get(row)
      const slice = found && bytes.subarray(found.at, found.at + found.length)
      if (!slice?.equals(encode(records[row - 1] ?? '', encoding))) wrong.push(row)
    }
    db.close()
    expect(wrong).toEqual([])
  },
  60_000,
)
