import type { TimeFormat } from './times.ts'

/** Digits of a second in formats that count parts of it. */
const units: Partial<Record<TimeFormat, number>> = {
  'epoch-ms': 3,
  'epoch-us': 6,
  'epoch-ns': 9,
  filetime: 7,
  webkit: 6,
  'dotnet-ticks': 7,
  dotnet: 3,
}
const named: Readonly<Record<number, string>> = {
  0: 'seconds',
  3: 'milliseconds',
  6: 'microseconds',
  7: '100 ns',
  9: 'nanoseconds',
}
const dated: ReadonlySet<TimeFormat> = new Set(['mdy', 'dmy', 'ymd', 'iso'])

/** How fine the times of a column are written, by samples of it: days, minutes, seconds, milliseconds, 2 digits of a second. */
export function timePrecision(format: TimeFormat, samples: readonly string[]): string {
  if (samples.every((text) => /^\s*\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\s*$/.test(text))) return 'days'
  if (dated.has(format) && samples.every((text) => !/\d:\d\d:\d\d/.test(text))) return 'minutes'
  const written = samples.map((text) => /(?::\d\d|^\s*\d{9,})[.,](\d{1,9})/.exec(text)?.[1]?.length ?? 0)
  const digits = units[format] ?? written.reduce((most, one) => Math.max(most, one), 0)
  return named[digits] ?? `${digits} digits of a second`
}
