import type { Output } from '#contract/contract'
import { useZone } from '../../ui/appearance.ts'
import { zoneLabel } from '../../ui/formatTime.ts'
import { HuntLine } from './HuntLine.tsx'

type HuntsTableProps = { hunts: Output<'hunts.list'>['hunts']; jobs: Output<'jobs.list'>['jobs'] }

/** Hunts, last changed first. */
export function HuntsTable({ hunts, jobs }: HuntsTableProps) {
  const zone = useZone()
  return (
    <table className="table hunts-table">
      <colgroup>
        <col style={{ width: 116 }} />
        <col />
        <col className="mid-only" style={{ width: 84 }} />
        <col style={{ width: 112 }} />
        <col className="mid-only" style={{ width: 104 }} />
        <col style={{ width: 96 }} />
        <col className="mid-only" style={{ width: 212 }} />
        <col className="wide-only" style={{ width: 164 }} />
        <col style={{ width: 52 }} />
      </colgroup>
      <thead>
        <tr>
          <th>Status</th>
          <th>Hunt</th>
          <th className="num mid-only">Datasets</th>
          <th className="num">Rows</th>
          <th className="num mid-only">Quarantined</th>
          <th className="num">Open alerts</th>
          <th className="mid-only">Time covered, {zoneLabel(zone)}</th>
          <th className="wide-only">Changed, {zoneLabel(zone)}</th>
          <th>
            <span className="visually-hidden">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {hunts.map((hunt) => (
          <HuntLine
            key={hunt.id}
            hunt={hunt}
            jobs={jobs.filter(({ huntId, state }) => huntId === hunt.id && (state === 'running' || state === 'queued'))}
          />
        ))}
      </tbody>
    </table>
  )
}
