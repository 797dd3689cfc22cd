import type { AlertStatus } from '#contract/values'
import { useCommands } from '../../state/commands.ts'

type Triage = {
  can: () => boolean
  setStatus: (status: AlertStatus) => void
  step: (by: 1 | -1) => void
  selectAll: () => void
}

/** The keys of triage, the same in the list and in groups. */
export function useTriageCommands({ can, setStatus, step, selectAll }: Triage): void {
  useCommands([
    {
      id: 'alerts.progress',
      title: 'Set in progress',
      group: 'Alerts',
      keys: 'e',
      when: can,
      run: () => setStatus('in-progress'),
    },
    { id: 'alerts.resolve', title: 'Resolve', group: 'Alerts', keys: 'r', when: can, run: () => setStatus('resolved') },
    {
      id: 'alerts.false',
      title: 'Mark as false positive',
      group: 'Alerts',
      keys: 'f',
      when: can,
      run: () => setStatus('false-positive'),
    },
    {
      id: 'alerts.acknowledge',
      title: 'Acknowledge',
      group: 'Alerts',
      keys: 'a',
      when: can,
      run: () => setStatus('acknowledged'),
    },
    { id: 'alerts.new', title: 'Set back to new', group: 'Alerts', when: can, run: () => setStatus('new') },
    {
      id: 'alerts.all',
      title: 'Select all matching alerts',
      group: 'Alerts',
      detail: 'Ctrl A in the list',
      run: selectAll,
    },
    { id: 'alerts.next', title: 'Next alert', group: 'Alerts', keys: 'j', palette: false, run: () => step(1) },
    { id: 'alerts.previous', title: 'Previous alert', group: 'Alerts', keys: 'k', palette: false, run: () => step(-1) },
  ])
}
