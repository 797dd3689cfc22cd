import type { Alert } from '#contract/alerts'
import type { AlertStatus } from '#contract/values'
import { useCommand } from '../../backend/query.ts'
import { useUndo } from '../../ui/Undo.tsx'
import { formatNoun } from '../../ui/formatNumber.ts'
import { capitalised } from '../../ui/capitalised.ts'
import type { Input } from '#contract/contract'

export type AlertChange = Omit<Input<'alerts.bulkUpdate'>, 'ids' | 'filter' | 'undo'>
/** Which alerts an action is about: some, all with their present state, or everything a filter matches. */
export type ChosenAlerts =
  | { alerts: readonly Alert[] }
  | { filter: NonNullable<Input<'alerts.bulkUpdate'>['filter']>; total: number }

/** Changes alerts and offers to undo where the state before is known. */
export function useAlertChanges() {
  const undo = useUndo()
  const bulk = useCommand('alerts.bulkUpdate')

  /** The state before, put back in one step per distinct state. */
  function putBack(alerts: readonly Alert[], of: (alert: Alert) => AlertChange): void {
    const groups = new Map<string, string[]>()
    for (const alert of alerts) {
      const key = JSON.stringify(of(alert))
      groups.set(key, [...(groups.get(key) ?? []), alert.id])
    }
    for (const [key, ids] of groups) bulk.mutate({ ids, ...JSON.parse(key), undo: true })
  }

  function change(chosen: ChosenAlerts, to: AlertChange, said: string): void {
    if ('filter' in chosen) return bulk.mutate({ filter: chosen.filter, ...to })
    const { alerts } = chosen
    if (alerts.length === 0) return
    const before = (alert: Alert): AlertChange => ({
      ...(to.status === undefined ? {} : { status: alert.status }),
      ...(to.severity === undefined ? {} : { severity: alert.severity }),
      ...(to.assignee === undefined ? {} : { assignee: alert.assignee }),
      ...(to.caseId === undefined ? {} : { caseId: alert.caseId }),
      ...((to.tags ?? to.addTags ?? to.removeTags) === undefined ? {} : { tags: alert.tags }),
    })
    bulk.mutate(
      { ids: alerts.map(({ id }) => id), ...to },
      {
        onSuccess: ({ updated }) =>
          undo.offer(`${formatNoun(updated, 'alert')}: ${said}`, () => putBack(alerts, before)),
      },
    )
  }

  return {
    busy: bulk.isPending,
    failure: bulk.error,
    setStatus: (chosen: ChosenAlerts, status: AlertStatus) =>
      change(chosen, { status }, capitalised(status).toLowerCase()),
    change,
  }
}
