import { useEffect, useState } from 'react'
import { Menu, MenuItem } from '@blueprintjs/core'
import { CaretUp, Duplicate, Tick } from '@blueprintjs/icons'
import type { Alert } from '#contract/alerts'
import { useDatasets } from '../../backend/useDatasets.ts'
import { useSourceRow } from '../../backend/useSourceRow.ts'
import { Action } from '../../ui/Action.tsx'
import { Layer } from '../../ui/Layer.tsx'
import { useZone } from '../../ui/appearance.ts'
import { alertMarkdown } from './alertMarkdown.ts'

/** Copies the alert for a report or for a program, and says so for two seconds. */
export function CopyAlert({ hunt, alert }: { hunt: string; alert: Alert }) {
  const zone = useZone()
  const { data } = useDatasets(hunt)
  const sourceRow = useSourceRow(hunt)
  const [done, setDone] = useState(false)
  useEffect(() => {
    if (!done) return
    const timer = setTimeout(() => setDone(false), 2000)
    return () => clearTimeout(timer)
  }, [done])
  const copy = (text: string) =>
    void navigator.clipboard.writeText(text).then(
      () => setDone(true),
      () => undefined,
    )
  const nameOf = (id: string): string => data?.datasets.find((dataset) => dataset.id === id)?.name ?? 'dataset'
  return (
    <Layer
      placement="top-end"
      content={
        <Menu>
          <MenuItem text="Markdown, for a report" onClick={() => copy(alertMarkdown(alert, nameOf, sourceRow, zone))} />
          <MenuItem text="Reference, for notes of cases" onClick={() => copy(`[[alert:${alert.id}]]`)} />
          <MenuItem text="JSON" onClick={() => copy(JSON.stringify(alert, null, 2))} />
        </Menu>
      }
    >
      <Action
        quiet
        icon={done ? <Tick size={13} /> : <Duplicate size={13} />}
        endIcon={<CaretUp size={11} />}
        title="Copy the alert"
      >
        {done ? 'Copied' : 'Copy'}
      </Action>
    </Layer>
  )
}
