import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { AppError } from '#contract/appError'
import { readBeginning } from './beginning.ts'
import { previewFile } from './previewFile.ts'
import { importTo, testFolder } from './testing/importTo.ts'
import { naiveRecords } from './testing/naiveRecords.ts'
import { windowTextOf } from './windowText.ts'

const evidence = resolve(import.meta.dirname, '../../../shared/evidence')
const there = existsSync(evidence)
const folder = testFolder()
afterAll(() => folder.remove())

const filesOf = (under: string): string[] =>
  readdirSync(join(evidence, under), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()

describe.skipIf(!there)('evidence (needs ../shared/evidence)', () => {
  test('csv-spectrum: rows are those of the expected JSON', async () => {
    const spectrum = join(evidence, 'csv-torture/csv-spectrum')
    const files = filesOf('csv-torture/csv-spectrum').filter((file) => file.endsWith('.csv'))
    let compared = 0
    for (const file of files) {
      const name = file.replace(/^.*[\\/]/, '').replace(/csv$/, 'json')
      // Some have no expected rows here; those of location_coordinates are of another file (one object, another number).
      if (!existsSync(join(spectrum, 'json', name)) || name.startsWith('location')) continue
      compared++
      const expected: unknown = JSON.parse(readFileSync(join(spectrum, 'json', name), 'utf8'))
      // The collection came through git, which took the CRs of these away.
      const original = name.includes('_crlf') ? folder.write(readFileSync(file, 'utf8').replaceAll('\n', '\r\n')) : file
      const found = await importTo(folder, original)
      expect(
        found.cells.map((cells) =>
          Object.fromEntries(found.columns.map((column, position) => [column.header, cells[position]])),
        ),
      ).toEqual(expected)
      expect(found.quarantined).toBe(0)
      found.db.close()
    }
    expect(compared).toBe(7)
  })

  test('windows_events.csv: 4,719 rows of 365 columns with newlines inside cells, none quarantined', async () => {
    const found = await importTo(folder, join(evidence, 'evtx-to-mitre-attack/dev/windows_events.csv'))
    expect(found).toMatchObject({ rows: 4_719, quarantined: 0, rowsWithoutTime: 0 })
    expect(found.columns.filter(({ derivedFrom }) => derivedFrom === null)).toHaveLength(365)
    found.db.close()
  })

  test('processes_on_host.csv: 363 rows with their times, none quarantined', async () => {
    const found = await importTo(folder, join(evidence, 'msticpy/docs/notebooks/data/processes_on_host.csv'))
    expect(found).toMatchObject({
      rows: 363,
      quarantined: 0,
      encoding: 'utf-8',
      delimiter: ',',
      headerLine: 1,
      timeColumn: 'TimeGenerated',
      rowsWithoutTime: 0,
      hosts: 1,
    })
    expect(new Date((found.firstTime ?? 0) / 1000).toISOString()).toBe('2019-01-15T04:15:26.000Z')
    found.db.close()
  })

  test('every file is imported without loss or refused with a reason', async () => {
    const wrong: string[] = []
    let imported = 0
    let counted = 0
    for (const file of filesOf('.')) {
      try {
        const found = await importTo(folder, file)
        imported++
        if (found.db.pragma('integrity_check', { simple: true }) !== 'ok') wrong.push(`${file}: integrity`)
        const bytes = unpack(readFileSync(file))
        if (bytes === null) continue
        const start = readBeginning(bytes, true, {})
        const enc = windowTextOf(found.encoding)
        const text = enc.decode(enc.text(bytes.subarray(start.offset)))
        const naive =
          start.dialect.escape === 'quote'
            ? naiveRecords(text, found.delimiter, found.quote, start.dialect.newline)
            : null
        // A misplaced quote has no one right count; comments among the records are none.
        if (
          found.delimiter !== '' &&
          naive !== null &&
          !start.dialect.comments &&
          !start.commented &&
          !found.bad.some(({ reason }) => reason.startsWith('quote'))
        ) {
          counted++
          const expected = naive - start.headerRecords
          if (found.rows + found.quarantined !== expected)
            wrong.push(`${file}: ${found.rows} + ${found.quarantined} of ${expected}`)
        }
        // Every row lies where it says, one after another.
        let end = start.offset
        for (const { offset, length } of found.places) {
          if (offset < end || offset + length > bytes.length) wrong.push(`${file}: row at ${offset}`)
          end = offset + length
        }
        found.db.close()
      } catch (error) {
        if (!(error instanceof AppError) || error.message.length < 10) wrong.push(`${file}: ${String(error)}`)
      }
    }
    expect(wrong).toEqual([])
    expect(imported).toBeGreaterThan(400)
    expect(counted).toBeGreaterThan(350)
  }, 240_000)

  test('a preview shows of every file what its import does', async () => {
    for (const file of filesOf('msticpy').concat(filesOf('csv-torture/csvkit'), filesOf('zat'))) {
      const shown = await previewFile({ path: file, name: 'x', dialect: {} }).catch((error: unknown) => error)
      if (shown instanceof Error) {
        await expect(importTo(folder, file)).rejects.toMatchObject({ message: shown.message })
        continue
      }
      const preview = await previewFile({ path: file, name: 'x', dialect: {} })
      const found = await importTo(folder, file)
      expect(preview.rows).toEqual(found.cells.slice(0, 200))
      expect({ ...preview, rows: null }).toMatchObject({
        encoding: found.encoding,
        delimiter: found.delimiter,
        headerLine: found.headerLine,
        profile: found.profile,
        timeColumn: found.timeColumn,
      })
      expect(preview.columns.map(({ name, type, fields }) => ({ name, type, fields }))).toEqual(
        found.columns.map(({ name, type, fields }) => ({ name, type, fields })),
      )
      if (preview.complete)
        expect([preview.estimatedRows, preview.quarantined.length]).toEqual([
          found.rows,
          Math.min(200, found.quarantined),
        ])
      found.db.close()
    }
  }, 120_000)
})

/** The bytes as they are parsed; null where a gzip file is damaged. */
function unpack(bytes: Buffer): Buffer | null {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  try {
    return gunzipSync(bytes)
  } catch {
    return null
  }
}
