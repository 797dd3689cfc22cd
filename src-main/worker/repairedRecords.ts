import { readObject } from '../importer/jsonBeginning.ts'
import { createRecordReader, RAW_MAX, type BadRecord, type RecordDialect } from '../importer/recordReader.ts'
import type { QuarantineEntry } from '../sqlite/datasetCells.ts'

export type Repair = { id: number; text?: string | undefined }
export type RepairedRecord = { entry: QuarantineEntry; cells: string[] }
export type RepairDialect = Pick<RecordDialect, 'delimiter' | 'quote' | 'escape'>
/** Cells a record must have; missing ones are empty. */
type Width = { least: number; most: number }

/**
 * Reads quarantined records again, as they stand or with corrected text. One that is now exactly one record of the right
 * width can become a row; the others stay where they are, with the reason. `fit` comes in the order of the source.
 */
export function repairedRecords(
  entryOf: (id: number) => QuarantineEntry | undefined,
  repairs: readonly Repair[],
  dialect: RepairDialect,
  width: Width,
  /** Headers of a dataset that came from JSON: its records are objects. */
  keys: readonly string[] | null = null,
): { fit: RepairedRecord[]; remaining: { id: number; reason: string }[] } {
  const fit: RepairedRecord[] = []
  const remaining: { id: number; reason: string }[] = []
  // A record becomes one row, however often it is named.
  const texts = new Map(repairs.map(({ id, text }) => [id, text]))
  for (const [id, text] of texts) {
    const entry = entryOf(id)
    if (!entry) {
      remaining.push({ id, reason: 'is not in quarantine any more' })
      continue
    }
    const cells = readOne(text ?? asItStands(entry), dialect, width, keys)
    if (Array.isArray(cells)) fit.push({ entry, cells })
    else remaining.push({ id, reason: cells.reason })
  }
  fit.sort((a, b) => a.entry.id - b.entry.id)
  return { fit, remaining }
}

/** The text of a record; what the quarantine does not hold unchanged would be invented. */
function asItStands({ raw }: QuarantineEntry): string | { reason: string } {
  if (raw.length >= RAW_MAX) return { reason: 'is longer than what the quarantine keeps of it' }
  if (raw.includes('\uFFFD')) return { reason: 'holds bytes that are no characters; its text must be corrected' }
  return raw
}

function readOne(
  text: string | { reason: string },
  dialect: RepairDialect,
  { least, most }: Width,
  keys: readonly string[] | null,
): string[] | { reason: string } {
  if (typeof text !== 'string') return text
  if (keys !== null) {
    const cells = readObject(text, keys)
    return typeof cells === 'string' ? { reason: cells } : cells
  }
  const { records, bad } = read(text, dialect)
  const [cells] = records
  if (bad) return { reason: bad.reason }
  if (records.length !== 1 || cells === undefined) return { reason: `${records.length} records instead of one` }
  return cells.length < least || cells.length > most ? { reason: `${cells.length} of ${most} fields` } : cells
}

function read(text: string, dialect: RepairDialect): { records: string[][]; bad: BadRecord | null } {
  const records: string[][] = []
  let bad: BadRecord | null = null
  const reader = createRecordReader(
    {
      encoding: 'utf-8',
      undecided: false,
      dialect: { ...dialect, newline: '\n', comments: false },
      offset: 0,
      line: 1,
    },
    {
      record: (cells) => void records.push([...cells]),
      bad: (record) => {
        bad ??= record
      },
    },
  )
  reader.push(Buffer.from(text, 'utf8'))
  reader.end()
  return { records, bad }
}
