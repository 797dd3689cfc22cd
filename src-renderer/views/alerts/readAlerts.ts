import type { Alert, AlertFilter } from '#contract/alerts'
import type { Backend } from '../../backend/backend.ts'
import type { ChosenAlerts } from './useAlertChanges.ts'

/** Alerts read at once. */
const PAGE = 500
/** Up to this many alerts are read before a change, so that it can be undone. */
export const UNDO_MAX = 5_000

/** All alerts of a filter with their present state, or the filter itself where they are too many to be undone. */
export async function readAlerts(backend: Backend, filter: AlertFilter, total: number): Promise<ChosenAlerts> {
  if (total > UNDO_MAX) return { filter, total }
  const alerts: Alert[] = []
  for (let offset = 0; offset < total; offset += PAGE)
    alerts.push(...(await backend.call('alerts.list', { ...filter, limit: PAGE, offset })).alerts)
  return { alerts }
}
