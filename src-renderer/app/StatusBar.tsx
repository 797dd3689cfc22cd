import { useConnection } from '../backend/BackendContext.ts'
import type { ConnectionState } from '../backend/pageWire.ts'
import { useCall } from '../backend/query.ts'
import { useZone } from '../ui/appearance.ts'
import { formatCount } from '../ui/formatNumber.ts'
import { zoneLabel } from '../ui/formatTime.ts'
import { Kbd } from '../ui/Kbd.tsx'
import { useSocWay } from '../views/soc/useSocConnection.ts'
import { JobTray } from './JobTray.tsx'

const words: Record<ConnectionState, string> = {
  connecting: 'Connecting',
  open: 'Ready',
  lost: 'Connection lost, trying again',
  refused: 'Huntbench was started anew: open the address it printed',
}
const dots: Record<ConnectionState, string> = {
  connecting: 'dot wait',
  open: 'dot',
  lost: 'dot lost',
  refused: 'dot lost',
}

const lastPart = (folder: string) => folder.split(/[\\/]/).filter(Boolean).at(-1) ?? folder

/** What the machine does: workspace, connection, jobs, zone. */
export function StatusBar({ onKeys }: { onKeys: () => void }) {
  const connection = useConnection()
  const zone = useZone()
  const server = useSocWay()
  const { data: workspace } = useCall('workspace.info', {})
  return (
    <footer className="statusbar" data-region="Status">
      {workspace && (
        <span className="item" title={workspace.folder}>
          <span>Workspace</span>
          <span className="clip workspace-name">{lastPart(workspace.folder)}</span>
        </span>
      )}
      <span className="item" role="status">
        <span className={dots[connection]} />
        {words[connection]}
      </span>
      {server && (
        <span
          className="item"
          title={server.failure ?? `ClickHouse ${server.version ?? ''}, a question and its answer`}
        >
          <span className={server.failure === null ? (server.ms === null ? 'dot wait' : 'dot') : 'dot lost'} />
          <span className="clip">{server.name}</span>
          {server.failure === null ? server.ms !== null && <span>· {formatCount(server.ms)} ms</span> : '· no answer'}
        </span>
      )}
      <span className="spring" />
      <JobTray />
      <span className="item">{zone === 'utc' ? 'Times in UTC' : `Times in local zone, now ${zoneLabel(zone)}`}</span>
      <button type="button" className="item" onClick={onKeys}>
        <Kbd>?</Kbd> keys
      </button>
    </footer>
  )
}
