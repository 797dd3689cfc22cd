import { expect, test } from 'vitest'
import { precisionText } from './timeFormatText.ts'

test('the precision of a column is what its texts hold', () => {
  expect(precisionText('iso', ['2024-01-01T10:00:00Z', '2024-01-01T10:00:00.120Z'])).toBe('milliseconds')
  expect(precisionText('iso', ['2024-01-01T10:00:00.1234567Z'])).toBe('100 ns, microseconds inside')
  expect(precisionText('iso', ['2024-01-01 10:00:00'])).toBe('seconds')
  expect(precisionText('dmy', ['01.02.2024 10:00:00'])).toBe('seconds')
  expect(precisionText('mdy', ['1/2/2024'])).toBe('days')
  expect(precisionText('mdy', ['1/2/2024 10:15 PM'])).toBe('minutes')
  expect(precisionText('epoch-s', ['1704103200.25'])).toBe('2 digits of a second')
  expect(precisionText('filetime', ['133485408000000000'])).toBe('100 ns, microseconds inside')
})
