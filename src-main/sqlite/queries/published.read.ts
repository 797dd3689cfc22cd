import type { IocType } from '#contract/values'
import type { ImportResult } from '../../importer/importRequest.ts'
import type { DatasetHandle } from '../datasetFiles.ts'
import type { NewChange } from './readings.write.ts'

/**
 * What a dataset file says about itself: what its import found and, where it was written anew since, the change that it was
 * written for. For finishing what a crash interrupted.
 */
export function published(handle: DatasetHandle): { result: ImportResult; change: NewChange | null } {
  const meta = new Map(
    handle.db
      .prepare<[], { key: string; value: string }>('SELECT key, value FROM meta')
      .all()
      .map((row) => [row.key, row.value]),
  )
  const read = <T>(key: string, otherwise: T): T => {
    const text = meta.get(key)
    return text === undefined ? otherwise : JSON.parse(text)
  }
  const iocsByType = handle.db
    .prepare<[], { type: IocType; count: number }>(
      'SELECT type, count(*) AS count FROM iocs GROUP BY type ORDER BY 2 DESC, 1',
    )
    .all()
  const counted = handle.db.prepare<[], { n: number }>('SELECT count(*) AS n FROM hosts').get()
  const { size, sha256, encoding, delimiter, quote, header, headerLine, warnings, profile } = handle.meta
  const result = {
    ...{ size, sha256, encoding, delimiter, quote, header, headerLine, warnings, profile },
    profileName: read<string | null>('profileName', null),
    columns: [...handle.columns],
    timeColumn: handle.timeColumn,
    timeZone: read('timeZone', 'UTC'),
    rows: handle.rows,
    quarantined: read('quarantined', 0),
    firstTime: read<number | null>('firstTime', null),
    lastTime: read<number | null>('lastTime', null),
    rowsWithoutTime: read('rowsWithoutTime', 0),
    iocs: iocsByType.reduce((sum, { count }) => sum + count, 0),
    iocsByType,
    hosts: counted?.n ?? 0,
  }
  return { result, change: read<NewChange | null>('change', null) }
}
