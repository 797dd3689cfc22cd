import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { packedPairs } from './packedPairs.ts'
import { bothWays } from './testing/bothWays.ts'
import { importTo, testFolder, type Imported } from './testing/importTo.ts'

const folder = testFolder()
afterAll(() => folder.remove())

const pairs = (how: Parameters<typeof packedPairs>[0], cell: string): [string, string][] => {
  const found: [string, string][] = []
  packedPairs(how)(cell, (key, value) => found.push([key, value]))
  return found
}
const hashes = { how: 'key=value', between: ',' } as const
const details = { how: 'key: value', between: ' ¦ ' } as const
const json = { how: 'json', between: '' } as const

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`
async function read(header: string[], ...rows: string[][]): Promise<Imported> {
  const found = await importTo(
    folder,
    folder.write([header, ...rows].map((cells) => cells.map(quoted).join(',')).join('\n')),
  )
  found.db.close()
  return found
}
const cell = (found: Imported, name: string, row = 0): string | undefined =>
  found.cells[row]?.[found.columns.findIndex((column) => column.name === name)]

describe('a packed cell is taken apart', () => {
  test('Hashes of Sysmon', () => {
    expect(pairs(hashes, 'SHA1=a,MD5=b=c,,IMPHASH=')).toEqual([
      ['SHA1', 'a'],
      ['MD5', 'b=c,'],
      ['IMPHASH', ''],
    ])
    expect(pairs(hashes, 'nothing of the kind')).toEqual([])
    expect(pairs(hashes, '=x')).toEqual([])
  })

  test('Details of Hayabusa, whose values hold colons, paths and bars', () => {
    expect(pairs(details, 'Cmdline: cmd /c "a: b" ¦ Proc: C:\\Windows\\x.exe ¦ D:\\y ¦ User: ¦ LID: 0x3e7')).toEqual([
      ['Cmdline', 'cmd /c "a: b"'],
      ['Proc', 'C:\\Windows\\x.exe ¦ D:\\y'],
      ['User', ''],
      ['LID', '0x3e7'],
    ])
  })

  test('Event Data of Chainsaw, where a line end follows the last value too', () => {
    expect(pairs({ how: 'key: value', between: '\n' }, 'CommandLine: a\nb: c\nUser: CORP\\alice\n')).toEqual([
      ['CommandLine', 'a'],
      ['b', 'c'],
      ['User', 'CORP\\alice'],
    ])
  })

  test('JSON with nested values, named values and arrays', () => {
    expect(
      pairs(
        json,
        '{"a":{"b":18446744073709551615},"Parameters":[{"Name":"ForwardTo","Value":"x@y.org"},{"Name":"Enabled","Value":true}],"list":[1,2],"n":null}',
      ),
    ).toEqual([
      ['a.b', '18446744073709551615'],
      ['Parameters.ForwardTo', 'x@y.org'],
      ['Parameters.Enabled', 'true'],
      ['list', '[1,2]'],
    ])
    expect(
      pairs(json, '{"EventData":{"Data":[{"@Name":"SubjectUserName","#text":"SYSTEM"},{"@Name":"Empty"}]}}'),
    ).toEqual([
      ['EventData.Data.SubjectUserName', 'SYSTEM'],
      ['EventData.Data.Empty', ''],
    ])
    expect(pairs(json, '[{"id":"1"}, {"id":"2","m":[{"x":1}]}]')).toEqual([
      ['0.id', '1'],
      ['1.id', '2'],
      ['1.m', '[{"x":1}]'],
    ])
  })

  test.each(['', '{', '{"a":', '[', '[{', '[[', '{"a":1}}', 'null', '"x"', '{"a":"\\ud800"', `${'['.repeat(5_000)}`])(
    'hostile JSON %j gives nothing',
    (text) => {
      expect(pairs(json, text)).toEqual([])
    },
  )
})

const SYSMON = ['UtcTime', 'ProcessGuid', 'ProcessId', 'Image', 'Hashes']
const md5 = 'd41d8cd98f00b204e9800998ecf8427e'
const sysmon = (value: string): string[] => ['2024-01-01 10:00:00.000', '{g}', '4', 'C:\\x.exe', value]

describe('derived columns stand behind those of the source', () => {
  test('they feed fields and indicators, and the packed cell stays as it is', async () => {
    const packed = `SHA1=da39a3ee5e6b4b0d3255bfef95601890afd80709,MD5=${md5.toUpperCase()}`
    const found = await read(SYSMON, sysmon(packed), sysmon(''), sysmon('odd'))
    expect(found.profile).toBe('sysmon')
    expect(
      found.columns
        .slice(5)
        .map(({ name, position, derivedFrom, fields, ioc }) => [name, position, derivedFrom, fields, ioc]),
    ).toEqual([
      ['Hashes.SHA1', 5, 'Hashes', ['hash_sha1'], 'sha1'],
      ['Hashes.MD5', 6, 'Hashes', ['hash_md5'], 'md5'],
    ])
    expect(found.columns.slice(0, 5).map(({ derivedFrom }) => derivedFrom)).toEqual([null, null, null, null, null])
    expect(found.cells.map((row) => row.slice(4))).toEqual([
      [packed, 'da39a3ee5e6b4b0d3255bfef95601890afd80709', md5.toUpperCase()],
      ['', '', ''],
      ['odd', '', ''],
    ])
    expect(found).toMatchObject({ rows: 3, quarantined: 0 })
    expect(found.columns.map(({ filled }) => filled).slice(4)).toEqual([2, 1, 1])
  })

  test('a record with a cell too many is still set aside', async () => {
    const found = await read(SYSMON, sysmon(`MD5=${md5}`), [...sysmon(`MD5=${md5}`), 'more', 'and more'])
    expect(found).toMatchObject({ rows: 1, quarantined: 1 })
    expect(found.bad[0]?.reason).toBe('7 of 5 fields')
  })

  test('the audit log of Microsoft 365', async () => {
    const audit = {
      CreationTime: '2024-03-01T10:00:00',
      Operation: 'New-InboxRule',
      ClientIP: '198.51.100.7',
      UserId: 'a@example.org',
      Parameters: [{ Name: 'ForwardTo', Value: 'evil@example.net' }],
    }
    const found = await read(
      ['CreationDate', 'UserIds', 'Operations', 'AuditData'],
      ['2024-03-01T10:00:00Z', 'a@example.org', 'New-InboxRule', JSON.stringify(audit)],
    )
    expect(found.profile).toBe('m365-audit-search')
    expect(cell(found, 'AuditData.ClientIP')).toBe('198.51.100.7')
    expect(cell(found, 'AuditData.Parameters.ForwardTo')).toBe('evil@example.net')
    expect(found.columns.find(({ name }) => name === 'AuditData.ClientIP')?.fields).toContain('src_ip')
    // The time and the names of the source come first.
    expect(found.timeColumn).toBe('CreationDate')
    expect(found.iocsByType.find(({ type }) => type === 'ipv4')?.count).toBe(1)
  })

  test('at most 200, those that come most often; the rest stays in the packed cell', async () => {
    const many = JSON.stringify(Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`k${n}`, 'x'])))
    const row = (data: string): string[] => ['2024-03-01T10:00:00Z', 'a@example.org', 'x', data]
    const found = await read(
      ['CreationDate', 'UserIds', 'Operations', 'AuditData'],
      row(many),
      row('{"often":"1"}'),
      row('{"often":"2"}'),
    )
    expect(found.columns).toHaveLength(204)
    expect(cell(found, 'AuditData.often', 2)).toBe('2')
    expect(cell(found, 'AuditData')).toBe(many)
  })

  test('a header of the source that reads the same is not taken away', async () => {
    const found = await read([...SYSMON, 'Hashes.MD5'], [...sysmon(`MD5=${md5}`), 'own'])
    expect(cell(found, 'Hashes.MD5')).toBe('own')
    expect(cell(found, 'Hashes.MD5_2')).toBe(md5)
  })

  test('the fast import leaves such files to the careful one', async () => {
    const path = folder.write(`${SYSMON.join(',')}\n${sysmon(`"MD5=${md5}"`).join(',')}\n`)
    expect(await bothWays(folder, path)).toEqual({ declined: 'its packed columns are taken apart' })
    const without = folder.write(`${SYSMON.join(',')}\n${sysmon('').join(',')}\n`)
    expect(await bothWays(folder, without)).toMatchObject({ declined: null, differences: [] })
  })
})

const real = resolve(import.meta.dirname, '../../../shared/evidence/sigmahq-regression/dev/events.csv')
test.skipIf(!existsSync(real))('Sysmon events of the regression collection (needs ../shared/evidence)', async () => {
  const found = await importTo(folder, real)
  found.db.close()
  const derived = found.columns.filter(({ derivedFrom }) => derivedFrom !== null)
  expect(derived.map(({ name }) => name)).toContain('Hashes.SHA256')
  expect(found.columns.find(({ name }) => name === 'Hashes.SHA256')?.ioc).toBe('sha256')
})
