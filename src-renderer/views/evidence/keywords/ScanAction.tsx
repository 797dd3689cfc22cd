import { useState } from 'react'
import { CaretDown, Search } from '@blueprintjs/icons'
import type { Dataset } from '#contract/datasets'
import { FailureLine } from '../../../backend/FailureLine.tsx'
import { useCall, useCommand } from '../../../backend/query.ts'
import { useCommands } from '../../../state/commands.ts'
import { Action } from '../../../ui/Action.tsx'
import { Layer } from '../../../ui/Layer.tsx'
import { ScanChoices } from './ScanChoices.tsx'

/** Datasets that one scan may name. */
const CHOSEN_MAX = 500

/** Scans the hunt, or chosen datasets and columns of it. */
export function ScanAction({ hunt, datasets }: { hunt: string; datasets: readonly Dataset[] }) {
  const [open, setOpen] = useState(false)
  const scan = useCommand('keywords.scan')
  const { data: jobs } = useCall('jobs.list', {})
  const running = jobs?.jobs.some(
    ({ kind, state, huntId }) => kind === 'keywords' && huntId === hunt && state === 'running',
  )
  const rows = datasets.reduce((sum, one) => sum + one.rows, 0)
  const can = rows > 0 && !running && !scan.isPending
  const start = () => scan.mutate({ huntId: hunt })
  useCommands([
    { id: 'keywords.scan', title: 'Scan for keywords', group: 'Evidence', keys: 'x', when: () => can, run: start },
    {
      id: 'keywords.choose',
      title: 'Scan chosen datasets for keywords',
      group: 'Evidence',
      keys: 'shift+x',
      when: () => rows > 0,
      run: () => setOpen(true),
    },
  ])
  return (
    <>
      <FailureLine failure={scan.error} />
      <Action
        primary
        icon={<Search size={13} />}
        disabled={rows === 0}
        busy={scan.isPending || running === true}
        onClick={start}
      >
        Scan hunt
      </Action>
      <Layer
        isOpen={open}
        onInteraction={setOpen}
        disabled={rows === 0}
        content={
          <ScanChoices
            datasets={datasets.slice(0, CHOSEN_MAX)}
            of={datasets.length}
            can={can}
            onScan={(of) => {
              setOpen(false)
              scan.mutate(of)
            }}
          />
        }
      >
        <Action quiet icon={<CaretDown size={13} />} label="Scan chosen datasets" disabled={rows === 0} />
      </Layer>
    </>
  )
}
