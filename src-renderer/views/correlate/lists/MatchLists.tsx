import { useState } from 'react'
import { Play } from '@blueprintjs/icons'
import type { IntelList } from '#contract/intel'
import { FailureLine } from '../../../backend/FailureLine.tsx'
import { useCall, useCommand } from '../../../backend/query.ts'
import { Action } from '../../../ui/Action.tsx'
import { ChoiceList } from '../../../ui/ChoiceList.tsx'
import { Layer } from '../../../ui/Layer.tsx'
import { formatNoun } from '../../../ui/formatNumber.ts'

/** Chooses the hunt in which what a list names becomes alerts. */
export function MatchLists({ list }: { list: IntelList }) {
  const [open, setOpen] = useState(false)
  const { data } = useCall('hunts.list', open ? { limit: 500 } : null)
  const match = useCommand('intel.match')
  const items = (data?.hunts ?? []).map(({ id, name, rows }) => ({ id, label: name, note: formatNoun(rows, 'row') }))
  if (list.purpose === 'allow') return null
  return (
    <>
      <FailureLine failure={match.error} />
      <Layer
        isOpen={open}
        onInteraction={setOpen}
        content={
          <ChoiceList
            label="Hunt to look through"
            placeholder="Hunt to look through"
            items={items}
            none="No hunt has this name."
            onClose={() => setOpen(false)}
            onChoose={(huntId) => {
              setOpen(false)
              match.mutate({ huntId, listIds: [list.id], verdicts: ['malicious', 'suspicious', 'unknown'] })
            }}
          />
        }
      >
        <Action icon={<Play size={13} />} busy={match.isPending} disabled={!list.enabled}>
          Make alerts in a hunt
        </Action>
      </Layer>
    </>
  )
}
