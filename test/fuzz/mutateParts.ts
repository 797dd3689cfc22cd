import { createHash } from 'node:crypto'
import { crc32, deflateRawSync } from 'node:zlib'
import { centralHeader, DEFLATED, descriptor, localHeader, tail, type Entry } from '../../src-main/sharing/zipLayout.ts'
import { openCaseFile } from '../../src-main/sharing/readCaseFile.ts'
import { caseFileNouns } from '#contract/values'
import type { Random } from './random.ts'

export type Part = { name: string; bytes: Buffer }

/** All parts of a case file but its manifest. */
export async function partsOf(path: string): Promise<{ parts: Part[]; sources: unknown }> {
  const file = await openCaseFile(path, caseFileNouns)
  const parts: Part[] = [{ name: 'contents.json', bytes: Buffer.from(JSON.stringify(file.contents)) }]
  for (const name of file.parts) {
    const blocks: Buffer[] = []
    for await (const block of file.read(name)) blocks.push(block)
    parts.push({ name, bytes: Buffer.concat(blocks) })
  }
  await file.close()
  return { parts, sources: file.manifest.sources }
}

type Packed = { data: Buffer; crc: number; size: number; sha256: string }
/** Parts are shared between mutated files: each is packed once. */
const packedParts = new WeakMap<Buffer, Packed>()

function packedPart(bytes: Buffer, level: number): Packed {
  const known = packedParts.get(bytes)
  if (known) return known
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const packed = { data: deflateRawSync(bytes, { level }), crc: crc32(bytes), size: bytes.length, sha256 }
  packedParts.set(bytes, packed)
  return packed
}

/** A case file of these parts whose hashes, sizes and directory are right: by somebody who knows the format. */
export function caseFileOf(parts: readonly Part[], sources: unknown, level = 2): Buffer {
  const all = parts.map(({ name, bytes }) => ({ name, ...packedPart(bytes, level) }))
  const said = all.map(({ name, size, sha256 }) => ({ name, size, sha256 }))
  const manifest = Buffer.from(JSON.stringify({ format: 'huntbench-case-file', version: 1, parts: said, sources }))
  const out: Buffer[] = []
  const entries: Entry[] = []
  let at = 0
  for (const { name, data, crc, size } of [...all, { name: 'manifest.json', ...packedPart(manifest, level) }]) {
    const entry = { name, method: DEFLATED, crc, packed: data.length, size, offset: at }
    const written = [localHeader(name, DEFLATED), data, descriptor(entry)]
    out.push(...written)
    entries.push(entry)
    at += written.reduce((sum, { length }) => sum + length, 0)
  }
  const directory = Buffer.concat(entries.map(centralHeader))
  return Buffer.concat([...out, directory, tail(entries.length, directory.length, at)])
}

const HOSTILE: readonly unknown[] = [
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  `'); DROP TABLE hunts; --`,
  "\"; ATTACH DATABASE '/tmp/x' AS y; --",
  '../../../../etc/passwd',
  'C:\\Windows\\System32\\x',
  '=HYPERLINK("http://x")',
  'nul\0byte and \ud800 half a pair',
  '\u202egnp.exe',
  'x'.repeat(100_000),
  '',
  null,
  true,
  -1,
  0,
  1.5,
  2 ** 31,
  2 ** 53,
  1e308,
  253_402_300_799_999,
  [],
  {},
  [[[[[[[[]]]]]]]],
  { __proto__: null, constructor: 1, toString: 2 },
  '00000000-0000-4000-8000-000000000000',
  '(a+)+$',
]

const NAMES = [
  '../../evil',
  'records/../evil.jsonl',
  '/etc/passwd',
  'C:\\evil',
  'records/__proto__.jsonl',
  'records/settings.jsonl',
  'datasets/evil.db',
  'sources/evil',
  'records/hunts.jsonl\0',
  'contents.json',
  'workspace.db',
]

/** One thing in one part is replaced, doubled or taken away. */
export function mutateParts(parts: readonly Part[], random: Random): { parts: Part[]; how: string } {
  const copy = parts.map((part) => ({ ...part }))
  const at = random.below(copy.length)
  const part = copy[at]
  if (!part) throw new Error('A case file has parts.')
  switch (random.below(10)) {
    case 0: {
      part.name = random.pick(NAMES)
      return { parts: copy, how: `a part named ${JSON.stringify(part.name)}` }
    }
    case 1:
      copy.splice(at, 1)
      return { parts: copy, how: `without ${part.name}` }
    case 2:
      copy.splice(at, 0, { ...part, name: random.once(2) ? part.name : random.pick(NAMES) })
      return { parts: copy, how: `a part more beside ${part.name}` }
    case 3: {
      const lines = part.bytes.toString().split('\n')
      const line = random.below(lines.length)
      lines.splice(line, random.below(2), ...(random.once(2) ? [lines[line] ?? '', lines[line] ?? ''] : []))
      part.bytes = Buffer.from(lines.join('\n'))
      return { parts: copy, how: `another number of lines in ${part.name}` }
    }
    default: {
      const lines = part.bytes.toString().split('\n')
      const line = random.below(Math.max(1, lines.length - 1))
      const value = parsed(lines[line] ?? '')
      const how = value === undefined ? 'text' : replaceIn(value, random)
      lines[line] = value === undefined ? JSON.stringify(random.pick(HOSTILE)) : JSON.stringify(value)
      part.bytes = Buffer.from(lines.join('\n'))
      return { parts: copy, how: `${how} in line ${line + 1} of ${part.name}` }
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Replaces a value somewhere inside; answers where and by what. */
function replaceIn(value: unknown, random: Random): string {
  let here: unknown = value
  const path: string[] = []
  for (;;) {
    if (typeof here !== 'object' || here === null) return 'nothing'
    const holder = here as Record<string, unknown>
    const keys = Object.keys(holder)
    if (keys.length === 0 || random.once(40)) {
      holder[random.pick(['__proto__x', 'evil', '0'])] = random.pick(HOSTILE)
      return `something added at ${path.join('.')}`
    }
    const key = random.pick(keys)
    path.push(key)
    const inner = holder[key]
    if (typeof inner === 'object' && inner !== null && !random.once(6)) {
      here = inner
      continue
    }
    const hostile = random.pick(HOSTILE)
    holder[key] = hostile
    return `${path.join('.')} = ${JSON.stringify(hostile).slice(0, 60)}`
  }
}
