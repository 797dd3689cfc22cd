import type { Beginning } from './beginning.ts'
import type { BadRecord, Place, RecordSink } from './recordReader.ts'

export type RowSink = {
  row(cells: string[], place: Readonly<Place>): void
  bad(record: BadRecord): void
}

/** Tells rows from the rest: the header is passed over, titles above it and records of a wrong width are bad. `raw` is asked for those only. */
export function recordGate(beginning: Beginning, raw: () => string, sink: RowSink): RecordSink {
  const { title, headerRecords } = beginning
  const { columns, least } = beginning.plan
  const most = columns.length
  const before = title + headerRecords
  let seen = 0
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
      if (width < least || width > most) sink.bad({ ...place, reason: `${width} of ${most} fields`, raw: raw() })
      else sink.row(cells, place)
    },
    bad: (record) => sink.bad(record),
  }
}
