import { CopyList } from '../../../backend/CopyList.tsx'
import { useCall } from '../../../backend/query.ts'
import { formatNoun } from '../../../ui/formatNumber.ts'

/** Copies shown; there are rarely more, and the list says of how many. */
const SHOWN = 100

/** Tables that were sent to a server, those of deleted hunts as well: they stay there until somebody drops them. */
export function SentTables({ connection }: { connection: string }) {
  const { data } = useCall('copies.list', { connection, limit: SHOWN })
  if (!data || data.total === 0) return null
  return (
    <section aria-label="Tables sent here">
      <h3>{formatNoun(data.total, 'table')} sent here</h3>
      {data.total > SHOWN && <p className="t2 sm">The newest {SHOWN} are shown.</p>}
      <CopyList
        copies={data.copies}
        label="Tables sent here"
        titleOf={({ datasetName }) => datasetName}
        canAsk={false}
      />
    </section>
  )
}
