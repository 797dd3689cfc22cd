const formats: Record<string, string> = {
  iso: 'ISO 8601',
  ymd: 'year/month/day',
  mdy: 'month/day/year',
  dmy: 'day/month/year',
  compact: 'digits without separators',
  apache: 'web server log',
  'month-name': 'month by name',
  rfc2822: 'mail header',
  dotnet: '.NET /Date()/',
  'epoch-s': 'epoch seconds',
  'epoch-ms': 'epoch milliseconds',
  'epoch-us': 'epoch microseconds',
  'epoch-ns': 'epoch nanoseconds',
  filetime: 'FILETIME',
  webkit: 'WebKit microseconds',
  'dotnet-ticks': '.NET ticks',
  excel: 'Excel days',
}
/** How times of a column are written, in words. */
export const timeFormatText = (format: string | null): string =>
  format === null ? 'time' : (formats[format] ?? format)

const units: Record<string, number> = {
  'epoch-ms': 3,
  'epoch-us': 6,
  'epoch-ns': 9,
  filetime: 7,
  webkit: 6,
  'dotnet-ticks': 7,
  dotnet: 3,
}
const named: Record<number, string> = { 0: 'seconds', 3: 'milliseconds', 6: 'microseconds', 9: 'nanoseconds' }

/** How fine the times of a column are, by texts of it: `milliseconds`, `100 ns, microseconds inside`. */
export function precisionText(format: string | null, texts: readonly string[]): string {
  const written = texts.map((text) => /(?::\d\d|^\s*\d{9,})[.,](\d{1,9})/.exec(text)?.[1]?.length ?? 0)
  const bare = texts.length > 0 && texts.every((text) => /^\s*\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\s*$/.test(text))
  if (bare) return 'days'
  if (format !== null && /^(?:mdy|dmy|ymd|iso)$/.test(format) && texts.every((text) => !/\d:\d\d:\d\d/.test(text)))
    return 'minutes'
  const digits = (format === null ? undefined : units[format]) ?? Math.max(0, ...written)
  const name = digits === 7 ? '100 ns' : (named[digits] ?? `${digits} digits of a second`)
  return digits > 6 ? `${name}, microseconds inside` : name
}
