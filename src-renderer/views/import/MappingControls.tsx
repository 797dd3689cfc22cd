import { useId } from 'react'
import type { Dialect, Preview } from '#contract/datasets'
import { useCall } from '../../backend/query.ts'
import { Control } from './Control.tsx'

const DETECT = '\u0000detect'
const NONE = '\u0000none'
/** The list of the control; the settings have all. */
const LIST_MAX = 200

type MappingControlsProps = {
  dialect: Dialect
  preview: Preview
  onChange: (dialect: Dialect) => void
}

/** Which mapping of one's own holds for the file; only where there is any. */
export function MappingControl({ dialect, preview, onChange }: MappingControlsProps) {
  const { data } = useCall('mappings.list', { limit: LIST_MAX })
  if (!data || data.total === 0) return null
  const { remembered, mapping, ...others } = dialect
  const own = remembered === false || mapping !== undefined
  const shown = preview.mapping
  const listed = data.mappings.map(({ id, name }) => ({ value: id, label: name }))
  const more = shown && listed.every(({ value }) => value !== shown.id) ? [{ value: shown.id, label: shown.name }] : []
  return (
    <Control
      label="Mapping"
      own={own}
      title="What was said of files like this one before; the profile is below it"
      value={shown?.id ?? NONE}
      choices={[
        ...(own ? [{ value: DETECT, label: 'Detect' }] : []),
        { value: NONE, label: shown || own ? 'None' : 'None fits' },
        ...more,
        ...listed,
      ]}
      onChange={(value) =>
        onChange(
          value === DETECT ? others : value === NONE ? { ...others, remembered: false } : { ...others, mapping: value },
        )
      }
    />
  )
}

/** What is set here holds for others: under which name it is kept. */
const LASTING: readonly (keyof Dialect)[] = [
  'fields',
  'profile',
  'timeColumn',
  'timeZone',
  'dayFirst',
  'splits',
  'first',
]

export function RememberAs({ dialect, preview, onChange }: MappingControlsProps) {
  const id = useId()
  if (!preview.header || !LASTING.some((key) => dialect[key] !== undefined)) return null
  const file = preview.file.split('/').at(-1) ?? preview.file
  return (
    <div className="import-control">
      <label htmlFor={id} className="own">
        Remember as
      </label>
      <div>
        <input
          id={id}
          className="text-field"
          maxLength={200}
          placeholder={preview.mapping?.name ?? file}
          value={dialect.rememberAs ?? ''}
          onChange={({ target: { value } }) => {
            const { rememberAs: _, ...others } = dialect
            onChange(value === '' ? others : { ...others, rememberAs: value })
          }}
        />
        <p className="t3 sm">What you set is kept as a mapping for files like this one</p>
      </div>
    </div>
  )
}
