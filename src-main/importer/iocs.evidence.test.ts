import { existsSync, globSync, readFileSync } from 'node:fs'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { findIocs } from './iocs.ts'

const evidence = new URL('../../../shared/evidence/', import.meta.url).pathname
const there = existsSync(evidence)
if (!there) console.warn('The evidence folder is not there: the measure over indicators labelled by others is skipped.')

/** What others call an indicator, and what we do. Addresses of files and people's names are none to look for in a cell. */
const MEANT: Record<string, string> = {
  ipaddress: 'address',
  ipv4: 'address',
  hostname: 'domain',
  url: 'url',
  md5: 'md5',
  sha1: 'sha1',
  sha256: 'sha256',
}

type Label = { text: string; type: string }

function labels(): Label[] {
  const read = (path: string, text: string, type: string): Label[] =>
    Papa.parse<Record<string, string>>(readFileSync(path, 'utf8').replace(/^\ufeff/, ''), {
      header: true,
      skipEmptyLines: true,
    }).data.flatMap((row) => (row[text] && row[type] ? [{ text: row[text], type: row[type] }] : []))
  const reports = globSync('volexity-threat-intel/**/{indicators,iocs}.csv', { cwd: evidence })
  return [
    ...reports.flatMap((path) => read(`${evidence}${path}`, 'value', 'type')),
    ...reports.flatMap((path) => read(`${evidence}${path}`, 'value', 'entity_type')),
    ...read(`${evidence}msticpy/docs/notebooks/data/ioc_df.csv`, 'Observable', 'IoCType').filter(
      // Of its other labels half are wrong: file names as DNS names, letters a as hashes.
      ({ type }) => type === 'windows_path' || type === 'ipv4',
    ),
  ]
}

const kind = (type: string): string => type.replace(/^ipv[46]$/, 'address')

describe.skipIf(!there)('indicators labelled by others', () => {
  const all = there ? labels() : []

  test('nearly all are found, as what they are', () => {
    const table = new Map<string, { cells: number; found: number }>()
    const missed: string[] = []
    for (const { text, type } of all) {
      const meant = MEANT[type]
      if (meant === undefined) continue
      const line = table.get(meant) ?? { cells: 0, found: 0 }
      table.set(meant, line)
      line.cells++
      if (findIocs(text).some((ioc) => kind(ioc.type) === meant)) line.found++
      else missed.push(`${type}: ${text}`)
    }
    console.info([...table].map(([type, { cells, found }]) => `${type} ${found} of ${cells}`).join(', '))
    const lines = [...table.values()]
    expect(lines.reduce((sum, { cells }) => sum + cells, 0)).toBeGreaterThan(500)
    for (const [type, { cells, found }] of table)
      expect(found / cells, missed.join('\n')).toBeGreaterThanOrEqual(type === 'url' ? 0.8 : 1)
    // URLs without a scheme are found as the address or domain they begin with.
    for (const text of missed) expect(findIocs(text).length, text).toBeGreaterThan(0)
  })

  test('no path of a file is taken for one', () => {
    const paths = all.filter(({ type }) => type === 'windows_path')
    expect(paths.length).toBeGreaterThan(100)
    expect(paths.filter(({ text }) => findIocs(text).length > 0)).toEqual([])
  })
})
