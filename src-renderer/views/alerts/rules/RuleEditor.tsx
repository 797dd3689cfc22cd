import { useState } from 'react'
import { FloppyDisk, Play, Trash } from '@blueprintjs/icons'
import type { Rule, RuleDraft } from '#contract/rules'
import { severities } from '#contract/values'
import { FailureLine } from '../../../backend/FailureLine.tsx'
import { useCommand } from '../../../backend/query.ts'
import { useCommands } from '../../../state/commands.ts'
import { link } from '../../../state/places.ts'
import { navigate } from '../../../state/route.ts'
import { Action } from '../../../ui/Action.tsx'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { capitalised } from '../../../ui/capitalised.ts'
import { formatNoun } from '../../../ui/formatNumber.ts'
import { AnalyzerFields } from './AnalyzerFields.tsx'
import { ConditionFields } from './ConditionFields.tsx'
import { RuleExplain } from './RuleExplain.tsx'
import { RuleTrial } from './RuleTrial.tsx'
import { unfinished } from './ruleDrafts.ts'
import { useTrial } from './useTrial.ts'

/** `initial`: what the saved rule says, or what a new one begins with. `alerts` of the hunt that name it. */
type RuleEditorProps = { hunt: string; rows: number; saved: Rule | null; initial: RuleDraft; alerts: number }

/** What a rule says, with what it would change beside it; nothing is written before it is saved. */
export function RuleEditor({ hunt, rows, saved, initial, alerts }: RuleEditorProps) {
  const [changed, setChanged] = useState<RuleDraft | null>(null)
  const [asking, setAsking] = useState(false)
  const create = useCommand('rules.create')
  const update = useCommand('rules.update')
  const remove = useCommand('rules.delete')
  const run = useCommand('rules.run')
  const draft = changed ?? initial
  const trial = useTrial({ hunt, rows, id: saved?.id ?? null, draft })

  const edited = saved === null || (changed !== null && JSON.stringify(changed) !== JSON.stringify(initial))
  const lacking = draft.name.trim() === '' ? 'Name the rule.' : unfinished(draft)
  const set = (change: Partial<RuleDraft>) => setChanged(merged(draft, change))
  const canSave = edited && lacking === null
  const save = () => {
    if (!canSave) return
    if (saved) update.mutate({ id: saved.id, rule: draft }, { onSuccess: () => setChanged(null) })
    else create.mutate({ rule: draft }, { onSuccess: ({ id }) => navigate(link.rules(hunt, id), { replace: true }) })
  }
  const start = () => saved && run.mutate({ ids: [saved.id], huntId: hunt })
  const toggle = () => {
    if (saved) update.mutate({ id: saved.id, enabled: !saved.enabled })
    else set({ enabled: !draft.enabled })
  }
  useRuleCommands({ canSave, save, canRun: saved !== null && !edited && rows > 0, start, test: trial.ask })

  const on = saved?.enabled ?? draft.enabled
  return (
    <>
      <section className="rule-editor" aria-label="Rule" data-region="Rule">
        <div className="rule-body">
          <div className="rule-head">
            <input
              className="text-field rule-title"
              aria-label="Name of the rule"
              placeholder="Name of the rule"
              maxLength={200}
              autoFocus={saved === null}
              value={draft.name}
              onChange={({ target }) => set({ name: target.value })}
            />
            {edited && <span className="chip">{saved ? 'edited' : 'not saved'}</span>}
            <span className="spring" />
            <label className="line">
              <input type="checkbox" role="switch" checked={on} onChange={toggle} />
              <span>{on ? 'On' : 'Off'}</span>
            </label>
          </div>
          <div className="rule-fields">
            <label>
              <span className="t2 sm">Severity</span>
              <select
                className="text-field"
                value={draft.severity ?? ''}
                onChange={({ target }) => {
                  const severity = severities.find((known) => known === target.value) ?? null
                  setChanged(
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
            </label>
            <label>
              <span className="t2 sm">Applies to</span>
              <select
                className="text-field"
                value={draft.huntId === null ? '' : 'hunt'}
                onChange={({ target }) => set({ huntId: target.value === '' ? null : hunt })}
              >
                <option value="">all hunts, on import</option>
                <option value="hunt">this hunt, on import</option>
              </select>
            </label>
          </div>
          {draft.kind === 'condition' ? (
            <ConditionFields hunt={hunt} draft={draft} onChange={setChanged} />
          ) : (
            <AnalyzerFields draft={draft} onChange={setChanged} />
          )}
          <RuleExplain rule={trial.asked} hunt={hunt} />
        </div>
        <div className="rule-foot">
          <Action
            primary
            icon={<FloppyDisk size={13} />}
            disabled={!canSave}
            busy={create.isPending || update.isPending}
            onClick={save}
          >
            Save rule
          </Action>
          {edited && saved && <Action onClick={() => setChanged(null)}>Discard</Action>}
          {saved && (
            <Action icon={<Play size={13} />} disabled={edited || rows === 0} busy={run.isPending} onClick={start}>
              Run now
            </Action>
          )}
          {saved && <Action quiet icon={<Trash size={13} />} label="Delete the rule" onClick={() => setAsking(true)} />}
          <span className="spring" />
          {saved && alerts > 0 && (
            <a className="sm" href={`#${link.alerts(hunt, { rule: saved.id })}`}>
              {formatNoun(alerts, 'alert')}
            </a>
          )}
          <span className="t3 sm clip">
            {(edited ? lacking : null) ?? 'Saved rules run on the next import, or now'}
          </span>
          <FailureLine failure={create.error ?? update.error ?? run.error ?? remove.error} />
        </div>
      </section>
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
