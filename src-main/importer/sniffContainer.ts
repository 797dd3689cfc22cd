/** What the first bytes of a file say about files that are no text, for people. */
type Signature = { bytes: readonly number[]; what: string; advice: string }

/** Where the first bytes could be words as well (ORCID, BZh, PAR1), control characters must stand among so many bytes. */
const CONTROLS_WITHIN = 1_024

const bytesOf = (text: string): number[] => Array.from(text, (character) => character.charCodeAt(0))
const signature = (start: string, what: string, advice = 'Export it as CSV and import that.'): Signature => ({
  bytes: bytesOf(start),
  what,
  advice,
})
const UNPACK = 'Unpack it and import the files inside.'

const signatures: readonly Signature[] = [
  signature(
    'PK\x03\x04',
    'a ZIP header (a .zip archive, or an Excel, Word or Java file)',
    'Unpack the archive, or save the sheet as CSV, and import that.',
  ),
  signature('PK\x05\x06', 'the header of an empty ZIP archive', UNPACK),
  signature('\x28\xb5\x2f\xfd', 'a Zstandard header', UNPACK),
  signature('\xfd7zXZ\x00', 'an XZ header', UNPACK),
  signature('BZh', 'a bzip2 header', UNPACK),
  signature('7z\xbc\xaf\x27\x1c', 'a 7-Zip header', UNPACK),
  signature('Rar!\x1a\x07', 'a RAR header', UNPACK),
  signature('\x04\x22\x4d\x18', 'an LZ4 header', UNPACK),
  signature('SQLite format 3\x00', 'the header of an SQLite database'),
  signature(
    'ElfFile\x00',
    'the header of a Windows event log (.evtx)',
    'Convert it with EvtxECmd, Hayabusa or Chainsaw and import the CSV.',
  ),
  signature('regf', 'the header of a Windows registry hive', 'Convert it with RECmd and import the CSV.'),
  signature('MAM\x04', 'the header of a compressed prefetch file', 'Convert it with PECmd and import the CSV.'),
  signature('FILE0', 'an MFT record', 'Convert it with MFTECmd and import the CSV.'),
  signature(
    'L\x00\x00\x00\x01\x14\x02\x00',
    'the header of a Windows shortcut (.lnk)',
    'Convert it with LECmd and import the CSV.',
  ),
  signature('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'an OLE header (an old Excel or Word file, or a jump list)'),
  signature('\xd4\xc3\xb2\xa1', 'a packet capture header', 'Convert it with Zeek and import its logs.'),
  signature('\xa1\xb2\xc3\xd4', 'a packet capture header', 'Convert it with Zeek and import its logs.'),
  signature('\x0a\x0d\x0d\x0a', 'a packet capture header (pcapng)', 'Convert it with Zeek and import its logs.'),
  signature('PAR1', 'a Parquet header'),
  signature('Obj\x01', 'an Avro header'),
  signature('ORC', 'an ORC header'),
  signature('%PDF', 'a PDF header'),
  signature('\x89PNG', 'a PNG header', 'A picture holds no rows.'),
  signature('\xff\xd8\xff', 'a JPEG header', 'A picture holds no rows.'),
  signature('\x7fELF', 'the header of a Linux program', 'A program holds no rows.'),
  signature('MZ\x90', 'the header of a Windows program', 'A program holds no rows.'),
]

/** A sentence that names what a file is and what to do, when its first bytes are those of a known kind that is no text; else null. */
export function containerReason(head: Buffer): string | null {
  for (const { bytes, what, advice } of signatures) {
    if (head.length >= bytes.length && bytes.every((byte, index) => head[index] === byte)) {
      if (bytes.every(isWord) && !head.subarray(0, CONTROLS_WITHIN).some(isControl)) return null
      return `Bytes 0-${bytes.length - 1} are ${what}. ${advice}`
    }
  }
  return null
}

const isWord = (byte: number): boolean =>
  (byte >= 48 && byte <= 57) || ((byte | 32) >= 97 && (byte | 32) <= 122) || byte === 32

const isControl = (byte: number): boolean => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13

/** What a text is whose lines are marks of another language and no records; null when it may be a table. */
export function markupReason(beginning: string): string | null {
  const start = beginning.slice(0, 200).trimStart().toLowerCase()
  if (/^<(?:!doctype html|html)[\s>]/.test(start))
    return 'The file is a web page (HTML), perhaps of a sign-in or an error. Export the data again as CSV and import that.'
  if (/^<\?xml\s/.test(start))
    return 'The file is XML. Convert it to CSV or JSON lines (Windows events: EvtxECmd, Hayabusa or Chainsaw) and import that.'
  return null
}

export const isGzip = (head: Buffer): boolean => head.length >= 2 && head[0] === 0x1f && head[1] === 0x8b

/** Whether a text is one JSON object as a whole. */
export function isWholeObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}

/** JSON that holds no records: an array of plain values, or a line of one. */
export function jsonReason(beginning: string): string | null {
  const text = beginning.trimStart()
  if (!text.startsWith('[')) return null
  const line = text.slice(0, text.search(/[\r\n]|$/)).trim()
  try {
    JSON.parse(line.replace(/,$/, ''))
    return 'The file is JSON, but it holds no objects that could be rows. Export it as CSV and import that.'
  } catch {
    return null
  }
}
