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
