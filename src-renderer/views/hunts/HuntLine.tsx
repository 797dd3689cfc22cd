import { useState } from 'react'
import type { Output } from '#contract/contract'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { useCommand } from '../../backend/query.ts'
import { link } from '../../state/places.ts'
import { useZone } from '../../ui/appearance.ts'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { formatRange } from '../../ui/formatTime.ts'
import { Progress } from '../../ui/Progress.tsx'
import { StatusMark } from '../../ui/StatusMark.tsx'
import { Time } from '../../ui/Time.tsx'
import { DeleteHunt } from './DeleteHunt.tsx'
import { HuntActions } from './HuntActions.tsx'

type HuntLineProps = { hunt: Output<'hunts.list'>['hunts'][number]; jobs: Output<'jobs.list'>['jobs'] }

/** One hunt of the list: opens on its name, is renamed in place, shows how far its imports are. */
export function HuntLine({ hunt, jobs }: HuntLineProps) {
  const zone = useZone()
  const [doing, setDoing] = useState<'rename' | 'delete' | null>(null)
  const update = useCommand('hunts.update')
  const share = jobs.some(({ total }) => !total)
    ? null
    : jobs.reduce((sum, { done, total }) => sum + done / (total ?? 1), 0) / jobs.length
  const rename = (name: string) => {
    setDoing(null)
    if (name.trim() && name.trim() !== hunt.name) update.mutate({ id: hunt.id, name: name.trim() })
  }
  return (
    <tr>
      <td>
        <StatusMark status={hunt.status} />
      </td>
      <td>
        {doing === 'rename' ? (
          <input
            className="text-field hunt-rename"
            aria-label={`New name of ${hunt.name}`}
            defaultValue={hunt.name}
            maxLength={200}
            autoFocus
            onFocus={(event) => event.target.select()}
            onBlur={(event) => rename(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') rename(event.currentTarget.value)
              if (event.key === 'Escape') setDoing(null)
            }}
          />
        ) : (
          <a className="cell-link" href={`#${link.overview(hunt.id)}`} title={hunt.name}>
            {hunt.name}
          </a>
        )}
        {jobs.length > 0 && (
          <span className="hunt-jobs t3 sm">
            <Progress share={share} label={`Jobs of ${hunt.name}`} width={96} />
            {formatNoun(jobs.length, 'job')} running
          </span>
        )}
        <FailureLine failure={update.error} />
      </td>
      <td className="num mid-only">{formatCount(hunt.datasets)}</td>
      <td className="num">{formatCount(hunt.rows)}</td>
      <td className="num mid-only">
        {hunt.quarantined > 0 ? (
          <span className="warn">{formatCount(hunt.quarantined)}</span>
        ) : (
          <span className="t3">0</span>
        )}
      </td>
      <td className="num">
        {hunt.alertsOpen > 0 ? (
          <a href={`#${link.alerts(hunt.id)}`}>{formatCount(hunt.alertsOpen)}</a>
        ) : (
          <span className="t3">0</span>
        )}
      </td>
      <td className="mid-only">
        {hunt.firstTime && hunt.lastTime ? (
          formatRange(hunt.firstTime, hunt.lastTime, zone)
        ) : (
          <span className="t3">no time</span>
        )}
      </td>
      <td className="wide-only">
        <Time iso={hunt.updatedAt} bare second />
      </td>
      <td>
        <HuntActions
          hunt={hunt}
          onRename={() => setDoing('rename')}
          onDelete={() => setDoing('delete')}
          onStatus={(status) => update.mutate({ id: hunt.id, status })}
          onAnalyze={(analyzeOnImport) => update.mutate({ id: hunt.id, analyzeOnImport })}
        />
        <DeleteHunt hunt={hunt} open={doing === 'delete'} onClose={() => setDoing(null)} />
      </td>
    </tr>
  )
}
