import type { Random } from './random.ts'

const WORDS = [
  '',
  '',
  '-',
  'n/a',
  ' ',
  'a',
  'powershell.exe -enc SQBFAFgA',
  'C:\\Temp\\x.dll',
  'é',
  '語',
  '😀',
  '\0',
  'x,y',
  'say "hi"',
  '"',
  '""',
  'line\nline',
  'crlf\r\nend',
  '\r',
  '#c',
  "o'k",
  ';',
  '\t',
  '|',
  '0',
  '-0',
  '007',
  '+1',
  '1.0',
  '1e21',
  '9007199254740993',
  '123456789012345678901',
  '0x1F',
  'NaN',
  'true',
  '10.1.2.3',
  '8.8.8.8',
  '256.1.1.1',
  '2001:db8::1',
  'fe80::1%eth0',
  'd41d8cd98f00b204e9800998ecf8427e',
  'www.example.com',
  'hxxp://evil[.]example[.]org',
  'bob@mail.example.com',
  'CORP\\user',
  'cmd.exe',
  'http://a.example/?q=1,2',
  '{"a":1}',
  '[1,2]',
  '=1+1',
  '\ufeff',
  '\u2028',
] as const
const HEADERS = [
  'timestamp',
  'TimeCreated',
  'ts',
  'Computer',
  'hostname',
  'User',
  'EventID',
  'src_ip',
  'CommandLine',
  'md5',
  'Hashes',
  'x',
  '',
  'a b',
  'id.orig_h',
  'Details',
  'é',
] as const

/** A column of one kind with strays among it, so that types, times and indicators are found in it. */
function columnOf(random: Random): () => string {
  const start = Date.UTC(1990 + random.below(60), random.below(12), 1 + random.below(28))
  const at = (): Date => new Date(start + random.below(4e8))
  const kinds: (() => string)[] = [
    () => random.pick(WORDS),
    () => random.pick(WORDS) + random.pick(WORDS),
    () => String(random.below(2 ** 31)),
    () => (random.below(2e6) / 1000 - 1000).toFixed(random.below(6)),
    () => at().toISOString(),
    () =>
      at()
        .toISOString()
        .replace('T', ' ')
        .replace('Z', `${random.below(1e4)}`),
    () => String(Math.floor(at().getTime() / 1000)),
    () => `${at().getTime() / 1000}`,
    () => `10.${random.below(256)}.${random.below(256)}.${random.below(300)}`,
    () => `host${random.below(30)}.example.${random.pick(['com', 'org', 'exe', 'co.uk'])}`,
    () =>
      `${1 + random.below(12)}/${1 + random.below(28)}/2024 ${random.below(24)}:0${random.below(10)}:00 ${random.pick(['AM', 'PM', ''])}`,
    () => `MD5=${random.below(1e9).toString(16).padStart(32, '0')},SHA1=${'a'.repeat(40)}`,
  ]
  const kind = random.pick(kinds)
  return () => (random.once(14) ? random.pick(WORDS) : kind())
}

const needsQuotes = (cell: string, delimiter: string): boolean => /["\r\n]/.test(cell) || cell.includes(delimiter)

/** A table as tools write them, now and then with faults: wrong widths, stray quotes, blank lines, comments. */
export function makeTable(random: Random): string {
  const delimiter = random.pick([',', ',', ',', '\t', ';', '|'])
  const end = random.pick(['\n', '\n', '\n', '\n', '\r\n', '\r\n', '\r\n', '\r'])
  const columns = Array.from({ length: 1 + random.below(random.once(20) ? 120 : 8) }, () => columnOf(random))
  const faulty = random.once(3)
  const cell = (text: string): string =>
    (needsQuotes(text, delimiter) && !(faulty && random.once(40))) || random.once(12)
      ? `"${text.replaceAll('"', '""')}"`
      : text
  const lines = Array.from({ length: random.below(random.once(10) ? 400 : 40) }, () => {
    const cells = columns.map((column) => cell(column()))
    if (faulty && random.once(15)) cells.pop()
    if (faulty && random.once(15)) cells.push('more')
    if (random.once(60)) return ''
    if (random.once(80)) return `# ${random.pick(WORDS)}`
    return cells.join(delimiter)
  })
  const header = columns.map(() => cell(random.pick(HEADERS))).join(delimiter)
  const all = random.once(6) ? lines : [header, ...lines]
  return (
    (random.once(8) ? '\ufeff' : '') +
    (random.once(30) ? `sep=${delimiter}${end}` : '') +
    all.join(end) +
    (random.once(4) ? '' : end)
  )
}

function value(random: Random, depth: number): string {
  const kinds: (() => string)[] = [
    () => JSON.stringify(random.pick(WORDS)),
    () => String(random.below(1e9)),
    () => random.pick(['null', 'true', '1e400', '-0.50', '18446744073709551616', '"\\ud800"', '[]', '{}']),
    () => JSON.stringify(new Date(1e12 + random.below(1e12)).toISOString()),
  ]
  if (depth < 4)
    kinds.push(
      () => object(random, depth + 1),
      () => `[${Array.from({ length: random.below(3) }, () => value(random, depth + 1)).join(',')}]`,
    )
  return random.pick(kinds)()
}

function object(random: Random, depth: number): string {
  const keys = Array.from({ length: random.below(6) }, () =>
    random.pick(['a', 'b', 'ts', 'user.name', 'é', '', 'id', 'k"', 'x']),
  )
  return `{${keys.map((key) => `${JSON.stringify(key)}:${value(random, depth)}`).join(random.pick([',', ', ']))}}`
}

/** JSON as tools write it: lines, an array, or the array of an object. */
export function makeJson(random: Random): string {
  const objects = Array.from({ length: 1 + random.below(20) }, () => object(random, 0))
  return random.pick([
    () => objects.join('\n'),
    () => objects.join('\r\n'),
    () => `[${objects.join(random.pick([',', ',\n', ',\n  ']))}]`,
    () => `{"meta":${value(random, 3)},"Records":[${objects.join(',\n')}]}`,
    () => objects.map((text) => text.replaceAll('{', '{\n  ').replaceAll('}', '\n}')).join('\n'),
  ])()
}
