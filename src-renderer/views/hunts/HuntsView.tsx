import { useState } from 'react'
import type { HuntStatus } from '#contract/values'
import { huntStatuses } from '#contract/values'
import { FailureState } from '../../backend/FailureState.tsx'
import { useCall } from '../../backend/query.ts'
import { useParam } from '../../state/route.ts'
import { capitalised } from '../../ui/capitalised.ts'
import { formatCount } from '../../ui/formatNumber.ts'
import { Segmented } from '../../ui/Segmented.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { ViewBar } from '../../ui/ViewBar.tsx'
import { FirstRun } from './FirstRun.tsx'
import { HuntsTable } from './HuntsTable.tsx'
import { NewHuntButton } from './NewHuntButton.tsx'
import './hunts.css'

const isStatus = (value: string | null): value is HuntStatus => huntStatuses.some((status) => status === value)

/** All hunts of the workspace with what can be done to them; without any, the first run. */
export function HuntsView() {
  const { data, error, refetch } = useCall('hunts.list', { limit: 500 })
  const { data: jobs } = useCall('jobs.list', {})
  const [asked, setStatus] = useParam('status')
  const [text, setText] = useState('')
  const status = isStatus(asked) ? asked : 'all'
  if (error) return <FailureState failure={error} onRetry={() => void refetch()} />
  if (data?.total === 0) return <FirstRun />
  const hunts = data?.hunts ?? []
  const count = (wanted: HuntStatus) => hunts.filter((hunt) => hunt.status === wanted).length
  const shown = hunts.filter(
    (hunt) =>
      (status === 'all' || hunt.status === status) && hunt.name.toLowerCase().includes(text.trim().toLowerCase()),
  )
  return (
    <>
      <ViewBar
        label="Hunts"
        tabs={[{ id: 'hunts', title: 'Hunts', href: '/hunts', count: data ? formatCount(data.total) : undefined }]}
        current="hunts"
      >
        <input
          className="text-field"
          placeholder="Find by name"
          aria-label="Find by name"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Segmented
          label="Status"
          value={status}
          options={[
            { value: 'all' as const, label: 'All' },
            ...huntStatuses.map((value) => ({ value, label: `${capitalised(value)} ${formatCount(count(value))}` })),
          ]}
          onChange={(value) => setStatus(value === 'all' ? null : value)}
        />
        <NewHuntButton />
      </ViewBar>
      <div className="view-body">
        {!data ? (
          <Skeleton rows={8} height={40} />
        ) : shown.length === 0 ? (
          <p className="t2 hunts-none">
            No hunt matches. {formatCount(data.total)} {data.total === 1 ? 'is' : 'are'} in this workspace.
          </p>
        ) : (
          <HuntsTable hunts={shown} jobs={jobs?.jobs ?? []} />
        )}
        {data && data.total > data.hunts.length && (
          <p className="t2 hunts-none">
            {formatCount(data.hunts.length)} of {formatCount(data.total)} hunts shown, last changed first.
          </p>
        )}
      </div>
    </>
  )
}
