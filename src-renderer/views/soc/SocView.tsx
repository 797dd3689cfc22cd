import { useMemo, useState } from 'react'
import { Refresh } from '@blueprintjs/icons'
import { useQueryClient } from '@tanstack/react-query'
import { socScreens, type SocScreen } from '#contract/values'
import { FailureState } from '../../backend/FailureState.tsx'
import { useCall } from '../../backend/query.ts'
import { useCommands, useExpectCommands } from '../../state/commands.ts'
import { link, openedOf, tabOf } from '../../state/places.ts'
import { setParams, useRoute } from '../../state/route.ts'
import { moment } from '../../state/timeRange.ts'
import { Action } from '../../ui/Action.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { ViewBar } from '../../ui/ViewBar.tsx'
import { AnyScreen } from './AnyScreen.tsx'
import { ConsentStrip } from './ConsentStrip.tsx'
import { ConnectionSwitcher } from './ConnectionSwitcher.tsx'
import { useReports } from './useReports.ts'
import { connectionIn } from './useSocConnection.ts'
import { useTabCounts } from './useTabCounts.ts'
import { NoConnection } from './NoConnection.tsx'
import { screens, screenTitles } from './screens.ts'
import { SocProvider, type Soc, type SocRange } from './soc.ts'
import './soc.css'

const refreshes = [
  { seconds: 0, label: 'No auto-refresh' },
  { seconds: 30, label: 'Every 30 s' },
  { seconds: 60, label: 'Every minute' },
  { seconds: 300, label: 'Every 5 minutes' },
] as const

const rangeOf = (params: URLSearchParams): SocRange => {
  const last = Number(params.get('last'))
  if (Number.isInteger(last) && last >= 60) return { last: Math.min(last, 400 * 86_400) }
  const [from, to] = [moment(params.get('from')), moment(params.get('to'))]
  return { ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) }
}

/** The SOC console: panels over a ClickHouse server, by tab. */
export function SocView() {
  const { data, error, refetch } = useCall('connections.list', {})
  const { data: known } = useCall('soc.panels', {})
  useExpectCommands(data === undefined && !error)
  if (error && !data) return <FailureState failure={error} onRetry={() => void refetch()} />
  if (!data || !known) return <Skeleton rows={14} />
  return <Console connections={data.connections} panels={known.panels} />
}

function Console({ connections, panels }: { connections: readonly Soc['connection'][]; panels: Soc['panels'] }) {
  const route = useRoute()
  const client = useQueryClient()
  const screen = socScreens.find((id) => id === tabOf(route)) ?? 'overview'
  const connection = connectionIn(connections, route.params)
  const every = Number(route.params.get('every')) || 0
  const [tiles, report] = useReports<boolean>()
  const [waiting, wait] = useReports<number>()
  const range = JSON.stringify(rangeOf(route.params))
  // Consent is for what is on screen: another screen, time or server asks again.
  const scope = [connection?.id, screen, openedOf(route), range].join(' ')
  const [agreedTo, setAgreedTo] = useState<string | null>(null)
  const agreed = agreedTo === scope
  const soc = useMemo<Soc | null>(
    () =>
      connection
        ? {
            connection,
            range: JSON.parse(range),
            everyMs: every > 0 ? every * 1000 : null,
            panels,
            report,
            agreed,
            wait,
          }
        : null,
    [connection, range, every, panels, report, agreed, wait],
  )
  const counts = useTabCounts(soc)
  const refresh = (): void => void client.invalidateQueries({ queryKey: ['soc.panel'] })
  useCommands([
    {
      id: 'soc.refresh',
      title: 'Refresh all panels',
      group: 'SOC',
      keys: 'ctrl+enter',
      when: () => soc !== null,
      run: refresh,
    },
  ])
  const shown = (id: SocScreen): boolean =>
    !['address', 'ja4'].includes(id) && (id in screens || panels.some((panel) => panel.screen === id))
  const failed = [...tiles.values()].filter((answer) => !answer).length
  const Screen = screens[screen]
  return (
    <>
      <ViewBar
        label="SOC"
        current={screen}
        tabs={socScreens
          .filter(shown)
          .map((id) => ({ id, title: screenTitles[id], href: link.soc(id), count: counts[id] }))}
      >
        {soc && (
          <>
            <ConnectionSwitcher connections={connections} current={soc.connection} />
            <select
              className="text-field soc-every"
              aria-label="Auto-refresh"
              value={every}
              onChange={(event) => setParams({ every: Number(event.target.value) || null })}
            >
              {refreshes.map(({ seconds, label }) => (
                <option key={seconds} value={seconds}>
                  {label}
                </option>
              ))}
            </select>
            <Action
              className="soc-refresh"
              icon={<Refresh size={13} />}
              title="Refresh all panels (Ctrl Enter)"
              onClick={refresh}
            >
              Refresh
            </Action>
          </>
        )}
      </ViewBar>
      {!soc ? (
        <NoConnection />
      ) : (
        <SocProvider value={soc}>
          {failed > 0 && (
            <p className="soc-strip" role="status">
              {failed} of {tiles.size} tiles {failed === 1 ? 'has' : 'have'} no answer.
              {tiles.size > failed &&
                ` The other ${tiles.size - failed === 1 ? 'one is' : `${tiles.size - failed} are`} complete.`}
            </p>
          )}
          <ConsentStrip waiting={waiting} onAgree={() => setAgreedTo(scope)} />
          <div className="soc-body" key={`${soc.connection.id} ${screen} ${openedOf(route) ?? ''}`}>
            {Screen ? <Screen opened={openedOf(route)} /> : <AnyScreen screen={screen} opened={openedOf(route)} />}
          </div>
        </SocProvider>
      )}
    </>
  )
}
