import { useId } from 'react'
import type { AnalyzerInfo } from '#contract/analyzers'
import { Action } from '../../ui/Action.tsx'
import { configFields, type ConfigField, type FormValues } from './configFields.ts'

type AnalyzerFormProps = { analyzer: AnalyzerInfo; values: FormValues; onValues: (values: FormValues) => void }

/** The settings of an analyzer, drawn from its JSON Schema: a new analyzer needs nothing here. */
export function AnalyzerForm({ analyzer, values, onValues }: AnalyzerFormProps) {
  const fields = configFields(analyzer.configSchema, analyzer.config)
  const set = (field: ConfigField, value: FormValues[string]) => {
    const { [field.key]: _before, ...others } = values
    const same = JSON.stringify(value) === JSON.stringify(field.initial)
    onValues(same ? others : { ...others, [field.key]: value })
  }
  return (
    <div className="analyzer-form">
      {fields.map((field) => (
        <Field
          key={`${field.key} ${values[field.key] === undefined}`}
          field={field}
          value={values[field.key]}
          onChange={(value) => set(field, value)}
        />
      ))}
      {Object.keys(values).length > 0 && (
        <Action quiet onClick={() => onValues({})}>
          Use the defaults
        </Action>
      )}
    </div>
  )
}

function Field({
  field,
  value,
  onChange,
}: {
  field: ConfigField
  value: FormValues[string] | undefined
  onChange: (value: FormValues[string]) => void
}) {
  const id = useId()
  const now = value ?? field.initial
  return (
    <div className="config-field">
      <label htmlFor={id}>
        <span className="mono">{field.key}</span>
        {field.label !== field.key && <span className="t2 sm">{field.label}</span>}
      </label>
      {field.kind === 'boolean' ? (
        <input id={id} type="checkbox" checked={now === true} onChange={(event) => onChange(event.target.checked)} />
      ) : field.kind === 'number' ? (
        <input
          id={id}
          className="text-field figure"
          type="number"
          step={field.whole ? 1 : 'any'}
          min={field.min}
          max={field.max}
          defaultValue={Number(now)}
          onBlur={(event) => Number.isFinite(event.target.valueAsNumber) && onChange(event.target.valueAsNumber)}
        />
      ) : (
        <input
          id={id}
          className="text-field mono"
          type="text"
          defaultValue={Array.isArray(now) ? now.join(', ') : String(now)}
          onBlur={(event) =>
            onChange(field.kind === 'list' ? listOf(event.target.value, field.numbers) : event.target.value)
          }
        />
      )}
    </div>
  )
}

function listOf(text: string, numbers: boolean): string[] | number[] {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  return numbers ? parts.map(Number).filter(Number.isFinite) : parts
}
