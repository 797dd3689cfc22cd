import { useId, useMemo, useState } from 'react'
import type { Column, Dialect, Preview } from '#contract/datasets'
import { useCall } from '../../backend/query.ts'
import { SkewField } from '../../ui/SkewField.tsx'
import { formatNoun } from '../../ui/formatNumber.ts'
import { zoneMeaning } from '../../ui/zoneNote.ts'
import { Control } from './Control.tsx'
import { DayMonthControls } from './DayMonthControls.tsx'
import { MappingControl, RememberAs } from './MappingControls.tsx'
import { delimiters, encodings, quotes, timeFormatText, withDetected, zoneNames } from './dialectChoices.ts'

/** '' as the value of a select that stands for something left to detection. */
const DETECT = '\u0000detect'
const NONE = '\u0000none'
const detect = { value: DETECT, label: 'Detect' }

type DialectFormProps = {
  dialect: Dialect
  /** null: the file could not be read so far; the choices may help. */
  preview: Preview | null
  onChange: (dialect: Dialect) => void
}

/** How the file is read. Every change reads its beginning anew. */
export function DialectForm({ dialect, preview, onChange }: DialectFormProps) {
  const change = (part: Partial<Dialect>, ...dropped: (keyof Dialect)[]) => {
    const next = { ...dialect, ...part }
    for (const key of dropped) delete next[key]
    onChange(next)
  }
  const choose = (key: 'encoding' | 'delimiter' | 'quote') => (value: string) =>
    value === DETECT ? change({}, key) : change({ [key]: value })
  const { data: known } = useCall('datasets.profiles', {})
  const columns = preview?.columns ?? []
  const inFile = formatNoun(columns.filter(({ derivedFrom }) => derivedFrom === null).length, 'column')
  const changed = Object.keys(dialect).some((key) => key !== 'remembered' && key !== 'mapping')
  const skewId = useId()
  const offered = (choices: typeof encodings, detected: string | undefined) => [
    ...(preview ? [] : [detect]),
    ...(detected === undefined ? choices : withDetected(choices, detected)),
  ]
  return (
    <div className="import-controls">
      {preview && <MappingControl dialect={dialect} preview={preview} onChange={onChange} />}
      {preview && (
        <Control
          label="Profile"
          own={dialect.profile !== undefined}
          value={preview.profile ?? ''}
          choices={[
            ...(dialect.profile === undefined ? [] : [{ value: DETECT, label: 'Detect' }]),
            { value: '', label: 'None, map by column names' },
            ...(known?.profiles ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(value) => (value === DETECT ? change({}, 'profile') : change({ profile: value }))}
        />
      )}
      <Control
        label="Encoding"
        own={dialect.encoding !== undefined}
        value={preview?.encoding ?? dialect.encoding ?? DETECT}
        choices={offered(encodings, preview?.encoding)}
        onChange={choose('encoding')}
      />
      <Control
        label="Delimiter"
        own={dialect.delimiter !== undefined}
        value={preview?.delimiter ?? dialect.delimiter ?? DETECT}
        choices={offered(delimiters, preview?.delimiter)}
        onChange={choose('delimiter')}
      />
      <Control
        label="Quote"
        own={dialect.quote !== undefined}
        value={preview?.quote ?? dialect.quote ?? DETECT}
        choices={offered(quotes, preview?.quote)}
        onChange={choose('quote')}
      />
      <Control
        label="Header"
        own={dialect.header !== undefined}
        value={preview ? String(preview.header) : dialect.header === undefined ? DETECT : String(dialect.header)}
        choices={[
          ...(preview ? [] : [detect]),
          {
            value: 'true',
            label: preview?.headerLine
              ? `Line ${preview.headerLine}, ${inFile}`
              : preview?.delimiter === ''
                ? `Keys of the objects, ${inFile}`
                : 'First line',
          },
          { value: 'false', label: 'None, every line is data' },
        ]}
        onChange={(value) =>
          value === DETECT
            ? change({}, 'header')
            : change({ header: value === 'true' }, 'fields', 'timeColumn', 'dayFirst', 'splits', 'first')
        }
      />
      {preview && (
        <>
          <Control
            label="Time column"
            own={dialect.timeColumn !== undefined}
            value={preview.timeColumn ?? NONE}
            choices={[
              { value: NONE, label: 'None, rows have no time' },
              ...columns.slice(0, 1_000).map((column) => ({
                value: column.name,
                label: column.type === 'time' ? `${column.name} · ${timeFormatText(column.timeFormat)}` : column.name,
              })),
            ]}
            onChange={(value) => change({ timeColumn: value === NONE ? null : value })}
          />
          <DayMonthControls
            preview={preview}
            dayFirst={dialect.dayFirst}
            onChange={(dayFirst) => change({ dayFirst })}
          />
          <ZoneControl
            zone={dialect.timeZone ?? preview.timeZone}
            own={dialect.timeZone !== undefined}
            ofMapping={dialect.timeZone === undefined && preview.mapping?.reading.timeZone !== undefined}
            column={columns.find(({ name }) => name === preview.timeColumn)}
            onChange={(timeZone) => change({ timeZone })}
          />
          <div className="import-control">
            <label htmlFor={skewId} className={dialect.skewSeconds ? 'own' : 't2'}>
              Clock skew
            </label>
            <div>
              <SkewField
                id={skewId}
                value={dialect.skewSeconds ?? 0}
                onChange={(seconds) => (seconds === 0 ? change({}, 'skewSeconds') : change({ skewSeconds: seconds }))}
              />
            </div>
          </div>
        </>
      )}
      {preview && <RememberAs dialect={dialect} preview={preview} onChange={onChange} />}
      {changed && (
        <button type="button" className="link-button sm import-reset" onClick={() => onChange(onlyMapping(dialect))}>
          As detected
        </button>
      )}
    </div>
  )
}

/** As detected, under the mapping that was chosen. */
const onlyMapping = ({ remembered, mapping }: Dialect): Dialect => ({
  ...(remembered === undefined ? {} : { remembered }),
  ...(mapping === undefined ? {} : { mapping }),
})

type ZoneControlProps = {
  zone: string
  own: boolean
  /** A mapping of before says it. */
  ofMapping: boolean
  /** The time of the row; absent: there is none. */
  column: Column | undefined
  onChange: (zone: string) => void
}

function ZoneControl({ zone, own, ofMapping, column, onChange }: ZoneControlProps) {
  const id = useId()
  const names = useMemo(() => zoneNames(), [])
  // What is being typed, whatever a preview answers meanwhile.
  const [text, setText] = useState<string | null>(null)
  const choose = (value: string) => value !== '' && value !== zone && onChange(value)
  const commit = () => {
    if (text !== null) choose(text.trim())
    setText(null)
  }
  return (
    <div className="import-control">
      <label htmlFor={id} className={own ? 'own' : 't2'}>
        Zone
      </label>
      <div>
        <input
          id={id}
          className="text-field"
          list={`${id}-zones`}
          value={text ?? zone}
          title="Zone of times without one: a name such as Europe/Vienna, or an offset such as +02:00"
          onChange={(event) => {
            setText(event.target.value)
            if (names.includes(event.target.value)) choose(event.target.value)
          }}
          onBlur={commit}
          onKeyDown={(event) => event.key === 'Enter' && commit()}
        />
        <datalist id={`${id}-zones`}>
          {names.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        {column && (
          <p className="t3 sm">
            {ofMapping && column.timeZoneSource === 'user' ? 'set by your mapping' : zoneMeaning(column)}
          </p>
        )}
      </div>
    </div>
  )
}
