import type { Beginning } from './beginning.ts'
import { createUnpacker } from './packedColumns.ts'
import type { Source } from './readSource.ts'
import type { BadRecord, Place, RecordSink } from './recordReader.ts'

/** A gate counts the comment lines it let fall. */
export type RecordGate = RecordSink & { comments(): number }

export type RowSink = {
  row(cells: readonly string[], place: Readonly<Place>): void
  bad(record: BadRecord): void
}

/** Tells rows from the rest and gives them their derived cells: the header is passed over, titles above it and records of a wrong width are bad. `raw` is asked for those only. */
export function recordGate(beginning: Beginning, raw: () => string, sink: RowSink): RecordGate {
  const { title, headerRecords, commented } = beginning
  const { sources: most, packed, least } = beginning.plan
  const unpack = createUnpacker(packed, most)
  const before = title + headerRecords
  let seen = 0
  let comments = 0
  return {
    record(cells, place) {
      if (seen < before) {
        if (seen++ < title)
          sink.bad({
            ...place,
            reason: `stands before the header, which is at line ${beginning.headerLine ?? 1}`,
            raw: raw(),
          })
        return
      }
      const width = cells.length
      if (width >= least && width <= most) sink.row(unpack(cells), place)
      else if (commented && isComment(cells)) comments++
      else sink.bad({ ...place, reason: `${width} of ${most} fields`, raw: raw() })
    },
    bad: (record) => sink.bad(record),
    comments: () => comments,
  }
}

const isComment = (cells: readonly string[]): boolean => cells[0]?.startsWith('#') ?? false

/** What to tell people about a file that was read to its end. */
export function allWarnings(
  beginning: Beginning,
  gate: Pick<RecordGate, 'comments'>,
  source: Pick<Source, 'warning'>,
): string[] {
  const comments = gate.comments()
  return [
    ...beginning.warnings,
    ...(comments > 0 ? [`${comments} comment line${comments === 1 ? '' : 's'} among the records left out`] : []),
    ...[source.warning()].filter((warning) => warning !== null),
  ]
}
