import { useState } from 'react'
import { Cross } from '@blueprintjs/icons'
import type { RuleCondition } from '#contract/rules'
import { ruleOperators, weekdays } from '#contract/values'
import { Action } from '../../../ui/Action.tsx'
import { capitalised } from '../../../ui/capitalised.ts'
import { linesOf, operatorNames, withOperator } from './ruleDrafts.ts'

type ConditionRowProps = {
  at: number
  condition: RuleCondition
  /** The only one cannot be taken away. */
  only: boolean
  fields: string
  zones: string
  onChange: (condition: RuleCondition) => void
  onRemove: () => void
}

/** One condition: a field, a test and what it is compared with. */
export function ConditionRow({ at, condition, only, fields, zones, onChange, onRemove }: ConditionRowProps) {
  const label = `Condition ${at + 1}`
  const { op } = condition
  return (
    <div className={op === 'after_hours' ? 'condition condition-wide' : 'condition'} role="group" aria-label={label}>
      <span className="t3 sm condition-word">{at === 0 ? 'when' : 'and'}</span>
      {op === 'after_hours' ? (
        <span className="condition-fixed">time of the row</span>
      ) : (
        <input
          className="text-field mono"
          aria-label={`Field of condition ${at + 1}`}
          placeholder={op === 'threshold_count' ? 'actor' : 'field, column or path'}
          list={fields}
          maxLength={300}
          value={condition.field ?? ''}
          title={condition.field}
          onChange={({ target }) => {
            if (op !== 'threshold_count') onChange({ ...condition, field: target.value })
            else {
              const { field: _field, ...rest } = condition
              onChange(target.value === '' ? rest : { ...rest, field: target.value })
            }
          }}
        />
      )}
      <select
        className="text-field"
        aria-label={`Test of condition ${at + 1}`}
        value={op}
        onChange={({ target }) => {
          const next = ruleOperators.find((known) => known === target.value)
          if (next) onChange(withOperator(condition, next))
        }}
      >
        {ruleOperators.map((known) => (
          <option key={known} value={known}>
            {operatorNames[known]}
          </option>
        ))}
      </select>
      <Value at={at} condition={condition} zones={zones} onChange={onChange} />
      <Action
        quiet
        icon={<Cross size={13} />}
        label={`Remove condition ${at + 1}`}
        disabled={only}
        onClick={onRemove}
      />
    </div>
  )
}

function Value({ at, condition, zones, onChange }: Pick<ConditionRowProps, 'at' | 'condition' | 'zones' | 'onChange'>) {
  const label = `Value of condition ${at + 1}`
  if (condition.op === 'exists') return <span />
  if (condition.op === 'in') {
    return (
      <textarea
        className="text-field mono condition-values"
        aria-label={`${label}, one a line`}
        rows={Math.min(6, Math.max(2, condition.values.length + 1))}
        defaultValue={condition.values.join('\n')}
        onChange={({ target }) => onChange({ ...condition, values: linesOf(target.value) })}
      />
    )
  }
  if (condition.op === 'threshold_count') {
    return (
      <span className="condition-parts">
        <Figure
          label={`Count of condition ${at + 1}`}
          value={condition.count}
          min={2}
          max={1_000}
          onChange={(count) => onChange({ ...condition, count: Math.round(count) })}
        />
        <span className="t2 sm nowrap">times in</span>
        <Figure
          label={`Minutes of condition ${at + 1}`}
          value={condition.minutes}
          min={0.1}
          max={44_640}
          onChange={(minutes) => onChange({ ...condition, minutes })}
        />
        <span className="t2 sm">min</span>
      </span>
    )
  }
  if (condition.op === 'after_hours') {
    return (
      <span className="condition-parts">
        <Clock
          label={`Begin of working hours, condition ${at + 1}`}
          value={condition.from}
          onChange={(from) => onChange({ ...condition, from })}
        />
        <span className="t2">–</span>
        <Clock
          label={`End of working hours, condition ${at + 1}`}
          value={condition.to}
          onChange={(to) => onChange({ ...condition, to })}
        />
        <input
          className="text-field mono"
          list={zones}
          aria-label={`Zone of condition ${at + 1}`}
          value={condition.zone}
          onChange={({ target }) => onChange({ ...condition, zone: target.value })}
        />
        <span className="condition-days" role="group" aria-label="Working days">
          {weekdays.map((day) => (
            <button
              key={day}
              type="button"
              className="filter-chip"
              aria-pressed={condition.days.includes(day)}
              onClick={() =>
                onChange({
                  ...condition,
                  days: weekdays.filter((known) => condition.days.includes(known) !== (known === day)),
                })
              }
            >
              {capitalised(day)}
            </button>
          ))}
        </span>
      </span>
    )
  }
  return (
    <input
      className="text-field mono"
      aria-label={label}
      placeholder={condition.op === 'cidr' ? '10.0.0.0/8' : condition.op === 'eq' ? 'empty' : 'text'}
      maxLength={1_000}
      value={condition.value}
      onChange={({ target }) => onChange({ ...condition, value: target.value })}
    />
  )
}

type FigureProps = { label: string; value: number; min: number; max: number; onChange: (value: number) => void }

const Figure = ({ label, value, min, max, onChange }: FigureProps) => (
  <input
    className="text-field figure"
    type="number"
    aria-label={label}
    min={min}
    max={max}
    step="any"
    defaultValue={value}
    onChange={({ target }) => {
      const next = target.valueAsNumber
      if (Number.isFinite(next) && next >= min && next <= max) onChange(next)
    }}
  />
)

/** A time of day of 24 hours, kept once it is one. */
function Clock({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const [text, setText] = useState(value)
  const isClock = (typed: string) => /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(typed)
  return (
    <input
      className="text-field condition-clock num"
      aria-label={label}
      aria-invalid={!isClock(text)}
      placeholder="09:00"
      maxLength={5}
      value={text}
      onChange={({ target }) => {
        setText(target.value)
        if (isClock(target.value)) onChange(target.value)
      }}
    />
  )
}
