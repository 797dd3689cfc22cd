import Database from 'better-sqlite3'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { asciiLower } from '../predicate/fold.ts'
import { codeColumns, roomFor } from './codeColumns.ts'
import { openPages } from './rowPages.ts'
import { spreadCodes } from './spreadCodes.ts'

const folder = mkdtempSync(join(tmpdir(), 'huntbench-spread-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const ROWS = 70_000
const long = 'a long command that lies on several pages '.repeat(600)
/** Many values, some in two cases, some equal for longer than is compared, empty cells, letters beyond ASCII. */
const text = (n: number): string | null => {
  if (n % 11 === 0) return null
  if (n % 9_973 === 0) return `${long}${n}`
  if (n % 7 === 0) return `${'C:\\Program Files\\'.repeat(10)}${n % 900}`
  return n % 2 === 0 ? `Größe ${n % 40_000}` : `GRÖßE ${n % 30_000}`
}
const odd = (n: number): string | number => (n === 60_000 ? 'with\0nul' : n === 60_001 ? 7 : `value ${n % 50_000}`)

function table(): string {
  const path = join(folder, 'rows.db')
  const db = new Database(path)
  db.pragma('page_size = 16384')
  db.exec('CREATE TABLE rows (_row INTEGER PRIMARY KEY, t TEXT, odd)')
  const insert = db.prepare('INSERT INTO rows VALUES (?, ?, ?)')
  db.transaction(() => {
    for (let n = 1; n <= ROWS; n++) insert.run(n, text(n), odd(n))
  })()
  db.close()
  return path
}

type Made = { codes: number[]; firsts: number[]; counts: number[]; ranks: number[] | null }
const nothing = { goOn: () => undefined, letGo: () => undefined }

it('numbers values as one table does, however few it takes at a time, and ranks texts as SQLite sorts them', () => {
  const pages = openPages(table())
  if (!pages) throw new Error('The file cannot be read page by page.')
  // The first table that was made.
  const source = { pages, leaves: pages.leaves(2), rows: ROWS }
  const sampled = { texts: 500, keys: 200 }
  const path = join(folder, 'spread')
  function spread(field: number, atATime: number): Made {
    const codes: number[] = []
    const made: Made[] = []
    const ended = spreadCodes(
      source,
      field,
      { path, sampled, atATime },
      {
        stretch: (_, all) => void codes.push(...all),
        end: (firsts, counts, ranks) =>
          void made.push({ codes, firsts: [...firsts], counts: [...counts], ranks: ranks && [...ranks] }),
      },
      nothing,
    )
    expect(ended).toBe(true)
    expect(existsSync(path)).toBe(false)
    const [first] = made
    if (!first) throw new Error('Nothing was made.')
    return first
  }
  const tabled: Made[] = []
  const codes: number[][] = [[], []]
  const left = codeColumns(
    source,
    [1, 2],
    { room: 2 * roomFor(ROWS), sampled },
    {
      stretch: (column, _, { all }) => void codes[column]?.push(...all()),
      end: (column, firsts, counts, ranks) =>
        void (tabled[column] = {
          ...{ codes: codes[column] ?? [], firsts: [...firsts], counts: [...counts] },
          ranks: ranks && [...ranks],
        }),
    },
    nothing.goOn,
  )
  expect(left).toEqual([])
  for (const atATime of [ROWS, 9_000])
    for (const field of [1, 2]) expect(spread(field, atATime)).toEqual(tabled[field - 1])
  const [texts, mixed] = tabled
  expect(mixed?.ranks).toBeNull()
  expect(texts?.firsts).toHaveLength(new Set(Array.from({ length: ROWS }, (_, n) => text(n + 1)).filter(Boolean)).size)
  const ranked = (texts?.firsts ?? []).map((row, value) => ({
    key: Buffer.from(asciiLower(text(row) ?? '')),
    rank: texts?.ranks?.[value] ?? -1,
  }))
  ranked.sort((a, b) => Buffer.compare(a.key, b.key))
  const wrong = ranked.findIndex(
    ({ key, rank }, n) =>
      n > 0 &&
      (rank < (ranked[n - 1]?.rank ?? 0) || (ranked[n - 1]?.key.equals(key) === true && rank !== ranked[n - 1]?.rank)),
  )
  expect(wrong).toBe(-1)
  expect(new Set(ranked.map(({ rank }) => rank)).size).toBeGreaterThan(100)
  pages.close()
})

it('what ends it leaves no file behind', () => {
  const pages = openPages(join(folder, 'rows.db'))
  if (!pages) throw new Error('The file cannot be read page by page.')
  const path = join(folder, 'spread')
  const stop = (): never => {
    throw new Error('stop')
  }
  const sink = { stretch: () => undefined, end: () => undefined }
  const source = { pages, leaves: pages.leaves(2), rows: ROWS }
  expect(() =>
    spreadCodes(source, 1, { path, sampled: { texts: 10, keys: 5 } }, sink, { goOn: stop, letGo: stop }),
  ).toThrow('stop')
  expect(existsSync(path)).toBe(false)
  pages.close()
})
