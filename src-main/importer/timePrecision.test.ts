import { expect, test } from 'vitest'
import { readBeginning } from './beginning.ts'
import { timePrecision } from './timePrecision.ts'

test('the precision of a column is what its texts hold', () => {
  expect(timePrecision('iso', ['2024-01-01T10:00:00Z', '2024-01-01T10:00:00.120Z'])).toBe('milliseconds')
  expect(timePrecision('iso', ['2024-01-01T10:00:00.1234567Z'])).toBe('100 ns')
  expect(timePrecision('iso', ['2024-01-01 10:00:00'])).toBe('seconds')
  expect(timePrecision('dmy', ['01.02.2024 10:00:00'])).toBe('seconds')
  expect(timePrecision('mdy', ['1/2/2024'])).toBe('days')
  expect(timePrecision('mdy', ['1/2/2024 10:15 PM'])).toBe('minutes')
  expect(timePrecision('epoch-s', ['1704103200.25'])).toBe('2 digits of a second')
  expect(timePrecision('filetime', ['133485408000000000'])).toBe('100 ns')
})

test('it is recorded with the column; a time of day that stands in a column beside counts', () => {
  const precision = (text: string): (string | undefined)[] =>
    readBeginning(Buffer.from(text), true, {}).plan.columns.map((column) => column.timePrecision)
  expect(precision('When,Host\n2024-03-05T10:11:12.1234567,ws1\n')).toEqual(['100 ns', undefined])
  const l2tcsv = 'date,time,timezone,MACB,source,sourcetype,type,user,host,short,desc,version,filename'
  expect(precision(`${l2tcsv}\n03/05/2024,10:11:12,UTC,M...,FILE,x,y,-,-,s,d,2,f\n`)[0]).toBe('seconds')
})
