import { useState } from 'react'
import { History } from '@blueprintjs/icons'
import { useCall } from '../../backend/query.ts'
import { useCommands } from '../../state/commands.ts'
import { Action } from '../../ui/Action.tsx'
import { ChoiceList } from '../../ui/ChoiceList.tsx'
import { Layer } from '../../ui/Layer.tsx'
import { useZone } from '../../ui/appearance.ts'
import { formatSecond } from '../../ui/formatTime.ts'

/** Queries that were run in this workspace, the last one first; choosing one runs it. */
export function QueryHistory({ onRun }: { onRun: (query: string) => void }) {
  const zone = useZone()
  const [open, setOpen] = useState(false)
  const { data } = useCall('searches.recent', open ? { limit: 200 } : null)
  useCommands([
    {
      id: 'evidence.history',
      title: 'Recent queries',
      group: 'Evidence',
      keys: 'h',
      opensField: true,
      run: () => setOpen(true),
    },
  ])
  return (
    <Layer
      isOpen={open}
      onInteraction={setOpen}
      content={
        <div className="query-history">
          <ChoiceList
            label="Recent queries"
            placeholder="Find a query"
            items={(data?.queries ?? []).map(({ q, at }) => ({ id: q, label: q, note: formatSecond(at, zone) }))}
            onChoose={(q) => {
              setOpen(false)
              onRun(q)
            }}
            onClose={() => setOpen(false)}
            none={data ? 'No query was run in this workspace yet.' : 'Reading'}
            mono
          />
        </div>
      }
    >
      <Action quiet icon={<History size={14} />} label="Recent queries" />
    </Layer>
  )
}
