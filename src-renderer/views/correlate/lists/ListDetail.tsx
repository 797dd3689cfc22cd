import { useState } from 'react'
import { HTMLSelect, Switch } from '@blueprintjs/core'
import { Refresh, Trash } from '@blueprintjs/icons'
import type { IntelList } from '#contract/intel'
import { verdicts } from '#contract/values'
import { FailureLine } from '../../../backend/FailureLine.tsx'
import { FailureState } from '../../../backend/FailureState.tsx'
import { useCall, useCommand } from '../../../backend/query.ts'
import { link } from '../../../state/places.ts'
import { navigate } from '../../../state/route.ts'
import { Action } from '../../../ui/Action.tsx'
import { FormField } from '../../../ui/FormField.tsx'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { Segmented } from '../../../ui/Segmented.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { formatCount, formatNoun } from '../../../ui/formatNumber.ts'
import { formatSecond } from '../../../ui/formatTime.ts'
import { useZone } from '../../../ui/appearance.ts'
import { ImportList } from './ImportList.tsx'
import { ListIndicators } from './ListIndicators.tsx'
import { ListRejects } from './ListRejects.tsx'
import { MatchLists } from './MatchLists.tsx'

type Part = 'indicators' | 'rejects' | 'replace'

/** One list: what it says of its indicators, the indicators themselves, and the lines that could not be used. */
export function ListDetail({ id }: { id: string }) {
  const { data, error } = useCall('intel.get', { id })
  if (error) return <FailureState failure={error} action={<Action href={link.lists()}>All lists</Action>} />
  return data && data.id === id ? <Opened list={data} /> : <Skeleton rows={12} />
}

function Opened({ list }: { list: IntelList }) {
  const zone = useZone()
  const [part, setPart] = useState<Part>('indicators')
  const [asking, setAsking] = useState(false)
  const update = useCommand('intel.update')
  const remove = useCommand('intel.delete')
  const set = (change: Partial<Pick<IntelList, 'enabled' | 'verdict' | 'subdomains' | 'name' | 'expiresAt'>>) =>
    update.mutate({ id: list.id, ...change })
  const parts = (
    <>
      <Segmented<Part>
        label="Part of the list"
        value={part}
        onChange={setPart}
        options={[
          { value: 'indicators', label: formatNoun(list.indicators, 'indicator') },
          { value: 'rejects', label: `${formatCount(list.rejected)} not used` },
          { value: 'replace', label: 'New indicators' },
        ]}
      />
      {list.duplicates > 0 && (
        <span className="t3 sm">{formatNoun(list.duplicates, 'line')} named an indicator again</span>
      )}
    </>
  )
  return (
    <section className="list-detail" aria-label={`List ${list.name}`}>
      <div className="correlate-bar">
        <h2 className="clip" title={list.name}>
          {list.name}
        </h2>
        <Switch className="list-switch" checked={list.enabled} onChange={() => set({ enabled: !list.enabled })}>
          {list.enabled ? 'On' : 'Off'}
        </Switch>
        <span className="spring" />
        <MatchLists list={list} />
        <Action quiet icon={<Refresh size={13} />} onClick={() => setPart('replace')}>
          Replace
        </Action>
        <Action quiet icon={<Trash size={13} />} label="Delete the list" onClick={() => setAsking(true)} />
      </div>
      <div className="list-said">
        <span className="t2">
          {list.format}
          {list.file && ` · ${list.file}`}
          {list.source && ` · ${list.source}`}
          {list.confidence !== null && ` · confidence ${list.confidence} %`}
          {list.expiresAt && ` · expires ${formatSecond(list.expiresAt, zone)}`} · changed{' '}
          {formatSecond(list.updatedAt, zone)}
        </span>
        <div className="line list-rules">
          {list.purpose === 'verdict' && (
            <FormField label="Verdict of lines that say none" inline>
              {(named) => (
                <HTMLSelect
                  {...named}
                  value={list.verdict}
                  onChange={(event) => {
                    const verdict = verdicts.find((one) => one === event.target.value)
                    if (verdict) set({ verdict })
                  }}
                  options={[...verdicts]}
                />
              )}
            </FormField>
          )}
          <Switch
            className="list-switch"
            checked={list.subdomains}
            onChange={() => set({ subdomains: !list.subdomains })}
          >
            Domains stand for every name below them
          </Switch>
        </div>
        <FailureLine failure={update.error} />
      </div>
      {part === 'indicators' ? (
        <ListIndicators list={list} parts={parts} />
      ) : (
        <>
          <div className="list-parts">{parts}</div>
          {part === 'rejects' ? <ListRejects id={list.id} rejected={list.rejected} /> : <ImportList replaces={list} />}
        </>
      )}
      <ConfirmDialog
        open={asking}
        title={`Delete ${list.name}`}
        confirm="Delete list"
        busy={remove.isPending}
        onClose={() => setAsking(false)}
        onConfirm={() =>
          remove.mutate({ id: list.id }, { onSuccess: () => (setAsking(false), navigate(link.lists())) })
        }
      >
        {formatNoun(list.indicators, 'indicator')} go. Alerts that were made of them stay.
        <FailureLine failure={remove.error} />
      </ConfirmDialog>
    </section>
  )
}
