import { Play, Plus } from '@blueprintjs/icons'
import { FailureLine } from '../../../backend/FailureLine.tsx'
import { useCommand } from '../../../backend/query.ts'
import { useCommands } from '../../../state/commands.ts'
import { link } from '../../../state/places.ts'
import { navigate } from '../../../state/route.ts'
import { Action } from '../../../ui/Action.tsx'

/** What can be done with rules as a whole. */
export function RuleActions({ hunt, rows }: { hunt: string; rows: number }) {
  const run = useCommand('rules.run')
  const start = () => run.mutate({ huntId: hunt })
  useCommands([
    {
      id: 'rules.new',
      title: 'New rule',
      group: 'Alerts',
      keys: 'n',
      opensField: true,
      run: () => navigate(link.rules(hunt, 'new')),
    },
    {
      id: 'rules.newAnalyzer',
      title: 'New analyzer rule',
      group: 'Alerts',
      run: () => navigate(link.rules(hunt, 'new-analyzer')),
    },
    { id: 'rules.runAll', title: 'Run the rules that are on', group: 'Alerts', when: () => rows > 0, run: start },
  ])
  return (
    <>
      <FailureLine failure={run.error} />
      <Action icon={<Play size={13} />} disabled={rows === 0} busy={run.isPending} onClick={start}>
        Run rules
      </Action>
      <Action icon={<Plus size={13} />} href={link.rules(hunt, 'new-analyzer')}>
        Analyzer rule
      </Action>
      <Action icon={<Plus size={13} />} href={link.rules(hunt, 'new')}>
        New rule
      </Action>
    </>
  )
}
