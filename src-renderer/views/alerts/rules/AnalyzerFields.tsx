import type { AnalyzerRule } from '#contract/rules'
import { useCall } from '../../../backend/query.ts'
import { FormField } from '../../../ui/FormField.tsx'
import { AnalyzerForm } from '../AnalyzerForm.tsx'
import type { FormValues } from '../configFields.ts'

/** Which analyzer runs, and its settings. */
export function AnalyzerFields({ draft, onChange }: { draft: AnalyzerRule; onChange: (draft: AnalyzerRule) => void }) {
  const { data } = useCall('analyzers.list', {})
  const chosen = data?.analyzers.find(({ name }) => name === draft.analyzer)
  return (
    <>
      <FormField label="Analyzer" className="form-narrow">
        {(named) => (
          <select
            {...named}
            className="text-field"
            value={draft.analyzer}
            onChange={({ target }) => onChange({ ...draft, analyzer: target.value, config: {} })}
          >
            {data?.analyzers.map(({ name, title }) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </select>
        )}
      </FormField>
      {chosen && <p className="t2 rule-text">{chosen.description}</p>}
      <p className="t3 sm rule-text">An analyzer that has rules runs by them alone when files are imported.</p>
      {chosen && (
        <AnalyzerForm
          key={chosen.name}
          analyzer={chosen}
          values={formValues(draft.config)}
          onValues={(values) => onChange({ ...draft, config: { ...values } })}
        />
      )}
    </>
  )
}

/** Settings as the form shows them; what it does not know stays out of it. */
function formValues(config: AnalyzerRule['config']): FormValues {
  const values: Record<string, FormValues[string]> = {}
  for (const [key, value] of Object.entries(config)) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') values[key] = value
    else if (Array.isArray(value)) values[key] = value.filter((item) => typeof item === 'string')
  }
  return values
}
