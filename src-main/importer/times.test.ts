import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contradictoryOrder, detectTimeFormat, timeReader, type TimeFormat } from './times.ts'

const read = (format: TimeFormat, text: string, zone = 'UTC') => timeReader(format, zone)(text)
const us = (iso: string, micros = 0) => Date.parse(iso) * 1000 + micros

describe('a time is read exactly', () => {
  test.each<[TimeFormat, string, number]>([
    ['iso', '2019-01-15T05:15:11Z', us('2019-01-15T05:15:11Z')],
    ['iso', '2019-01-15 05:15:11.767', us('2019-01-15T05:15:11.767Z')],
    ['iso', '2019-01-15 05:15:11.7671234', us('2019-01-15T05:15:11.767Z', 123)],
    ['iso', '2019-01-15T05:15:11,767123456Z', us('2019-01-15T05:15:11.767Z', 123)],
    ['iso', '2019-01-15T05:15:11.7+02:00', us('2019-01-15T03:15:11.7Z')],
    ['iso', '2019-01-15 05:15:11.767000+00:00', us('2019-01-15T05:15:11.767Z')],
    ['iso', '2019-01-15T05:15:11-0530', us('2019-01-15T10:45:11Z')],
    ['iso', '2019-01-15T05:15:11 +02', us('2019-01-15T03:15:11Z')],
    ['iso', '2019-01-15 05:15 UTC', us('2019-01-15T05:15:00Z')],
    ['iso', ' 2019-01-15 ', us('2019-01-15T00:00:00Z')],
    ['iso', '2019-01-15 05:15:11 PM', us('2019-01-15T17:15:11Z')],
    ['iso', '2016-12-31T23:59:60Z', us('2017-01-01T00:00:00Z')],
    ['iso', '2020-02-29 24:00:00', us('2020-03-01T00:00:00Z')],
    ['iso', '1969-12-31T23:59:59.9999999Z', -1],
    ['iso', '1960-05-05 01:02:03.1234567', us('1960-05-05T01:02:03.123Z', 456)],
    ['ymd', '2019/01/15 05:15:11', us('2019-01-15T05:15:11Z')],
    ['mdy', '1/15/2019 5:15:11 AM', us('2019-01-15T05:15:11Z')],
    ['mdy', '01/15/2019 12:15:11 AM', us('2019-01-15T00:15:11Z')],
    ['mdy', '1/15/2019 12:00 PM', us('2019-01-15T12:00:00Z')],
    ['mdy', '6/2/2020, 3:36:38.123 PM', us('2020-06-02T15:36:38.123Z')],
    ['mdy', '1/15/19 5:15', us('2019-01-15T05:15:00Z')],
    ['mdy', '01/15/2019 05:15:11.767 Z', us('2019-01-15T05:15:11.767Z')],
    ['dmy', '15/01/2019 05:15:11', us('2019-01-15T05:15:11Z')],
    ['dmy', '15.01.2019 05:15', us('2019-01-15T05:15:00Z')],
    ['apache', '15/Jan/2019:05:15:11 +0100', us('2019-01-15T04:15:11Z')],
    ['apache', '[15/Jan/2019:05:15:11 +0000]', us('2019-01-15T05:15:11Z')],
    ['month-name', 'Jan 15 2019 05:15:11', us('2019-01-15T05:15:11Z')],
    ['month-name', 'Tue Jan 15 2019 05:15:11', us('2019-01-15T05:15:11Z')],
    ['month-name', 'Tue Jan 15 05:15:11 UTC 2019', us('2019-01-15T05:15:11Z')],
    ['month-name', 'January 5, 2019 5:15:11 PM', us('2019-01-05T17:15:11Z')],
    ['month-name', '15-Jan-2019 05:15:11.5', us('2019-01-15T05:15:11.5Z')],
    ['month-name', 'Jan 15, 2019 @ 05:15:11.767', us('2019-01-15T05:15:11.767Z')],
    ['rfc2822', 'Tue, 15 Jan 2019 05:15:11 +0200', us('2019-01-15T03:15:11Z')],
    ['rfc2822', 'Tue, 15 Jan 2019 05:15:11 EST', us('2019-01-15T10:15:11Z')],
    ['compact', '20190115051511', us('2019-01-15T05:15:11Z')],
    ['compact', '20190115T051511.5Z', us('2019-01-15T05:15:11.5Z')],
    ['compact', '20190115051511.767000+120', us('2019-01-15T03:15:11.767Z')],
    ['dotnet', '/Date(1547529311767)/', us('2019-01-15T05:15:11.767Z')],
    ['dotnet', String.raw`\/Date(1547529311767+0200)\/`, us('2019-01-15T05:15:11.767Z')],
    ['epoch-s', '1547529311', us('2019-01-15T05:15:11Z')],
    ['epoch-s', '1547529311.7671239', us('2019-01-15T05:15:11.767Z', 123)],
    ['epoch-s', '-1.5', -1_500_000],
    ['epoch-s', '-0.0000001', -1],
    ['epoch-ms', '1547529311767', us('2019-01-15T05:15:11.767Z')],
    ['epoch-us', '1547529311767123', us('2019-01-15T05:15:11.767Z', 123)],
    ['epoch-ns', '1547529311767123999', us('2019-01-15T05:15:11.767Z', 123)],
    ['filetime', '131920029117671239', us('2019-01-15T05:15:11.767Z', 123)],
    ['webkit', '13192002911767123', us('2019-01-15T05:15:11.767Z', 123)],
    ['dotnet-ticks', '636831261117671239', us('2019-01-15T05:15:11.767Z', 123)],
    ['excel', '43480.21887', us('2019-01-15T05:15:10.368Z')],
  ])('%s %s', (format, text, expected) => {
    expect(read(format, text)).toBe(expected)
  })
})

test('each counter is told by its magnitude; ticks of our time could be nanoseconds of 1990, and are ticks', () => {
  const told = (text: string): string | undefined => detectTimeFormat([text], 'Timestamp')?.format
  expect(told('1709633472')).toBe('epoch-s')
  expect(told('1709633472123')).toBe('epoch-ms')
  expect(told('1709633472123456')).toBe('epoch-us')
  expect(told('1709633472123456789')).toBe('epoch-ns')
  expect(told('133541070721234567')).toBe('filetime')
  expect(told('13354107072123456')).toBe('webkit')
  expect(told('638452302721234567')).toBe('dotnet-ticks')
})

describe('what stands for no time is none', () => {
  test.each<[TimeFormat, string]>([
    ['iso', ''],
    ['iso', '-'],
    ['iso', '1601-01-01T00:00:00Z'],
    ['iso', '1601-01-01 00:00:00.0000000'],
    ['iso', '0001-01-01T00:00:00'],
    ['iso', '9999-12-31T23:59:59.9999999Z'],
    ['iso', '1970-01-01T00:00:00Z'],
    ['iso', '0000-00-00T00:00:00Z'],
    ['iso', '0000-00-00 00:00:00'],
    ['iso', '2019-02-30'],
    ['iso', '2019-13-01'],
    ['iso', '2019-01-15T25:00:00'],
    ['iso', '2019-01-15T05:15:11 somewhere'],
    ['iso', '2019-01-15-05'],
    ['mdy', '01/01/1601 00:00:00'],
    ['mdy', '0/0/0 --:--:--'],
    ['mdy', '00/00/0000 00:00:00'],
    ['mdy', '1/15/2019 13:15:11 AM'],
    ['mdy', '15/01/2019'],
    ['month-name', 'Jan 15 05:15:11'],
    ['month-name', 'Jan 15 05:15:11 myhost sshd'],
    ['month-name', 'Xxx Xxx 00 0000 00:00:00'],
    ['epoch-s', '0'],
    ['epoch-s', '0.0'],
    ['epoch-s', '99999999999999'],
    ['filetime', '0'],
    ['filetime', '9223372036854775807'],
    ['epoch-s', 'abc'],
    ['epoch-s', ''],
    ['excel', '0'],
  ])('%s %s', (format, text) => {
    expect(read(format, text)).toBeNull()
  })
})

describe('a time without an offset is read in the zone given', () => {
  test('an IANA zone with its daylight saving time', () => {
    expect(read('iso', '2019-01-15 05:15:11', 'Europe/Berlin')).toBe(us('2019-01-15T04:15:11Z'))
    expect(read('iso', '2019-07-15 05:15:11', 'Europe/Berlin')).toBe(us('2019-07-15T03:15:11Z'))
    expect(read('mdy', '07/15/2019 05:15:11', 'America/New_York')).toBe(us('2019-07-15T09:15:11Z'))
    expect(read('iso', '2019-07-15 05:15:11', 'Asia/Kathmandu')).toBe(us('2019-07-14T23:30:11Z'))
    expect(read('iso', '2019-04-07 01:45:00', 'Australia/Lord_Howe')).toBe(us('2019-04-06T14:45:00Z'))
  })
  test('the hour that happens twice is the first, the skipped one goes on with the old offset', () => {
    expect(read('iso', '2019-10-27 02:30:00', 'Europe/Berlin')).toBe(us('2019-10-27T00:30:00Z'))
    expect(read('iso', '2019-03-31 02:30:00', 'Europe/Berlin')).toBe(us('2019-03-31T01:30:00Z'))
  })
  test('an offset as zone; the text wins where it has one', () => {
    expect(read('iso', '2019-01-15 05:15:11', '+05:30')).toBe(us('2019-01-14T23:45:11Z'))
    expect(read('iso', '2019-01-15 05:15:11Z', 'Europe/Berlin')).toBe(us('2019-01-15T05:15:11Z'))
    expect(read('epoch-s', '1547529311', 'Europe/Berlin')).toBe(us('2019-01-15T05:15:11Z'))
    expect(read('epoch-s', '1.547529311E9', 'UTC')).toBe(us('2019-01-15T05:15:11Z'))
    expect(read('epoch-ms', '1.5475293115e+12', 'UTC')).toBe(us('2019-01-15T05:15:11.500Z'))
    expect(read('epoch-s', '1.5E9', 'UTC')).toBe(us('2017-07-14T02:40:00Z'))
    expect(read('epoch-s', '1e99', 'UTC')).toBeNull()
  })
  test('an unknown zone is refused', () => {
    expect(() => timeReader('iso', 'Europe/Atlantis')).toThrow(/Europe\/Atlantis is not known/)
  })
})

describe('the format of a column', () => {
  test.each<[string, string[], TimeFormat | null]>([
    ['TimeGenerated', ['2019-01-15 05:15:11.767', ''], 'iso'],
    ['anything', ['2019-01-15T05:15:11Z', '2019-01-16T05:15:11Z'], 'iso'],
    ['x', ['2019/01/15 05:15:11'], 'ymd'],
    ['Time', ['1/15/2019 5:15:11 AM', '-'], 'mdy'],
    ['Time', ['15/01/2019 05:15:11', '02/01/2019 05:15:11'], 'dmy'],
    ['x', ['15/Jan/2019:05:15:11 +0000'], 'apache'],
    ['x', ['Tue, 15 Jan 2019 05:15:11 +0000'], 'rfc2822'],
    ['x', ['Jan 15 2019 05:15:11'], 'month-name'],
    ['CreationDate', ['/Date(1547529311767)/'], 'dotnet'],
    ['ts', ['1547529311.767123', '1547529312.1'], 'epoch-s'],
    ['timestamp', ['1547529311767'], 'epoch-ms'],
    ['timestamp', ['1547529311767123'], 'epoch-us'],
    ['timestamp', ['1547529311767123456'], 'epoch-ns'],
    ['LastWriteTime', ['131920029117671234', '0'], 'filetime'],
    ['time', ['20190115051511'], 'compact'],
    ['id', ['1547529311'], null],
    ['ProcessId', ['1547529311', '1547529312'], null],
    ['duration', ['1547529311.5'], null],
    ['timestamp', ['1', '2', '3'], null],
    ['ReadTime', ['0', '0'], null],
    ['message', ['started at 2019-01-15 05:15:11'], null],
    ['version', ['10.0.17763.1', '1.2.2019'], null],
    ['Time', ['05:15:11', '05:15:12'], null],
    ['Date', ['Jan 15 05:15:11', 'Jan 15 05:15:12'], null],
    ['CommandLine', ['cmd.exe', ''], null],
    ['Time', [], null],
    ['Time', ['', ' '], null],
  ])('%s %j is %s', (header, samples, expected) => {
    expect(detectTimeFormat(samples, header)?.format ?? null).toBe(expected)
  })

  test('an Excel serial is a time where it has a time of day and lies in our years, else only where somebody says so', () => {
    expect(detectTimeFormat(['43480.2188773148', '43481.5000115741'], 'Date')?.format).toBe('excel')
    expect(detectTimeFormat(['43480.2188773148', ''], 'event_time')?.format).toBe('excel')
    expect(detectTimeFormat(['43480.2189', '43481'], 'Date')).toBeNull()
    expect(detectTimeFormat(['43480.2188773148', '12.25'], 'Date')).toBeNull()
    expect(detectTimeFormat(['43480.2188773148'], 'Amount')).toBeNull()
    expect(detectTimeFormat(['43480.2189', '43481'], 'Date', true)?.format).toBe('excel')
    expect(detectTimeFormat(['1547529311'], 'col', true)?.format).toBe('epoch-s')
  })

  test('dates of zeros stand for no time, as mactime and MySQL write them', () => {
    expect(
      detectTimeFormat(['0000-00-00T00:00:00Z', '0000-00-00T00:00:00Z', '2019-01-15T05:15:11Z'], 'Date'),
    ).toMatchObject({ format: 'iso', zoned: true })
    for (const plaso of ['Not a time', '00/00/0000 --:--:--', '0000-00-00T00:00:00.000000+00:00'])
      expect(detectTimeFormat([plaso, plaso, '2019-01-15T05:15:11Z'], 'datetime')?.format).toBe('iso')
    const none = 'Xxx Xxx 00 0000 00:00:00'
    expect(detectTimeFormat([none, none, none, 'Thu Jul 15 2021 10:00:00'], 'Date')?.format).toBe('month-name')
    expect(detectTimeFormat(['Jan 15, 2019 @ 05:15:11.767'], '@timestamp')?.format).toBe('month-name')
  })

  test('one telling sample among many decides between day and month, and otherwise the doubt is reported', () => {
    const many = Array.from({ length: 3000 }, () => '01/02/2019 10:00:00')
    expect(detectTimeFormat(many, 'Date')).toMatchObject({ format: 'mdy', ambiguous: true })
    expect(detectTimeFormat([...many, '13/02/2019 10:00:00'], 'Date')).toMatchObject({
      format: 'dmy',
      ambiguous: false,
    })
    expect(detectTimeFormat([...many, '02/13/2019 10:00:00'], 'Date')).toMatchObject({
      format: 'mdy',
      ambiguous: false,
    })
    const daily = ['01/03/2019', '02/03/2019', '03/03/2019', '04/03/2019']
    expect(detectTimeFormat(daily, 'Date')).toMatchObject({ format: 'dmy', ambiguous: true })
  })

  test('what is said about day and month goes before what the dates tell, and contradictory dates are counted', () => {
    const mixed = ['15/01/2024 10:00', '01/16/2024 10:00']
    expect(detectTimeFormat(mixed, 'Date')).toBeNull()
    expect(contradictoryOrder(mixed)).toEqual({ dayFirst: 1, monthFirst: 1 })
    expect(contradictoryOrder([...mixed, 'x', 'y'])).toBeNull()
    expect(contradictoryOrder(['15/01/2024', '01/02/2024'])).toBeNull()
    expect(detectTimeFormat(mixed, 'Date', false, true)).toMatchObject({ format: 'dmy', ambiguous: false })
    expect(detectTimeFormat(['01/02/2024'], 'Date', false, false)).toMatchObject({ format: 'mdy', ambiguous: false })
    expect(detectTimeFormat(['01/16/2024'], 'Date', false, true)).toBeNull()
    expect(detectTimeFormat(['2024-01-16'], 'Date', false, true)?.format).toBe('iso')
  })

  test('abbreviated zones behind a time of day are read as those of RFC 2822 are', () => {
    const inUtc = (text: string) => {
      const found = detectTimeFormat([text], 'Time')
      expect(found?.zoned, text).toBe(true)
      return new Date((timeReader(found?.format ?? 'iso', 'Asia/Tokyo')(text) ?? 0) / 1000).toISOString()
    }
    expect(inUtc('2024-01-15 10:00:00 EST')).toBe('2024-01-15T15:00:00.000Z')
    expect(inUtc('2024-07-15T10:00:00 PDT')).toBe('2024-07-15T17:00:00.000Z')
    expect(inUtc('1/15/2024 1:00:00 PM PST')).toBe('2024-01-15T21:00:00.000Z')
    expect(inUtc('15.07.2024 10:00 CEST')).toBe('2024-07-15T08:00:00.000Z')
    expect(detectTimeFormat(['2024-01-15 10:00:00 XYZ'], 'Time')).toBeNull()
    expect(detectTimeFormat(['2024-01-15 10:00:00 pxt'], 'Time')).toBeNull()
  })

  test('it says whether a zone is still needed and what the header says about it', () => {
    expect(detectTimeFormat(['2019-01-15 05:15:11'], 'LastModifiedTimeUTC')).toMatchObject({
      zoned: false,
      headerZone: 'UTC',
    })
    expect(detectTimeFormat(['2019-01-15 05:15:11'], 'TimeGenerated [UTC]')).toMatchObject({ headerZone: 'UTC' })
    expect(detectTimeFormat(['2019-01-15 05:15:11'], 'Outcome')).toMatchObject({ zoned: false, headerZone: null })
    expect(detectTimeFormat(['2019-01-15T05:15:11+02:00'], 'Time')).toMatchObject({ zoned: true })
    expect(detectTimeFormat(['1547529311'], 'ts')).toMatchObject({ zoned: true })
  })
})

describe('laws', () => {
  const instant = fc
    .integer({ min: us('1700-01-01T00:00:00Z'), max: us('2200-01-01T00:00:00Z') })
    .filter((value) => value % 86_400_000_000 !== 0)
  const fraction = (value: number) => String(((value % 1_000_000) + 1_000_000) % 1_000_000).padStart(6, '0')
  const iso = (value: number) =>
    `${new Date(Math.floor(value / 1_000_000) * 1000).toISOString().slice(0, 19)}.${fraction(value)}`

  test('every microsecond comes back', () => {
    fc.assert(
      fc.property(instant, (value) => {
        expect(read('iso', iso(value))).toBe(value)
        expect(read('iso', `${iso(value)}999Z`, 'Asia/Tokyo')).toBe(value)
        expect(read('epoch-us', String(value))).toBe(value)
        const [year, month, day] = iso(value).slice(0, 10).split('-')
        expect(read('mdy', `${month}/${day}/${year} ${iso(value).slice(11)}`)).toBe(value)
        expect(read('dmy', `${day}/${month}/${year}T${iso(value).slice(11)}`)).toBe(value)
      }),
    )
  })
  test('a zone turns local times back into the instants they show, outside the repeated hour', () => {
    const zones = ['Europe/Berlin', 'America/Sao_Paulo', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Pacific/Apia']
    const modern = fc.integer({ min: Date.parse('1972-01-01') / 1000, max: Date.parse('2037-01-01') / 1000 })
    fc.assert(
      fc.property(modern, fc.constantFrom(...zones), (seconds, timeZone) => {
        const local = new Date(seconds * 1000).toLocaleString('sv-SE', { timeZone })
        const got = read('iso', local, timeZone)! / 1_000_000
        expect(new Date(got * 1000).toLocaleString('sv-SE', { timeZone })).toBe(local)
        expect(got).toBeLessThanOrEqual(seconds)
        expect(seconds - got).toBeLessThanOrEqual(3600)
      }),
    )
  })
  test('no text makes a reader throw or give a broken number', () => {
    const formats: TimeFormat[] = [
      'iso',
      'mdy',
      'dmy',
      'compact',
      'month-name',
      'dotnet',
      'epoch-s',
      'epoch-ns',
      'filetime',
      'excel',
    ]
    const texts = fc.oneof(fc.string(), fc.stringMatching(/^[\d:/.TZ+ -]{0,40}$/), fc.string({ unit: 'binary' }))
    fc.assert(
      fc.property(texts, fc.constantFrom(...formats), (text, format) => {
        const got = read(format, text, 'Europe/Berlin')
        expect(got === null || Number.isSafeInteger(got)).toBe(true)
        detectTimeFormat([text], text, true)
      }),
    )
  })
})
