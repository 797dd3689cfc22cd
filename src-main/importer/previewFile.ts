import type { Dialect, Preview, Quarantined } from '#contract/datasets'
import { beginningToKeep } from './knownBeginning.ts'
import { readHead } from './readHead.ts'
import { openSource } from './readSource.ts'
import { allWarnings, recordGate } from './recordGate.ts'
import { openRecords } from './openRecords.ts'
import { createIocCollector } from './iocCollector.ts'

/** Rows and bad records that a preview shows. */
const ROWS_MAX = 200
const BAD_MAX = 200

/** `wholeSize`: the file holds only the beginning of one of so many bytes, BEGINNING_BYTES or more. */
export type PreviewRequest = {
  path: string
  member?: string | null | undefined
  name: string
  dialect: Dialect
  wholeSize?: number
}

/**
 * The first rows of a file and everything that an import with the same overrides would decide about it; both start from
 * readBeginning (beginning.ts). Fails as importFile does.
 */
export async function previewFile(file: PreviewRequest): Promise<Omit<Preview, 'remembered' | 'mapping' | 'members'>> {
  const source = await openSource(file.path, { hash: false, member: file.member })
  try {
    const head = await readHead(source, () => undefined)
    if (file.wholeSize !== undefined) head.complete = false
    const bytes = head.bytes()
    const beginning = beginningToKeep(bytes, head.complete, file.dialect)
    const { plan } = beginning
    const rows: string[][] = []
    const quarantined: Quarantined[] = []
    const filled = plan.columns.map(() => 0)
    const iocs = createIocCollector(plan, () => undefined)
    let count = 0
    let end = beginning.offset
    const gate = recordGate(beginning, () => reader.raw(), {
      row(cells, place) {
        count++
        end = place.offset + place.length
        plan.columns.forEach((_, position) => {
          if ((cells[position] ?? '') !== '') filled[position] = (filled[position] ?? 0) + 1
        })
        if (count <= ROWS_MAX) {
          iocs.row(cells, null)
          rows.push(plan.columns.map((_, position) => cells[position] ?? ''))
        }
      },
      bad(record) {
        if (quarantined.length < BAD_MAX) quarantined.push(record)
      },
    })
    const reader = openRecords(beginning, gate)
    reader.push(bytes.subarray(beginning.offset))
    const complete = head.complete
    if (complete) reader.end(source.warning() !== null)
    const found = new Map(iocs.end().map((column) => [column.position, column]))
    // Of a packed file only the share that was read says how much is to come.
    const size = file.wholeSize ?? source.size
    const readShare = source.packed ? source.bytesRead() / size : end / size
    return {
      file: file.name,
      size,
      encoding: reader.encoding(),
      delimiter: beginning.dialect.delimiter,
      quote: beginning.dialect.quote,
      header: beginning.header,
      headerLine: beginning.headerLine,
      profile: plan.profile?.id ?? null,
      profileName: plan.profile?.name ?? null,
      profileReason: plan.profile?.reason ?? null,
      timeColumn: plan.timePosition === null ? null : (plan.columns[plan.timePosition]?.name ?? null),
      timeZone: plan.timeZone,
      columns: plan.columns.map((column) => ({
        ...column,
        filled: filled[column.position] ?? 0,
        iocsInText: found.get(column.position)?.iocsInText ?? [],
      })),
      rows,
      quarantined,
      complete,
      estimatedRows: complete ? count : Math.round(count / Math.max(readShare, 1e-9)),
      warnings: allWarnings(beginning, gate, source),
    }
  } finally {
    await source.close()
  }
}
