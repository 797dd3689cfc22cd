import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { iocTypes } from '#contract/values'
import audited from './testdata/iocs.audited.json' with { type: 'json' }
import labelled from './iocs.labelled.json' with { type: 'json' }
import { hostnameOfCell, mayHoldIocs } from './iocColumns.ts'
import { cellIoc, findIocs, hostOfUrl, iocOfCell, iocScope } from './iocs.ts'
import { normalIoc } from './refang.ts'
import { measureIocs, type LabelledCell } from './testing/measureIocs.ts'

const found = (text: string) => findIocs(text).map(({ type, value }) => `${type}:${value}`)

describe('indicators in the cells of real evidence', () => {
  const origins = Object.groupBy(audited, ({ origin }) => (origin.includes('by hand') ? origin : 'evidence of others'))
  const sets: { origin: string; cells: readonly LabelledCell[]; least: number }[] = [
    { origin: 'labelled while the code was written', cells: labelled, least: 1 },
    ...Object.entries(origins).map(([origin, groups = []]) => {
      return { origin, cells: groups.flatMap(({ cells }) => cells), least: 0.97 }
    }),
  ]
  test.each(sets)(
    '$origin: nearly all that is reported is one, and nearly all that is there is reported',
    ({ origin, cells, least }) => {
      const { precision, recall, kinds, without, withoutWrong, wrong } = measureIocs(cells)
      const table = Object.entries(kinds).map(
        ([kind, { there, found, beside }]) => `${kind}: ${found} of ${there}, ${beside} beside`,
      )
      console.info(
        [`${origin}, ${cells.length} cells, ${withoutWrong} wrong of ${without} without any`, ...table].join('\n  '),
      )
      expect(precision, wrong.join('\n')).toBeGreaterThanOrEqual(least)
      expect(recall, wrong.join('\n')).toBeGreaterThanOrEqual(least)
    },
  )

  test('it says where they stand', () => {
    const text = 'from 10.0.0.1 to evil[.]com'
    expect(findIocs(text)).toEqual([
      { type: 'ipv4', value: '10.0.0.1', start: 5, end: 13 },
      { type: 'domain', value: 'evil.com', start: 17, end: 27 },
    ])
  })
})

describe('a whole cell', () => {
  test.each([
    ['10.0.0.1', 'ipv4'],
    [' "10.0.0.1" ', 'ipv4'],
    ['10.0.0.1:443', 'ipv4'],
    ['::ffff:10.0.0.1', 'ipv4'],
    ["['10.0.0.1']", 'ipv4'],
    ['[fe80::1]:443', 'ipv6'],
    ['fe80::1%eth0', 'ipv6'],
    ['example.com.', 'domain'],
    ['hxxp://example[.]com/x', 'url'],
    ['bob@example.com', 'email'],
    ['9E107D9D372BB6826BD81D3542A419D6', 'md5'],
    ['ping 10.0.0.1', null],
    ['10.0.0.1, 10.0.0.2', null],
    ['svchost.exe', null],
    ['example.com/path', null],
    ['', null],
    ['-', null],
  ])('%s is %s', (text, type) => {
    expect(iocOfCell(text)).toBe(type)
  })

  test('gives the value in its normal form', () => {
    expect(cellIoc(' EVIL[.]com ')).toEqual({ type: 'domain', value: 'evil.com' })
  })
})

test.each<[string, number]>([
  ['http://', 0],
  ['a.com@', 0],
  ['-', 0],
  ['1.', 0],
  ['::', 0],
  ['a[.]', 0],
  ['2[:]', 0],
  ['例.', 0],
  ['http://a.example.com/x ', 1],
  ['10.1.2.3,', 1],
  ['9e107d9d372bb6826bd81d3542a419d6 ', 1],
])('a cell of a megabyte of %j is looked through', (piece, each) => {
  const times = Math.floor(1_000_000 / piece.length)
  const count = findIocs(piece.repeat(times)).length
  if (each === 1) expect(count).toBe(times)
  else expect(count).toBeLessThanOrEqual(times)
})

test('the host of a URL is an indicator of its own, unless it is internal', () => {
  const host = (value: string) => hostOfUrl({ type: 'url', value })
  expect(host('https://user@www.example.com:8443/x?y')).toEqual({ type: 'domain', value: 'www.example.com' })
  expect(host('http://10.0.0.1/x')).toEqual({ type: 'ipv4', value: '10.0.0.1' })
  expect(host('http://[2001:db8::7]/')).toEqual({ type: 'ipv6', value: '2001:db8::7' })
  expect(host('http://server/file.sct')).toBeNull()
  expect(hostOfUrl({ type: 'domain', value: 'example.com' })).toBeNull()
})

test.each([
  ['WORKSTATION5', 'workstation5'],
  ['WS1.theshire.local', 'ws1.theshire.local'],
  ['\\\\FILES01', 'files01'],
  ['dc_01.example.com.', 'dc_01.example.com'],
  ['-', null],
  ['', null],
  ['10.0.0.1', null],
  ['localhost', null],
  ['two words', null],
  ['12345', null],
])('the host of the cell %j is %s', (text, host) => {
  expect(hostnameOfCell(text)).toBe(host)
})

test('columns of versions hold no addresses', () => {
  expect(['FileVersion', 'os_version', 'ProductVersion', 'Version'].some(mayHoldIocs)).toBe(false)
  expect(['CommandLine', 'SourceIp', 'Message'].every(mayHoldIocs)).toBe(true)
})

describe('the scope of an address', () => {
  test.each([
    ['8.8.8.8', 'public'],
    ['10.255.255.255', 'private'],
    ['11.0.0.0', 'public'],
    ['172.15.255.255', 'public'],
    ['172.16.0.0', 'private'],
    ['172.31.255.255', 'private'],
    ['172.32.0.0', 'public'],
    ['192.168.0.1', 'private'],
    ['169.254.1.1', 'private'],
    ['100.64.0.1', 'private'],
    ['100.128.0.1', 'public'],
    ['127.8.8.8', 'loopback'],
    ['0.0.0.0', 'reserved'],
    ['192.0.2.1', 'reserved'],
    ['198.51.100.7', 'reserved'],
    ['203.0.113.7', 'reserved'],
    ['198.19.0.1', 'reserved'],
    ['224.0.0.251', 'reserved'],
    ['239.255.255.250', 'reserved'],
    ['255.255.255.255', 'reserved'],
  ])('%s is %s', (value, scope) => {
    expect(iocScope('ipv4', value)).toBe(scope)
  })
  test.each([
    ['::1', 'loopback'],
    ['::', 'reserved'],
    ['fe80::1', 'private'],
    ['fd00::1', 'private'],
    ['ff02::1', 'reserved'],
    ['2001:db8::1', 'reserved'],
    ['2606:4700::1', 'public'],
    ['64:ff9b::808:808', 'public'],
    ['::ffff:a00:1', 'private'],
  ])('%s is %s', (value, scope) => {
    expect(iocScope('ipv6', value)).toBe(scope)
  })
  test('everything else is public', () => {
    expect(iocScope('domain', 'example.com')).toBe('public')
  })
})

describe('laws', () => {
  const pieces = fc.constantFrom(
    '10.0.0.1',
    'evil[.]com',
    'hxxp://a.example.com/b',
    '::1',
    'fe80::1',
    'bob@example.com',
    '.',
    ':',
    '\\',
    '/',
    '[.]',
    '@',
    'C:\\a.com',
    ' ',
    '"',
    '9e107d9d372bb6826bd81d3542a419d6',
    'a',
    '%',
    '://',
    '(',
    ')',
    '[at]',
    'www.',
  )
  const texts = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join('')),
  )

  test('finding never throws, places do not overlap, and each slice normalises to its value', () => {
    fc.assert(
      fc.property(texts, (text) => {
        let last = 0
        for (const { type, value, start, end } of findIocs(text)) {
          expect(iocTypes).toContain(type)
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          expect(normalIoc(type, text.slice(start, end))).toBe(value)
          last = end
        }
        iocOfCell(text)
        hostnameOfCell(text)
      }),
      { numRuns: 3000 },
    )
  })

  const indicators = labelled.filter(
    ([text = '', expected, more]) => expected !== undefined && more === undefined && iocOfCell(text) !== null,
  )
  test('spaces, quotes and brackets around an indicator change nothing', () => {
    const wraps = fc.constantFrom(
      ['(', ')'],
      ['[', ']'],
      ['"', '"'],
      ["'", "'"],
      [' ', ' '],
      ['<', '>'],
      ['{"a":"', '"}'],
      ['', ','],
      ['x = ', ' y'],
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...indicators),
        fc.array(wraps, { maxLength: 3 }),
        ([text = '', ...expected], around) => {
          const wrapped = around.reduce((inner, [left, right]) => `${left}${inner}${right}`, text)
          expect(found(wrapped), wrapped).toEqual(expected)
        },
      ),
      { numRuns: 2000 },
    )
  })
})
