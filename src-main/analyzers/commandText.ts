/** Encoded commands are decoded up to here, in base64 characters. */
export const ENCODED_MAX = 64 * 1024
/** Stands in the plain form of a text from which at least EVASIONS_MIN marks of evasion were taken. */
export const EVASION = '\u0001evasion\u0001'
/** Marks (carets, backticks, joined strings, quotes inside words) from which a text counts as disguised. */
export const EVASIONS_MIN = 3

/**
 * The plain form of a command line, for phrase rules: lower case, padded with one space at both ends, with what shells
 * ignore taken away: carets and backticks between letters, quotes, joined strings ('ht'+'tp'), odd dashes, repeated
 * blanks, `.exe` behind program names; slashes in paths with a drive become backslashes; a few environment variables are
 * filled in.
 */
export function plainCommand(text: string): string {
  let plain = text.toLowerCase()
  const kinds = kindsIn(plain)
  const quoted = (kinds & QUOTE) !== 0
  const odd = (kinds & (EVASIVE | BEYOND)) !== 0
  const marks = (kinds & (EVASIVE | BEYOND | INSIDE)) !== 0 || (quoted && (kinds & PLUS) !== 0) ? countMarks(plain) : 0
  if (odd)
    plain = plain
      .replace(/[\u2010-\u2015\u2212]/g, '-')
      .replace(/[\u200b\u00ad`^]/g, '')
      .replace(/[\u2018\u2019\u201c\u201d]/g, '"')
  if ((quoted || odd) && (kinds & PLUS) !== 0) plain = plain.replace(/["'] {0,4}\+ {0,4}["']/g, '')
  if (quoted || odd) plain = plain.replace(/["']/g, '')
  if ((kinds & VARIABLE) !== 0)
    plain = plain
      .replace(/%(?:systemroot|windir)%|\$env:(?:systemroot|windir)/g, 'c:\\windows')
      .replace(/%comspec%|\$env:comspec/g, 'cmd')
  if ((kinds & (COLON | VARIABLE)) !== 0 && (kinds & SLASH) !== 0)
    plain = plain.replace(/(?<![a-z])[a-z]:[\\/]\S{0,300}/g, (path) => path.replaceAll('/', '\\'))
  // Two blanks may stand together only since quotes between them are gone.
  if ((kinds & (BLANK | BEYOND)) !== 0 || ((quoted || odd) && plain.includes('  '))) plain = plain.replace(/\s+/g, ' ')
  if (plain.includes('.exe')) plain = plain.replace(PROGRAM_END, '')
  return ` ${plain.trim()} ${marks >= EVASIONS_MIN ? `${EVASION} ` : ''}`
}

/** Kinds of characters that ask for a closer look: quotes, disguise, beyond ASCII ...; most command lines have few of them. */
const [QUOTE, EVASIVE, BEYOND, PLUS, VARIABLE, COLON, SLASH, BLANK, INSIDE] = [1, 2, 4, 8, 16, 32, 64, 128, 256]
const KINDS = new Uint8Array(256).fill(BEYOND, 128)
for (const [marks, kind] of [
  ['"\'', QUOTE],
  ['`^', EVASIVE],
  ['+', PLUS],
  ['%$', VARIABLE],
  [':', COLON],
  ['/', SLASH],
  ['\t\n\v\f\r', BLANK],
] as const)
  for (const mark of marks) KINDS[mark.charCodeAt(0)] = kind
const [SPACE, DOUBLE] = [32, 34]
const isLetter = (code: number): boolean => code >= 97 && code <= 122
/** Bytes are looked at several times faster than the characters of a string. */
const BYTES = Buffer.alloc(8 * 1024)
const ANY = QUOTE | EVASIVE | BEYOND | PLUS | VARIABLE | COLON | SLASH | BLANK | INSIDE

/** The kinds of the characters of a text; BLANK also for two spaces, INSIDE for a double quote between letters. */
function kindsIn(lower: string): number {
  if (3 * lower.length >= BYTES.length) return ANY
  const length = BYTES.write(lower)
  BYTES[length] = 0
  let kinds = 0
  let before = 0
  for (let at = 0; at < length; at += 1) {
    const byte = BYTES[at] ?? 0
    kinds |= KINDS[byte] ?? 0
    if (byte === SPACE && before === SPACE) kinds |= BLANK
    if (byte === DOUBLE && isLetter(before) && isLetter(BYTES[at + 1] ?? 0)) kinds |= INSIDE
    before = byte
  }
  return kinds
}

const PROGRAM_END = /(?<!\.(?:pdf|docx?|xlsx?|pptx?|jpe?g|png|gif|txt|rtf|zip|mp4|html?))\.exe(?![\w.-])/g

const MARK = /[a-z][\^`](?=[a-z-])|[a-z]"(?=[a-z])|["'] {0,4}\+ {0,4}(?=["'])/g

function countMarks(lower: string): number {
  let marks = 0
  MARK.lastIndex = 0
  while (marks < EVASIONS_MIN && MARK.test(lower)) marks += 1
  MARK.lastIndex = 0
  return marks
}

/** -e, -ec, -en ... -encodedcommand, also with a slash; PowerShell takes any unambiguous beginning. */
const ENCODED = /[-/](e[a-z]{0,13})[: ]{1,10}([a-z0-9+/]{16}[a-z0-9+/=]*)/gi
/** Without one of these there is nothing to decode; disguise may stand between the characters. */
const ENCODING = /[-/\u2010-\u2015\u2212]["'^`]{0,3}e|base64/i
/** Nor without the option, of which `n`, `c` or its end follow, or the end of FromBase64String; most options and paths with an e go on otherwise. */
const ENCODED_OPTION = /[-/\u2010-\u2015\u2212]["'^`]*e["'^`]*[nc:\s]|6["'^`]*4["'^`]*s/i
const LONG_BASE64 = /[a-z0-9+/]{32}[a-z0-9+/=]*/gi

/**
 * What an encoded PowerShell command says: the argument of -EncodedCommand (UTF-16LE) or of FromBase64String, decoded up to
 * ENCODED_MAX characters; null when there is none or when it is no text.
 */
export function decodedCommand(text: string): string | null {
  if (text.length < 24 || !ENCODED_OPTION.test(text) || !ENCODING.test(text)) return null
  const plain = text
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\^`"']/g, '')
    .replace(/\s+/g, ' ')
  for (const match of plain.matchAll(ENCODED)) {
    const option = (match[1] ?? '').toLowerCase()
    if (option !== 'ec' && !'encodedcommand'.startsWith(option)) continue
    const decoded = decodeBase64(match[2] ?? '')
    if (decoded !== null) return decoded
  }
  if (!/frombase64string/i.test(plain)) return null
  for (const match of plain.matchAll(LONG_BASE64)) {
    const decoded = decodeBase64(match[0])
    if (decoded !== null) return decoded
  }
  return null
}

function decodeBase64(base64: string): string | null {
  const bytes = Buffer.from(base64.slice(0, ENCODED_MAX), 'base64')
  if (bytes.length < 8) return null
  let zeros = 0
  let printable = 0
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0
    if (at % 2 === 1 && byte === 0) zeros += 1
    if ((byte >= 32 && byte < 127) || byte === 9 || byte === 10 || byte === 13) printable += 1
  }
  if (zeros >= 0.35 * bytes.length && printable >= 0.4 * bytes.length) return bytes.toString('utf16le')
  return printable >= 0.95 * bytes.length ? bytes.toString('utf8') : null
}

/** The last part of a path, lower case. */
export function programName(path: string): string {
  const lower = path.toLowerCase()
  return lower.slice(Math.max(lower.lastIndexOf('\\'), lower.lastIndexOf('/')) + 1)
}
