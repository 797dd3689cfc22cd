import { useState } from 'react'
import { Play } from '@blueprintjs/icons'
import type { Rule, RuleDraft } from '#contract/rules'
import { severities } from '#contract/values'
import { FailureLine } from '../../../backend/FailureLine.tsx'
import { useCommand } from '../../../backend/query.ts'
import { useCommands } from '../../../state/commands.ts'
import { link } from '../../../state/places.ts'
import { navigate } from '../../../state/route.ts'
import { Action } from '../../../ui/Action.tsx'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { FormField } from '../../../ui/FormField.tsx'
import { FormFoot, FormHead, FormPane } from '../../../ui/FormPane.tsx'
import { capitalised } from '../../../ui/capitalised.ts'
import { formatNoun } from '../../../ui/formatNumber.ts'
import { useFormDraft } from '../../../ui/useFormDraft.ts'
import { AnalyzerFields } from './AnalyzerFields.tsx'
import { ConditionFields } from './ConditionFields.tsx'
import { RuleExplain } from './RuleExplain.tsx'
import { RuleTrial } from './RuleTrial.tsx'
import { TechniqueField } from './TechniqueField.tsx'
import { unfinished } from './ruleDrafts.ts'
import { useTrial } from './useTrial.ts'

/** `initial`: what the saved rule says, or what a new one begins with. `alerts` of the hunt that name it. */
type RuleEditorProps = { hunt: string; rows: number; saved: Rule | null; initial: RuleDraft; alerts: number }

/** Changes of saved rules that are not saved yet, by the id of the rule: a look at another rule loses none. */
const leftRules = new Map<string, RuleDraft>()

/** What a rule says, with what it would change beside it; nothing is written before it is saved. */
export function RuleEditor({ hunt, rows, saved, initial, alerts }: RuleEditorProps) {
  const form = useFormDraft(initial, saved === null, saved ? { among: leftRules, name: saved.id } : undefined)
  const { draft, edited, changed, discard } = form
  const [asking, setAsking] = useState(false)
  const create = useCommand('rules.create')
  const update = useCommand('rules.update')
  const remove = useCommand('rules.delete')
  const run = useCommand('rules.run')
  const trial = useTrial({ hunt, rows, id: saved?.id ?? null, draft })

  const lacking = draft.name.trim() === '' ? 'Name the rule.' : unfinished(draft)
  const set = (change: Partial<RuleDraft>) => form.set(merged(draft, change))
  const canSave = edited && lacking === null
  const save = () => {
    if (!canSave) return
    if (saved) update.mutate({ id: saved.id, rule: draft }, { onSuccess: discard })
    else create.mutate({ rule: draft }, { onSuccess: ({ id }) => navigate(link.rules(hunt, id), { replace: true }) })
  }
  const start = () => saved && run.mutate({ ids: [saved.id], huntId: hunt })
  const on = saved?.enabled ?? draft.enabled
  const toggle = () => {
    if (saved) update.mutate({ id: saved.id, enabled: !on })
    // What is not saved yet must not switch it back later.
    if (saved === null || changed !== null) set({ enabled: !on })
  }
  useRuleCommands({ canSave, save, canRun: saved !== null && !edited && rows > 0, start, test: trial.ask })

  return (
    <>
      <FormPane
        label="Rule"
        head={
          <FormHead
            label="Name of the rule"
            name={draft.name}
            isNew={saved === null}
            edited={edited}
            onName={(name) => set({ name })}
            on={on}
            onToggle={toggle}
          />
        }
        foot={
          <FormFoot
            save="Save rule"
            remove="Delete the rule"
            isNew={saved === null}
            edited={edited}
            lacking={lacking}
            busy={create.isPending || update.isPending}
            onSave={save}
            onDiscard={discard}
            onRemove={() => setAsking(true)}
            actions={
              saved && (
                <Action icon={<Play size={13} />} disabled={edited || rows === 0} busy={run.isPending} onClick={start}>
                  Run now
                </Action>
              )
            }
            note={
              <>
                {saved && alerts > 0 && (
                  <a className="sm" href={`#${link.alerts(hunt, { rule: saved.id })}`}>
                    {formatNoun(alerts, 'alert')}
                  </a>
                )}
                <span className="t3 sm clip">Saved rules run on the next import, or now</span>
              </>
            }
            failure={<FailureLine failure={create.error ?? update.error ?? run.error ?? remove.error} />}
          />
        }
      >
        <div className="form-fields">
          <FormField label="Severity">
            {(named) => (
              <select
                {...named}
                className="text-field"
                value={draft.severity ?? ''}
                onChange={({ target }) => {
                  const severity = severities.find((known) => known === target.value) ?? null
                  form.set(
                    draft.kind === 'analyzer' ? { ...draft, severity } : { ...draft, severity: severity ?? 'medium' },
                  )
                }}
              >
                {draft.kind === 'analyzer' && <option value="">as the analyzer says</option>}
                {severities.map((severity) => (
                  <option key={severity} value={severity}>
                    {capitalised(severity)}
                  </option>
                ))}
              </select>
            )}
          </FormField>
          <FormField label="Applies to">
            {(named) => (
              <select
                {...named}
                className="text-field"
                value={draft.huntId === null ? '' : 'hunt'}
                onChange={({ target }) => set({ huntId: target.value === '' ? null : hunt })}
              >
                <option value="">all hunts, on import</option>
                <option value="hunt">this hunt, on import</option>
              </select>
            )}
          </FormField>
          {draft.kind === 'condition' && (
            <TechniqueField
              id={draft.mitreTechnique}
              onChange={(mitreTechnique) => form.set({ ...draft, mitreTechnique })}
            />
          )}
        </div>
        {draft.kind === 'condition' ? (
          <ConditionFields hunt={hunt} draft={draft} onChange={form.set} />
        ) : (
          <AnalyzerFields draft={draft} onChange={form.set} />
        )}
        <RuleExplain rule={trial.asked} hunt={hunt} />
      </FormPane>
      <RuleTrial hunt={hunt} rows={rows} trial={trial} lacking={unfinished(draft)} />
      <ConfirmDialog
        open={asking}
        title="Delete this rule"
        confirm="Delete rule"
        busy={remove.isPending}
        onClose={() => setAsking(false)}
        onConfirm={() => saved && remove.mutate({ id: saved.id }, { onSuccess: () => navigate(link.rules(hunt)) })}
      >
        “{draft.name}” runs no more. {formatNoun(saved?.alerts ?? 0, 'alert')} of all hunts stay and keep its name.
      </ConfirmDialog>
    </>
  )
}

/** Shared fields only, so that the kind stays what it is. */
const merged = (draft: RuleDraft, { name, enabled, huntId }: Partial<RuleDraft>): RuleDraft => ({
  ...draft,
  ...(name === undefined ? {} : { name }),
  ...(enabled === undefined ? {} : { enabled }),
  ...(huntId === undefined ? {} : { huntId }),
})

type Keys = { canSave: boolean; save: () => void; canRun: boolean; start: () => void; test: () => void }

function useRuleCommands({ canSave, save, canRun, start, test }: Keys): void {
  useCommands([
    { id: 'rules.save', title: 'Save the rule', group: 'Alerts', keys: 'ctrl+s', when: () => canSave, run: save },
    { id: 'rules.run', title: 'Run the rule now', group: 'Alerts', keys: 'x', when: () => canRun, run: start },
    { id: 'rules.test', title: 'Test the rule', group: 'Alerts', keys: 't', run: test },
  ])
}
