import { useId, useState } from 'react'
import { Plus } from '@blueprintjs/icons'
import type { ConditionRule } from '#contract/rules'
import { canonicalFields } from '#contract/values'
import { useCall } from '../../../backend/query.ts'
import { Action } from '../../../ui/Action.tsx'
import { FormField } from '../../../ui/FormField.tsx'
import { zoneNames } from '../../../ui/zones.ts'
import { ConditionRow } from './ConditionRow.tsx'

/** What analysts said about a row. */
const MARK_FIELDS = ['tag', 'note']

type ConditionFieldsProps = { hunt: string; draft: ConditionRule; onChange: (draft: ConditionRule) => void }

/** Conditions, and what makes of the rows that match an alert. */
export function ConditionFields({ hunt, draft, onChange }: ConditionFieldsProps) {
  const fields = useId()
  const zones = useId()
  const [keys, setKeys] = useState<readonly number[]>([])
  const { data: datasets } = useCall('datasets.list', { huntId: hunt, state: 'ready', limit: 1 })
  const first = datasets?.datasets[0]
  const { data: dataset } = useCall('datasets.get', first ? { id: first.id } : null)
  const names = [
    ...new Set([...canonicalFields, ...MARK_FIELDS, ...(dataset?.columnList.map(({ header }) => header) ?? [])]),
  ]
  // A removed condition takes its fields with it: what is typed in one that follows stays with that one.
  const keyOf = (at: number): number => keys[at] ?? at
  const { conditions } = draft
  return (
    <>
      <datalist id={fields}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <datalist id={zones}>
        {zoneNames().map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <div className="conditions">
        <h2 className="rule-sub">
          Conditions <span className="t3 sm">all must hold</span>
        </h2>
        {conditions.map((condition, at) => (
          <ConditionRow
            key={`${keyOf(at)} ${condition.op}`}
            at={at}
            condition={condition}
            only={conditions.length === 1}
            fields={fields}
            zones={zones}
            onChange={(next) => onChange({ ...draft, conditions: conditions.with(at, next) })}
            onRemove={() => {
              setKeys(conditions.map((_one, n) => keyOf(n)).toSpliced(at, 1))
              onChange({ ...draft, conditions: conditions.toSpliced(at, 1) })
            }}
          />
        ))}
        <div className="condition-more">
          <Action
            quiet
            icon={<Plus size={13} />}
            disabled={conditions.length >= 50}
            onClick={() => {
              const known = conditions.map((_one, n) => keyOf(n))
              setKeys([...known, Math.max(-1, ...known) + 1])
              onChange({ ...draft, conditions: [...conditions, { op: 'eq', field: '', value: '' }] })
            }}
          >
            Condition
          </Action>
        </div>
      </div>
      <div className="form-fields">
        <FormField label="One alert per" className="form-wide">
          {(named) => (
            <input
              {...named}
              className="text-field mono"
              list={fields}
              maxLength={300}
              title={draft.actor}
              value={draft.actor}
              onChange={({ target }) => onChange({ ...draft, actor: target.value })}
            />
          )}
        </FormField>
        <FormField label="within minutes of event time">
          {(named) => (
            <input
              {...named}
              className="text-field figure"
              type="number"
              min={0}
              max={44_640}
              step="any"
              value={draft.dedupeMinutes}
              onChange={({ target }) => {
                const minutes = target.valueAsNumber
                if (Number.isFinite(minutes) && minutes >= 0 && minutes <= 44_640)
                  onChange({ ...draft, dedupeMinutes: minutes })
              }}
            />
          )}
        </FormField>
      </div>
      <FormField label="Text of the alert; {field} stands for its value">
        {(named) => (
          <textarea
            {...named}
            className="text-field"
            rows={2}
            maxLength={2_000}
            placeholder="{actor} did {event_type}, {count} in all"
            value={draft.message}
            onChange={({ target }) => onChange({ ...draft, message: target.value })}
          />
        )}
      </FormField>
    </>
  )
}
