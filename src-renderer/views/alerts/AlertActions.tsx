import { useState } from 'react'
import { Menu } from '@blueprintjs/core'
import { Graph, Trash } from '@blueprintjs/icons'
import type { Alert } from '#contract/alerts'
import { thingsOfAlert } from '../../backend/alertThings.ts'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { MapItems } from '../../backend/MapItems.tsx'
import { useCommand } from '../../backend/query.ts'
import { Action } from '../../ui/Action.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Layer } from '../../ui/Layer.tsx'
import { formatNoun } from '../../ui/formatNumber.ts'
import { AddToHypothesis } from './AddToHypothesis.tsx'

/** What can be made of an alert beside its status: a hypothesis, things on a map, nothing at all. */
export function AlertActions({ hunt, alert, onGone }: { hunt: string; alert: Alert; onGone: () => void }) {
  const remove = useCommand('alerts.delete')
  const [asking, setAsking] = useState(false)
  const { id } = alert
  return (
    <>
      <AddToHypothesis hunt={hunt} alertId={id} technique={alert.mitreTechnique} />
      <Layer
        content={
          <Menu aria-label="Add to a map">
            <MapItems hunt={hunt} added={thingsOfAlert(alert)} name={alert.title.slice(0, 80)} />
          </Menu>
        }
      >
        <Action quiet icon={<Graph size={13} />} label="Add what it names to a map" />
      </Layer>
      <Action quiet icon={<Trash size={13} />} label="Delete the alert" onClick={() => setAsking(true)} />
      <ConfirmDialog
        open={asking}
        title="Delete this alert"
        confirm="Delete alert"
        busy={remove.isPending}
        onClose={() => setAsking(false)}
        onConfirm={() => remove.mutate({ id }, { onSuccess: onGone })}
      >
        “{alert.title}” and its {formatNoun(alert.evidenceTotal, 'evidence row')} are removed from the list. The rows
        themselves stay. A later run of {alert.rule?.name ?? alert.analyzer} finds it again; set it to false positive to
        keep it out of the way.
        <FailureLine failure={remove.error} />
      </ConfirmDialog>
    </>
  )
}
