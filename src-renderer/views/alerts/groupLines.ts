import type { Alert, AlertGroup } from '#contract/alerts'

/** One line of the grouped list: a group, an alert in an open group, or the rest of a group that is not listed here. */
export type GroupLine =
  | { kind: 'group'; group: AlertGroup; open: boolean }
  | { kind: 'alert'; group: AlertGroup; alert: Alert }
  | { kind: 'more'; group: AlertGroup; left: number }

/** The lines of groups, those that are open with their alerts. `alertsOf`: undefined while they are on their way. */
export function groupLines(
  groups: readonly AlertGroup[],
  open: ReadonlySet<string>,
  alertsOf: (key: string) => readonly Alert[] | undefined,
): GroupLine[] {
  return groups.flatMap((group): GroupLine[] => {
    const isOpen = open.has(group.key)
    const head: GroupLine = { kind: 'group', group, open: isOpen }
    if (!isOpen) return [head]
    const alerts = alertsOf(group.key) ?? []
    const left = group.alerts - alerts.length
    return [
      head,
      ...alerts.map((alert): GroupLine => ({ kind: 'alert', group, alert })),
      ...(left > 0 && alertsOf(group.key) !== undefined ? [{ kind: 'more', group, left } satisfies GroupLine] : []),
    ]
  })
}

/** What lines stand for: whole groups, and alerts that are in none of these. */
export function chosenOf(lines: readonly (GroupLine | undefined)[]): {
  groups: AlertGroup[]
  alerts: Alert[]
  total: number
} {
  const groups = lines.flatMap((line) => (line?.kind === 'group' ? [line.group] : []))
  const whole = new Set(groups.map(({ key }) => key))
  const alerts = lines.flatMap((line) => (line?.kind === 'alert' && !whole.has(line.group.key) ? [line.alert] : []))
  return { groups, alerts, total: groups.reduce((sum, group) => sum + group.alerts, alerts.length) }
}
