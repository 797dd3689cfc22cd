import { isAscii, isUtf8 } from 'node:buffer'
import { analyse } from 'chardet'

/** `bom`: bytes to skip. `ascii`: nothing above 127 was seen, so that any encoding of bytes would read it alike. */
export type SniffedEncoding = { encoding: string; bom: number; ascii: boolean }

/** Share of control characters in the beginning from which a file without UTF-16 is taken for binary. */
const BINARY_SHARE = 0.3
/**
 * Packed or encrypted bytes hold every control character; a text holds few of them, and some files use one or two as
 * delimiters. From this share and so many different ones on, what is no UTF-8 is no text. NULs, which pad many a text, and
 * ESC, which begins ISO-2022, do not count.
 */
const NOISE_SHARE = 0.03
const NOISE_KINDS = 10
/** Bytes looked at for statistics. */
const SAMPLE = 262_144

/** The encoding of a file by its beginning; null when the bytes are no text. A byte order mark wins, then valid UTF-8, then guesses. */
export function sniffEncoding(head: Buffer): SniffedEncoding | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', bom: 3, ascii: false }
  if (head[0] === 0xff && head[1] === 0xfe)
    return head[2] === 0 && head[3] === 0 && head.length > 3 ? null : { encoding: 'utf-16le', bom: 2, ascii: false }
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', bom: 2, ascii: false }
  const wide = sniffUtf16(head)
  if (wide) return { encoding: wide, bom: 0, ascii: false }
  if (isBinary(head)) return null
  if (isAscii(head) && !head.includes('\x1b$')) return { encoding: 'utf-8', bom: 0, ascii: true }
  return { encoding: encodingOfHighBytes(head), bom: 0, ascii: false }
}

/** The encoding of bytes of which some are above 127 (or ISO-2022-JP): UTF-8 also with a few bad bytes among good ones. */
export function encodingOfHighBytes(bytes: Buffer): string {
  if (isUtf8(withoutCutCharacter(bytes)) && !bytes.includes('\x1b$')) return 'utf-8'
  const { good, bad } = utf8Sequences(bytes)
  if (good > bad) return 'utf-8'
  return legacyEncoding(bytes)
}

/** UTF-16 without a mark: every other byte is mostly zero, or line ends stand as two bytes and the rest is well-formed. */
function sniffUtf16(head: Buffer): string | null {
  const sample = head.subarray(0, Math.min(head.length, SAMPLE) & ~1)
  // Every way to say yes needs a zero, and most files have none.
  if (sample.length < 4 || !sample.includes(0)) return null
  let even = 0
  let odd = 0
  let evenAscii = 0
  let oddAscii = 0
  for (let i = 0; i < sample.length; i += 2) {
    const first = sample[i] ?? 0
    const second = sample[i + 1] ?? 0
    if (first === 0 && second !== 0) {
      even++
      if (isText(second)) oddAscii++
    }
    if (second === 0 && first !== 0) {
      odd++
      if (isText(first)) evenAscii++
    }
  }
  const pairs = sample.length / 2
  if (odd > pairs * 0.6 && even < pairs * 0.02 && evenAscii > odd * 0.8) return 'utf-16le'
  if (even > pairs * 0.6 && odd < pairs * 0.02 && oddAscii > even * 0.8) return 'utf-16be'
  // Text that is mostly not Latin: only line ends and delimiters show the zeros. Valid UTF-8 without zeros is never this.
  if (even + odd === 0 || isUtf8(withoutCutCharacter(sample))) return null
  if (
    odd > 0 &&
    even <= odd * 0.02 &&
    lineEnds(sample, 0) > 0 &&
    evenAscii > odd * 0.8 &&
    sample.toString('utf16le').isWellFormed()
  )
    return 'utf-16le'
  const swapped = Buffer.from(sample).swap16()
  if (
    even > 0 &&
    odd <= even * 0.02 &&
    lineEnds(sample, 1) > 0 &&
    oddAscii > even * 0.8 &&
    swapped.toString('utf16le').isWellFormed()
  )
    return 'utf-16be'
  return null
}

const isText = (byte: number): boolean => (byte >= 32 && byte < 127) || byte === 9 || byte === 10 || byte === 13

function lineEnds(sample: Buffer, at: 0 | 1): number {
  let found = 0
  for (let i = 0; i + 1 < sample.length; i += 2) if (sample[i + at] === 10 && sample[i + 1 - at] === 0) found++
  return found
}

/** What isBinary counts: control characters other than tab, line feed, carriage return and escape. */
const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f]/

function isBinary(head: Buffer): boolean {
  const sample = head.subarray(0, SAMPLE)
  if (!CONTROL.test(sample.toString('latin1'))) return false
  const counts = new Map<number, number>()
  for (const byte of sample) {
    if ((byte >= 32 && byte !== 127) || byte === 9 || byte === 10 || byte === 13 || byte === 27) continue
    counts.set(byte, (counts.get(byte) ?? 0) + 1)
  }
  const nuls = counts.get(0) ?? 0
  counts.delete(0)
  const all = [...counts.values()]
  const noise = all.reduce((sum, count) => sum + count, 0)
  // One of them may be the delimiter.
  const controls = nuls + noise - Math.max(0, ...all)
  if (controls > sample.length * (sample.length < 512 ? 0.5 : BINARY_SHARE)) return true
  return counts.size >= NOISE_KINDS && noise > sample.length * NOISE_SHARE && !isUtf8(withoutCutCharacter(sample))
}

/** The beginning may end in the middle of a character: leaves that out. */
function withoutCutCharacter(bytes: Buffer): Buffer {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) break
    if (byte >= 0xc0) return bytes.subarray(0, bytes.length - back)
  }
  return bytes
}

/** Valid characters of more than one byte, and bytes above 127 that belong to none. */
function utf8Sequences(bytes: Buffer): { good: number; bad: number } {
  let good = 0
  let bad = 0
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0
    if (byte < 0x80) continue
    const length =
      byte >= 0xf0 && byte < 0xf5 ? 4 : byte >= 0xe0 && byte < 0xf0 ? 3 : byte >= 0xc2 && byte < 0xe0 ? 2 : 1
    if (length > 1 && i + length <= bytes.length && isUtf8(bytes.subarray(i, i + length))) {
      good++
      i += length - 1
    } else bad++
  }
  return { good, bad }
}

const EAST_ASIAN = new Set(['shift_jis', 'euc-jp', 'iso-2022-jp', 'euc-kr', 'gb18030', 'gbk', 'big5'])
const BY_CHARDET: Readonly<Record<string, string>> = {
  'iso-8859-1': 'windows-1252',
  'iso-8859-9': 'windows-1254',
  'iso-8859-8': 'windows-1255',
  ascii: 'windows-1252',
}
/** Letters of Latin alphabets are rare among the letters of a text; where they are frequent another alphabet is meant. */
const ALPHABET_SHARE = 0.3
/** Fewer bytes above 127 tell nothing about a code page. */
const ENOUGH = 8

/**
 * A guess among code pages. An East Asian one must decode without an error and stand in pairs; Cyrillic, Greek, Hebrew,
 * Arabic and Thai ones must make a good part of the letters; everything else is windows-1252, which reads any byte.
 */
function legacyEncoding(bytes: Buffer): string {
  const sample = bytes.subarray(0, SAMPLE)
  let high = 0
  let pairs = 0
  let letters = 0
  for (let i = 0; i < sample.length; i++) {
    const byte = sample[i] ?? 0
    if (byte >= 0x80) {
      high++
      const next = sample[i + 1] ?? 0
      if (next < 0x30) continue
      pairs++
      if (next >= 0x80) high++
      i++
    } else if ((byte | 32) >= 97 && (byte | 32) <= 122) letters++
  }
  if (high < ENOUGH && !sample.includes('\x1b$')) return 'windows-1252'
  for (const match of analyse(sample)) {
    const name = match.name.toLowerCase()
    const encoding = BY_CHARDET[name] ?? name
    if (EAST_ASIAN.has(encoding)) {
      const enough = encoding === 'iso-2022-jp' || (pairs * 2 >= high * 0.9 && high > (high + letters) * 0.05)
      if (enough && readsWithoutError(encoding, sample)) return encoding
    } else if (match.confidence >= 20 && /koi8|1251|1253|1255|1256|874|iso-8859-[5-8]/.test(encoding)) {
      if (high > (high + letters) * ALPHABET_SHARE && readsWithoutError(encoding, sample)) return encoding
    } else if (match.confidence >= 50 && /1250|1254|iso-8859-2/.test(encoding) && readsWithoutError(encoding, sample))
      return encoding
  }
  return 'windows-1252'
}

function readsWithoutError(encoding: string, bytes: Buffer): boolean {
  try {
    // `stream` forgives a character that is cut at the end of the sample.
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}
