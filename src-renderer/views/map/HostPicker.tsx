import { useState } from 'react'
import { CaretDown } from '@blueprintjs/icons'
import type { ProcessHost } from '#contract/processes'
import { Action } from '../../ui/Action.tsx'
import { ChoiceList } from '../../ui/ChoiceList.tsx'
import { EntityMark } from '../../ui/EntityMark.tsx'
import { Layer } from '../../ui/Layer.tsx'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'

type HostPickerProps = {
  hosts: readonly ProcessHost[]
  total: number
  current: string | undefined
  onChoose: (host: string) => void
}

/** Whose processes are shown. */
export function HostPicker({ hosts, total, current, onChoose }: HostPickerProps) {
  const [open, setOpen] = useState(false)
  const items = hosts.map(({ host, processes, alerts }) => ({
    id: host,
    label: host,
    note: `${formatNoun(processes, 'process', 'processes')}${alerts ? `, ${formatNoun(alerts.count, 'alert')}` : ''}`,
  }))
  return (
    <Layer
      isOpen={open}
      onInteraction={setOpen}
      content={
        <div className="host-list">
          <ChoiceList
            label="Host"
            placeholder="Find a host"
            items={items}
            none="No host has this name"
            onClose={() => setOpen(false)}
            onChoose={(host) => {
              setOpen(false)
              onChoose(host)
            }}
          />
          {total > hosts.length && (
            <p className="t3 sm choice-none">
              {formatCount(hosts.length)} of {formatNoun(total, 'host')} listed, those with most processes
            </p>
          )}
        </div>
      }
    >
      <Action
        quiet
        icon={<EntityMark type="host" />}
        endIcon={<CaretDown size={11} />}
        title={current === undefined ? 'Choose a host' : `Host: ${current}`}
        className="host-picker"
      >
        <span className="clip">{current ?? 'Choose a host'}</span>
      </Action>
    </Layer>
  )
}
