import { useCall } from '../../backend/query.ts'
import { setParams } from '../../state/route.ts'
import { Segmented } from '../../ui/Segmented.tsx'

const HERE = 'here'

/** Who tells the timeline: the datasets on this computer, or the copies on a server. Only where something was sent. */
export function TimelineSwitch({ hunt, connection }: { hunt: string; connection: string | null }) {
  const { data } = useCall('copies.list', { huntId: hunt, limit: 500 })
  const servers = new Map(
    (data?.copies ?? []).flatMap((copy) =>
      copy.state === 'complete' ? [[copy.connection, copy.connectionName] as const] : [],
    ),
  )
  if (servers.size === 0 && connection === null) return null
  return (
    <Segmented
      label="Who answers"
      value={connection ?? HERE}
      onChange={(value) => setParams({ conn: value === HERE ? null : value, at: null }, { replace: false })}
      options={[
        { value: HERE, label: 'Here' },
        ...[...servers].map(([value, label]) => ({ value, label })),
        ...(connection !== null && !servers.has(connection) ? [{ value: connection, label: 'Server' }] : []),
      ]}
    />
  )
}
