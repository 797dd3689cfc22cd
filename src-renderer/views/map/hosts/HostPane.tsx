import { useState } from 'react'
import { Cross } from '@blueprintjs/icons'
import type { Host } from '#contract/hosts'
import { FailureLine } from '../../../backend/FailureLine.tsx'
import { useCall, useCommand } from '../../../backend/query.ts'
import { CellText } from '../../../grid/CellText.tsx'
import { link } from '../../../state/places.ts'
import { Action } from '../../../ui/Action.tsx'
import { EntityMark } from '../../../ui/EntityMark.tsx'
import { useUndo } from '../../../ui/Undo.tsx'
import { useZone } from '../../../ui/appearance.ts'
import { formatCount, formatNoun } from '../../../ui/formatNumber.ts'
import { formatSecond, formatSpan } from '../../../ui/formatTime.ts'

/** One machine: everything it is called, what is known of it, and what was decided by hand. */
export function HostPane({ hunt, host, onClose }: { hunt: string; host: Host; onClose: () => void }) {
  const zone = useZone()
  const undo = useUndo()
  const [out, setOut] = useState<readonly string[]>([])
  const split = useCommand('hosts.split')
  const takeBack = useCommand('hosts.undo')
  const redo = useCommand('hosts.redo')
  const { data } = useCall('hosts.changes', { huntId: hunt, limit: 200 })
  const called = [...host.names, ...host.addresses, ...host.macs]
  const own =
    data?.changes.filter(({ names }) =>
      names.some((name) => called.some((one) => one.toLowerCase() === name.toLowerCase())),
    ) ?? []
  const turn = (name: string) => setOut(out.includes(name) ? out.filter((one) => one !== name) : [...out, name])
  return (
    <aside className="side-pane process-detail" aria-label="Host" data-region="Host">
      <div className="process-head">
        <EntityMark type="host" />
        <h2 className="clip">
          <CellText text={host.name} />
        </h2>
        <span className="spring" />
        <Action quiet icon={<Cross size={14} />} label="Close the host" onClick={onClose} />
      </div>
      <div className="process-body">
        <FailureLine failure={split.error ?? takeBack.error ?? redo.error} />
        <h3 className="process-sub">What it is called</h3>
        <ul className="called">
          {called.map((name) => (
            <li key={name}>
              <label>
                <input
                  type="checkbox"
                  checked={out.includes(name)}
                  disabled={called.length < 2}
                  onChange={() => turn(name)}
                />
                <span className="mono clip">
                  <CellText text={name} />
                </span>
              </label>
            </li>
          ))}
        </ul>
        {out.length > 0 && out.length < called.length && (
          <Action
            busy={split.isPending}
            onClick={() =>
              split.mutate(
                { huntId: hunt, names: [...out] },
                {
                  onSuccess: ({ id }) => {
                    setOut([])
                    undo.offer(`${formatNoun(out.length, 'name')} split off`, () => takeBack.mutate({ id }))
                  },
                },
              )
            }
          >
            Split off {formatNoun(out.length, 'name')}
          </Action>
        )}
        <dl className="process-facts">
          {host.users.length > 0 && (
            <div>
              <dt>Users</dt>
              <dd className="mono">
                <CellText text={host.users.join(', ')} />
                {host.usersTotal > host.users.length && (
                  <span className="t3"> and {formatCount(host.usersTotal - host.users.length)} more</span>
                )}
              </dd>
            </div>
          )}
          {host.os.length > 0 && (
            <div>
              <dt>System</dt>
              <dd>
                <CellText text={host.os.join(', ')} />
              </dd>
            </div>
          )}
          <div>
            <dt>Rows</dt>
            <dd>{formatCount(host.rows)}</dd>
          </div>
          {host.first !== null && host.last !== null && (
            <div>
              <dt>Seen</dt>
              <dd className="mono">{formatSpan(host.first, host.last, zone)}</dd>
            </div>
          )}
          <div>
            <dt>Datasets</dt>
            <dd>
              {host.datasets.map(({ id, name }) => (
                <a key={id} className="process-row clip" href={`#${link.datasets(hunt, { ds: id })}`}>
                  {name}
                </a>
              ))}
            </dd>
          </div>
        </dl>
        {own.length > 0 && <h3 className="process-sub">Decided by hand</h3>}
        {own.map((change) => (
          <div key={change.id} className="host-change">
            <span>
              {change.kind === 'merge' ? 'Merged' : 'Split off'} <span className="mono">{change.names.join(', ')}</span>
              <span className="t3 sm block">
                {change.by && `${change.by}, `}
                {formatSecond(change.at, zone)}
              </span>
            </span>
            <Action
              quiet
              onClick={() =>
                takeBack.mutate(
                  { id: change.id },
                  { onSuccess: (taken) => undo.offer('Taken back', () => redo.mutate({ change: taken })) },
                )
              }
            >
              Take back
            </Action>
          </div>
        ))}
      </div>
      <div className="facts-foot">
        <a href={`#${link.network(hunt, { focus: `host:${host.id}` })}`}>On the map</a>
        <a href={`#${link.network(hunt, { around: `host:${host.id}`, focus: `host:${host.id}` })}`}>Neighbours</a>
        {host.names[0] !== undefined && <a href={`#${link.findIoc(host.names[0])}`}>Find elsewhere</a>}
        {host.addresses[0] !== undefined && <a href={`#${link.socAddress(host.addresses[0])}`}>SOC</a>}
      </div>
    </aside>
  )
}
