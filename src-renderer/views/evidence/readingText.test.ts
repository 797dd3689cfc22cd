import { expect, test } from 'vitest'
import { changeLines, changeTitle, readAs } from './readingText.ts'

test('a header says what was asserted about its times and nothing else', () => {
  expect(readAs({ timeZone: 'Europe/Berlin', timeZoneSource: 'user' }, 30)).toBe('read as Europe/Berlin, +30 s')
  expect(readAs({ timeZone: 'UTC', timeZoneSource: 'assumed' }, 0)).toBe('')
  expect(readAs({ timeZone: 'UTC', timeZoneSource: 'text' }, -3_600)).toBe('−1:00:00')
})

test('a change says from what to what, for each thing it altered', () => {
  expect(
    changeLines(
      { timeZone: 'UTC', fields: { a: ['url'], b: [] } },
      { timeZone: 'Asia/Tokyo', skewSeconds: 5, timeColumn: null, fields: { a: ['url'], b: ['domain', 'url'], c: [] } },
    ),
  ).toEqual([
    { what: 'Zone', from: 'UTC', to: 'Asia/Tokyo' },
    { what: 'Clock skew', from: '0 s', to: '+5 s' },
    { what: 'Time column', from: 'as detected', to: 'none' },
    { what: 'b', from: 'no field', to: 'domain, url' },
    { what: 'c', from: 'as detected', to: 'no field' },
  ])
  expect(changeLines({ dayFirst: { a: true } }, { dayFirst: { a: false, b: true } })).toEqual([
    { what: 'Dates of a', from: 'day first', to: 'month first' },
    { what: 'Dates of b', from: 'as detected', to: 'day first' },
  ])
  expect(changeLines({}, {})).toEqual([])
  expect(changeTitle({ kind: 'repair', rows: 2 })).toBe('2 records repaired')
  expect(changeTitle({ kind: 'undo', rows: 2 })).toBe('Repair taken back, 2 records in quarantine again')
  expect(changeTitle({ kind: 'undo', rows: 0 })).toBe('Last change taken back')
})
