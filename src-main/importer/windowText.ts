import { isAscii, isUtf8 } from 'node:buffer'
import { AppError } from '#contract/appError'

/**
 * How bytes become text that a parser can cut without losing sight of the bytes.
 *
 * A window of the source becomes a string in which position and byte are one thing: in encodings of bytes (`unit` 1) each
 * character is a byte (0-255), in UTF-16 (`unit` 2) each character is a code unit. Delimiters, quotes and line ends are
 * ASCII, so records are cut in that string, and only cells with bytes above 127 are decoded, one by one. In the multi-byte
 * code pages of East Asia a second byte may look like ASCII; it is lifted by 0x100, so that it is never taken for a delimiter.
 */
export type WindowText = {
  encoding: string
  /** Bytes per character of the window string. */
  unit: 1 | 2
  /** The window string. The bytes are not changed. */
  text(bytes: Buffer): string
  /** True when some cell of the window needs `decode` or the bytes may be invalid: false is the fast way. */
  special(bytes: Buffer): boolean
  /** Text of a slice of the window string: a cell, a record. Invalid bytes become U+FFFD. */
  decode(slice: string): string
  /** Index of the first byte of a record that is not valid in the encoding; -1 when all are. */
  invalidAt(bytes: Buffer): number
}

const HIGH = /[^\x00-\x7f]/

/** Takes a WHATWG label. Fails with invalid-input for a label that is none. */
export function windowTextOf(label: string): WindowText {
  const encoding = encodingName(label)
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return utf16(encoding)
  if (encoding === 'utf-8') return utf8
  return codePage(encoding)
}

/** The name of an encoding in lower case for any of its labels. Fails with invalid-input. */
export function encodingName(label: string): string {
  try {
    return new TextDecoder(label, { fatal: true }).encoding
  } catch {
    throw new AppError(
      'invalid-input',
      `"${label}" is no encoding this program can read. Try utf-8, utf-16le, windows-1252 or shift_jis.`,
      {
        path: 'dialect.encoding',
      },
    )
  }
}

const utf8: WindowText = {
  encoding: 'utf-8',
  unit: 1,
  text: (bytes) => bytes.toString('latin1'),
  special: (bytes) => !isAscii(bytes),
  decode: (slice) => (HIGH.test(slice) ? Buffer.from(slice, 'latin1').toString('utf8') : slice),
  invalidAt: (bytes) => (isUtf8(bytes) ? -1 : firstInvalid('utf-8', bytes)),
}

function utf16(encoding: string): WindowText {
  const big = encoding === 'utf-16be'
  const text = (bytes: Buffer): string => {
    const whole = bytes.subarray(0, bytes.length & ~1)
    return big ? Buffer.from(whole).swap16().toString('utf16le') : whole.toString('utf16le')
  }
  return {
    encoding,
    unit: 2,
    text,
    special: (bytes) => !text(bytes).isWellFormed(),
    decode: (slice) => slice.toWellFormed(),
    invalidAt(bytes) {
      const units = text(bytes)
      if (units.isWellFormed()) return -1
      const whole = units.toWellFormed()
      for (let i = 0; i < units.length; i++) if (units.charCodeAt(i) !== whole.charCodeAt(i)) return i * 2
      return -1
    },
  }
}

/** Encodings whose second byte may be an ASCII character. EUC-JP is not one of them; ISO-2022-JP is lifted as a whole. */
const TRAIL_LOOKS_ASCII = new Set(['shift_jis', 'gbk', 'gb18030', 'big5', 'euc-kr'])

function codePage(encoding: string): WindowText {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true })
  const strict = new TextDecoder(encoding, { ignoreBOM: true, fatal: true })
  const escapes = encoding === 'iso-2022-jp'
  const lift = escapes
    ? liftEscaped
    : TRAIL_LOOKS_ASCII.has(encoding)
      ? (bytes: Buffer) => liftTrails(bytes, encoding === 'shift_jis')
      : null
  const plain = (bytes: Buffer): boolean => isAscii(bytes) && !(escapes && bytes.includes(27))
  const needs = escapes ? /[^\x00-\x1a\x1c-\x7f]/ : HIGH
  return {
    encoding,
    unit: 1,
    text: (bytes) => (lift === null || plain(bytes) ? bytes.toString('latin1') : lift(bytes)),
    special: (bytes) => !plain(bytes),
    // Writing as latin1 keeps the low byte of each character, which takes the 0x100 off again.
    decode: (slice) => (needs.test(slice) ? decoder.decode(Buffer.from(slice, 'latin1')) : slice),
    invalidAt(bytes) {
      try {
        strict.decode(bytes)
        return -1
      } catch {
        return firstInvalid(encoding, bytes)
      }
    },
  }
}

function liftTrails(bytes: Buffer, shiftJis: boolean): string {
  const units = new Uint16Array(bytes.length)
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0
    units[i] = byte
    const lead = shiftJis
      ? (byte >= 0x81 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xfc)
      : byte >= 0x81 && byte <= 0xfe
    if (!lead || i + 1 === bytes.length) continue
    const trail = bytes[i + 1] ?? 0
    if (trail < 0x30) continue
    i++
    units[i] = trail < 0x80 ? trail | 0x100 : trail
  }
  return Buffer.from(units.buffer).toString('utf16le')
}

/** Between `ESC $ @`, `ESC $ B` or `ESC ( I` and the next other escape, bytes are not ASCII. A line end ends it too. */
function liftEscaped(bytes: Buffer): string {
  const units = new Uint16Array(bytes.length)
  let lifted = false
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0
    if (byte === 27) {
      const kind = String.fromCharCode(bytes[i + 1] ?? 0, bytes[i + 2] ?? 0)
      lifted = kind === '$@' || kind === '$B' || kind === '(I'
      for (const end = Math.min(i + 3, bytes.length); i < end; i++) units[i] = (bytes[i] ?? 0) | 0x100
      i--
    } else {
      if (byte === 10 || byte === 13) lifted = false
      units[i] = lifted && byte > 32 ? byte | 0x100 : byte
    }
  }
  return Buffer.from(units.buffer).toString('utf16le')
}

/** Feeds a strict decoder byte by byte until it objects. A sequence that only ends too early is reported at its first byte. */
function firstInvalid(encoding: string, bytes: Buffer): number {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true, fatal: true })
  let start = 0
  for (let i = 0; i < bytes.length; i++) {
    try {
      if (decoder.decode(bytes.subarray(i, i + 1), { stream: true }) !== '') start = i + 1
    } catch {
      return start
    }
  }
  return Math.min(start, bytes.length - 1)
}
