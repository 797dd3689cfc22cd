import { useEffect } from 'react'
import { FailureState } from '../../backend/FailureState.tsx'
import { useCall } from '../../backend/query.ts'
import { useExpectCommands } from '../../state/commands.ts'
import { link } from '../../state/places.ts'
import { linkTo, navigate } from '../../state/route.ts'
import { Action } from '../../ui/Action.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { formatCount } from '../../ui/formatNumber.ts'
import { HostPicker } from './HostPicker.tsx'
import { MapBar } from './MapBar.tsx'
import { NoProcesses } from './NoProcesses.tsx'
import { ProcessesTab } from './ProcessesTab.tsx'
import { chooseHost, useProcessParams } from './processParams.ts'

/** The processes of each host. */
export function ProcessesPlace({ hunt }: { hunt: string }) {
  const params = useProcessParams()
  const { ds, row } = params
  const { data: known, error, refetch } = useCall('processes.hosts', { huntId: hunt, limit: 500 })
  const sought = ds !== null && row !== null ? { huntId: hunt, datasetId: ds, row } : null
  const { data: found, error: lost, isPlaceholderData } = useCall('processes.find', sought)
  const process = sought && !isPlaceholderData ? found?.process : undefined
  useEffect(() => {
    if (process)
      navigate(linkTo(['h', hunt, 'map', 'processes'], { host: process.host, pid: process.id }), { replace: true })
  }, [hunt, process])
  const coming = !known || (sought !== null && process === undefined && !lost) || Boolean(process)
  useExpectCommands(coming && !error)

  const host =
    known?.hosts.find((one) => one.host === params.host) ?? (params.host === null ? known?.hosts[0] : undefined)
  const count = host && formatCount(host.processes)
  const failure = error ?? lost
  return (
    <>
      <MapBar hunt={hunt} current="processes" count={count}>
        {known && known.hosts.length > 0 && (
          <HostPicker
            hosts={known.hosts}
            total={known.total}
            current={params.host ?? host?.host}
            onChoose={chooseHost}
          />
        )}
      </MapBar>
      {failure && !known ? (
        <FailureState failure={failure} onRetry={() => void refetch()} />
      ) : coming ? (
        <Skeleton rows={20} height={24} />
      ) : sought !== null ? (
        <EmptyState
          title="No process is known for this row"
          action={
            <>
              <Action href={link.rows(hunt, { ds: sought.datasetId, row: sought.row })}>Back to the row</Action>
              <Action href={link.processes(hunt)}>Show all processes</Action>
            </>
          }
        >
          {lost?.message ?? found?.reason}
        </EmptyState>
      ) : known.hosts.length === 0 ? (
        <NoProcesses hunt={hunt} datasets={known.datasets} />
      ) : (
        <ProcessesTab
          key={params.host ?? ''}
          hunt={hunt}
          host={params.host ?? known.hosts[0]?.host ?? ''}
          params={params}
          partial={known.rowsLeft}
        />
      )}
    </>
  )
}
