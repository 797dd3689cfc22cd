import { createRecordReader, type BadRecord } from '../importer/recordReader.ts'
import type { QuarantineEntry } from '../sqlite/datasetCells.ts'

export type Repair = { id: number; text?: string | undefined }
export type RepairedRecord = { entry: QuarantineEntry; cells: string[] }

/**
 * Reads quarantined records again, as they stand or with corrected text. One that is now exactly one record of the right
 * width can become a row; the others stay where they are, with the reason.
 */
export function repairedRecords(
  entries: readonly QuarantineEntry[],
  repairs: readonly Repair[],
  dialect: { delimiter: string; quote: string },
  width: number,
): { fit: RepairedRecord[]; remaining: { id: number; reason: string }[] } {
  const fit: RepairedRecord[] = []
  const remaining: { id: number; reason: string }[] = []
  for (const { id, text } of repairs) {
    const entry = entries.find((one) => one.id === id)
    if (!entry) {
      remaining.push({ id, reason: 'is not in quarantine any more' })
      continue
    }
    const { records, bad } = read(text ?? entry.raw, dialect)
    const [cells] = records
    if (bad) remaining.push({ id, reason: bad.reason })
    else if (records.length !== 1 || cells === undefined)
      remaining.push({ id, reason: `${records.length} records instead of one` })
    else if (cells.length !== width) remaining.push({ id, reason: `${cells.length} of ${width} fields` })
    else fit.push({ entry, cells })
  }
  return { fit, remaining }
}

function read(
  text: string,
  dialect: { delimiter: string; quote: string },
): { records: string[][]; bad: BadRecord | null } {
  const records: string[][] = []
  let bad: BadRecord | null = null
  const reader = createRecordReader(
    {
      encoding: 'utf-8',
      undecided: false,
      dialect: { ...dialect, escape: 'quote', newline: '\n', comments: false },
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
