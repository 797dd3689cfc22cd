import { gzipSync } from 'node:zlib'
import type { Dialect } from '../../src-preload/contract/datasets.ts'
import { makeJson, makeTable } from './makeTable.ts'
import { createRandom, type Random } from './random.ts'

/** A file to import, and how. `chunk`: bytes at which the fast import cuts it. */
export type FuzzCase = { bytes: Buffer; dialect: Dialect; chunk: number }

const TOKENS = [
  '"',
  '""',
  '","',
  '\n',
  '\r\n',
  '\r',
  ',',
  ';',
  '\t',
  '\\',
  '\\"',
  '\0',
  '\ufeff',
  '#',
  '#fields\t',
  'sep=;\n',
  '{',
  '}',
  '[',
  ']',
  '{"',
  '":',
  "'",
  '\u00a0',
  '\x1b$B',
  '\x80',
  '\xff',
  '\xc3',
  '\xe2\x80',
  '1e999',
  '99999999999999999999',
]

/** The case of a seed: a generated file, or one of the corpus, changed in a few places. Always the same for the same corpus. */
export function makeCase(seed: number, corpus: readonly Buffer[]): FuzzCase {
  const random = createRandom(seed)
  let bytes = base(random, corpus)
  const changes = random.once(3) ? 0 : 1 + random.below(random.once(4) ? 12 : 3)
  for (let n = 0; n < changes; n++) bytes = changed(bytes, random, corpus)
  if (random.once(60)) bytes = gzipSync(bytes)
  return {
    bytes,
    dialect: dialectOf(random),
    chunk: random.pick([16, 33, 64, 250, 1_000, 1 << 16, 1 << 20]) + random.below(9),
  }
}

function base(random: Random, corpus: readonly Buffer[]): Buffer {
  const kind = random.below(14)
  if (kind < 3 && corpus.length > 0) return Buffer.from(random.pick(corpus))
  const text = kind === 13 ? makeJson(random) : makeTable(random)
  if (random.once(15)) return Buffer.from(`\ufeff${text}`, 'utf16le')
  if (random.once(30)) return Buffer.from(text, 'latin1')
  return Buffer.from(text)
}

function changed(bytes: Buffer, random: Random, corpus: readonly Buffer[]): Buffer {
  const at = random.below(bytes.length + 1)
  const length = random.below(Math.min(bytes.length - at, random.once(5) ? 2_000 : 20) + 1)
  const [before, slice, after] = [bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at + length)]
  const token = Buffer.from(random.pick(TOKENS), random.once(2) ? 'latin1' : 'utf8')
  switch (random.below(9)) {
    case 0: {
      const copy = Buffer.from(bytes)
      if (copy.length > 0) copy[random.below(copy.length)] = random.below(256)
      return copy
    }
    case 1:
    case 2:
      return Buffer.concat([before, token, slice, after])
    case 3:
      return Buffer.concat([before, after])
    case 4:
      return Buffer.concat([before, slice, slice, after])
    case 5: {
      const other = corpus.length > 0 ? random.pick(corpus) : bytes
      return Buffer.concat([before, other.subarray(random.below(other.length + 1)), after])
    }
    case 6:
      return before
    case 7:
      return Buffer.concat([before, Buffer.alloc(random.below(random.once(10) ? 70_000 : 300), token), slice, after])
    default:
      return Buffer.from(bytes.toString('latin1').replaceAll('\n', random.pick(['\r\n', '\r', '\n\n'])), 'latin1')
  }
}

function dialectOf(random: Random): Dialect {
  if (!random.once(6)) return {}
  return random.pick<Dialect>([
    { delimiter: random.pick([',', ';', '\t', '|', ' ', 'a']) },
    { quote: random.pick(['', "'", '"']) },
    { header: random.once(2) },
    { encoding: random.pick(['utf-8', 'windows-1252', 'utf-16le', 'shift_jis', 'gb18030', 'iso-2022-jp']) },
    { timeColumn: null },
    { timeZone: random.pick(['Europe/Berlin', '+05:30', 'UTC']) },
    { skewSeconds: random.below(100) - 50 },
    { profile: random.pick(['', 'sysmon', 'zeek-conn', 'm365-audit-search']) },
  ])
}
