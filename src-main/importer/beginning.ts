import { AppError } from '#contract/appError'
import type { Dialect } from '#contract/datasets'
import { columnPlan, type ColumnPlan } from './columnPlan.ts'
import { mapFields } from './fields.ts'
import { jsonHeaders, readJsonBeginning, type JsonStart } from './jsonBeginning.ts'
import { jsonLayout, MORE, type JsonShape } from './jsonShape.ts'
import { readPreface, type Preface } from './preface.ts'
import { recogniseProfile } from './recogniseProfile.ts'
import { createRecordReader, type BadRecord, type RecordDialect } from './recordReader.ts'
import { containerReason, jsonReason, markupReason } from './sniffContainer.ts'
import { sniffDialect } from './sniffDialect.ts'
import { sniffEncoding } from './sniffEncoding.ts'
import { mode, sniffHeader } from './sniffHeader.ts'
import { planWithLater } from './tellingRecords.ts'
import { encodingName, windowTextOf } from './windowText.ts'

/** Everything is decided from at most so many bytes and records at the beginning of a file. */
export const BEGINNING_BYTES = 4 * 1024 * 1024
export const BEGINNING_RECORDS = 2_000
/** Read at a time until there are so many records, in bytes. */
const WINDOW = 256 * 1024

/** All that is known of a file before its rows are read; plain JSON. Import, preview and any other reader start from it. */
export type Beginning = {
  encoding: string
  /** Only ASCII so far: the first other byte decides the encoding. */
  undecided: boolean
  dialect: RecordDialect
  /** Byte and line (from 1) of the first record, header included. */
  offset: number
  line: number
  /** Whether the file names its columns, and where. */
  header: boolean
  headerLine: number | null
  /** Records before the first row: a title, then the header. Titles go to quarantine, the header goes nowhere. */
  title: number
  headerRecords: 0 | 1
  /** Comment lines stood at the beginning: records of a wrong width that begin with # are comments too. */
  commented: boolean
  /** Where the file is JSON instead of a table; `dialect` means nothing then. */
  json: JsonShape | null
  plan: ColumnPlan
  warnings: string[]
}

/**
 * Decides how a file is read. `bytes` is its beginning (after decompression), `complete` says that it is all of it.
 * Fails with not-a-table (empty, binary, JSON; the message says what it is) or invalid-input (a wrong override).
 */
export function readBeginning(bytes: Buffer, complete: boolean, wanted: Dialect): Beginning & { records: string[][] } {
  const { delimiter: between } = wanted
  if (between !== undefined && /[\r\n"]/.test(between))
    throw new AppError('invalid-input', 'A line end or a quote mark cannot delimit cells.', {
      path: 'dialect.delimiter',
    })
  if (bytes.length === 0) throw new AppError('not-a-table', 'The file is empty.')
  const { encoding, bom, undecided } = encodingOf(bytes, wanted)
  const body = bytes.subarray(bom)
  const enc = windowTextOf(encoding)
  const text = enc.text(body.subarray(0, 262_144))
  const layout = jsonLayout(text.length < body.length / enc.unit ? enc.text(body) : text, complete)
  if (layout !== null)
    return jsonBeginning(bytes, complete, { encoding, undecided, ...layout, offset: bom, line: 1 }, wanted)
  const other = jsonReason(text) ?? markupReason(text)
  if (other !== null) throw new AppError('not-a-table', other)
  if (body.length === 0 || (complete && text.trim() === ''))
    throw new AppError('not-a-table', 'The file holds no text.')

  const preface = readPreface(text)
  const offset = bom + preface.skip * enc.unit
  const line = 1 + preface.lines
  const rest = bytes.subarray(offset)
  const dialect = sniffDialect({
    bytes: rest,
    complete,
    encoding,
    delimiter: wanted.delimiter ?? preface.delimiter,
    quote: wanted.quote ?? preface.quote,
    comments: preface.comments,
    width: preface.headers?.length ?? null,
  })
  const start = { encoding, undecided, dialect, offset, line }
  const { records, lines } = readRecords(rest, complete, start)
  if (records.length === 0 && preface.headers === null)
    throw new AppError('not-a-table', 'No record can be read from the file.')

  const found = headerOf(preface, records, wanted, enc.decode)
  const data = records.slice(found.title + found.headerRecords)
  const width = widthOf(found.headers, data)
  const headers = Array.from({ length: width.width }, (_, position) => found.headers?.[position] ?? '')
  // Records of a wrong width will be no rows: they say nothing about the columns.
  const fits = (record: readonly string[]): boolean => record.length >= width.least && record.length <= width.width
  const plan = planWithLater(
    {
      headers,
      headed: found.headers !== null,
      least: width.least,
      records: data.filter(fits),
      unset: preface.unset,
      types: preface.types,
      dialect: wanted,
    },
    () => laterRecords(rest, complete, start, fits),
  )
  return {
    encoding,
    undecided,
    dialect,
    offset,
    line,
    header: found.headers !== null,
    headerLine: found.headerRecords === 1 ? (lines[found.title] ?? null) : preface.headerLine,
    title: found.title,
    headerRecords: found.headerRecords,
    commented: preface.commented,
    json: null,
    plan,
    warnings: [
      ...(preface.warning ? [preface.warning] : []),
      ...(width.warning ? [width.warning] : []),
      ...plan.warnings,
    ],
    records: data,
  }
}

/** The same for a file of JSON: its keys are the headers. */
function jsonBeginning(
  bytes: Buffer,
  complete: boolean,
  start: JsonStart,
  wanted: Dialect,
): Beginning & { records: string[][] } {
  const { json, records } = readJsonBeginning(bytes.subarray(start.offset), complete, start, BEGINNING_RECORDS)
  if (records.length === 0)
    throw new AppError('not-a-table', 'The file begins like JSON, but no object can be read from it.')
  const headers = jsonHeaders(json)
  const plan = columnPlan({
    headers,
    headed: true,
    least: headers.length,
    records,
    unset: [],
    types: [],
    dialect: wanted,
  })
  const beside = `The rows are the objects in "${json.under ?? ''}"; what stands beside them in the file was left out`
  const later = `Keys that come only after the first ${records.length} objects are in the column ${MORE}`
  return {
    encoding: start.encoding,
    undecided: start.undecided,
    dialect: { delimiter: '', quote: '', escape: 'quote', newline: '\n', comments: false },
    offset: start.offset,
    line: start.line,
    header: true,
    headerLine: null,
    title: 0,
    headerRecords: 0,
    commented: false,
    json,
    plan,
    warnings: [...(json.under === null ? [] : [beside]), ...(json.more ? [later] : []), ...plan.warnings],
    records,
  }
}

function encodingOf(bytes: Buffer, wanted: Dialect): { encoding: string; bom: number; undecided: boolean } {
  const container = containerReason(bytes)
  if (container !== null) throw new AppError('not-a-table', container)
  const sniffed = sniffEncoding(bytes)
  if (wanted.encoding !== undefined) {
    const encoding = encodingName(wanted.encoding)
    return { encoding, bom: sniffed?.encoding === encoding ? sniffed.bom : 0, undecided: false }
  }
  if (!sniffed) {
    const start = bytes
      .subarray(0, 8)
      .toString('hex')
      .replace(/..(?=.)/g, '$& ')
    throw new AppError(
      'not-a-table',
      `The file is binary, not text. It begins with the bytes ${start}. Convert it to CSV and import that.`,
    )
  }
  return { encoding: sniffed.encoding, bom: sniffed.bom, undecided: sniffed.ascii }
}

function readRecords(
  bytes: Buffer,
  complete: boolean,
  start: Parameters<typeof createRecordReader>[0],
): { records: string[][]; lines: number[] } {
  const records: string[][] = []
  const lines: number[] = []
  const reader = createRecordReader(start, {
    record(cells, place) {
      records.push(cells)
      lines.push(place.line)
      if (records.length >= BEGINNING_RECORDS) reader.stop()
    },
    bad: (record: BadRecord) => void record,
  })
  for (let at = 0; at < bytes.length && records.length < BEGINNING_RECORDS; at += WINDOW)
    reader.push(bytes.subarray(at, at + WINDOW))
  if (complete || records.length === 0) reader.end()
  return { records, lines }
}

/** The records of the beginning behind those by which everything else is decided. */
function* laterRecords(
  bytes: Buffer,
  complete: boolean,
  start: Parameters<typeof createRecordReader>[0],
  fits: (record: readonly string[]) => boolean,
): Generator<string[], undefined> {
  let seen = 0
  let batch: string[][] = []
  const reader = createRecordReader(start, {
    record(cells) {
      if (seen++ >= BEGINNING_RECORDS && fits(cells)) batch.push(cells)
    },
    bad: (record: BadRecord) => void record,
  })
  for (let at = 0; at < bytes.length; at += WINDOW) {
    reader.push(bytes.subarray(at, at + WINDOW))
    yield* batch
    batch = []
  }
  if (complete) reader.end()
  yield* batch
}

type FoundHeader = { headers: string[] | null; title: number; headerRecords: 0 | 1 }

function headerOf(
  preface: Preface,
  records: readonly string[][],
  wanted: Dialect,
  decode: (text: string) => string,
): FoundHeader {
  if (preface.headers) return { headers: preface.headers.map(decode), title: 0, headerRecords: 0 }
  if (wanted.header === false) return { headers: null, title: 0, headerRecords: 0 }
  const sniffed = sniffHeader(records, namesColumns)
  if (!sniffed.header && wanted.header !== true) return { headers: null, title: 0, headerRecords: 0 }
  return { headers: records[sniffed.index] ?? [], title: sniffed.index, headerRecords: 1 }
}

/** A record is a header for sure when a profile knows it, or when most of its cells are names of fields. */
function namesColumns(cells: readonly string[]): boolean {
  if (recogniseProfile(cells) !== null) return true
  const mapped = mapFields(cells, null).filter((fields) => fields.length > 0).length
  return mapped >= 2 && mapped * 2 >= cells.length
}

/** Share of the records that must have one width for the header to be stretched, or its surplus forgiven. */
const NEARLY_ALL = 0.9
/** With fewer records than this a wrong width is a fault of the record, not of the header. */
const ENOUGH_RECORDS = 20

type Width = { width: number; least: number; warning: string | null }

/** How many columns there are where header and records disagree; nearly all records are never wrong. */
function widthOf(headers: readonly string[] | null, data: readonly string[][]): Width {
  const widths = data.map((record) => record.length)
  const common = widths.length === 0 ? 0 : mode(widths)
  const width = headers?.length ?? Math.max(1, common)
  const share = (wanted: number): number =>
    widths.filter((other) => other === wanted).length / Math.max(1, widths.length)
  if (headers !== null && widths.length > 0 && common !== width && share(common) >= NEARLY_ALL)
    return followRecords(headers, common)
  if (widths.length >= ENOUGH_RECORDS && share(width) < (headers === null ? NEARLY_ALL : 0.5)) {
    const most = Math.max(width, ...widths)
    const least = Math.min(width, ...widths)
    return { width: most, least, warning: `Records have ${least} to ${most} fields; missing ones are taken as empty` }
  }
  return { width, least: width, warning: null }
}

function followRecords(headers: readonly string[], common: number): Width {
  const width = headers.length
  if (common > width) {
    const names = common === width + 1 ? `column_${common}` : `column_${width + 1} to column_${common}`
    return {
      width: common,
      least: common,
      warning: `The header has ${width} names, the records have ${common} fields; the others are called ${names}`,
    }
  }
  if (headers.slice(common).every((header) => header.trim() === ''))
    return { width: common, least: common, warning: null }
  return {
    width,
    least: common,
    warning: `Records have ${common} of ${width} fields; the last ones are taken as empty`,
  }
}
