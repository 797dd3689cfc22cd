import { useState } from 'react'
import type { Output } from '#contract/contract'
import type { CanonicalField } from '#contract/values'
import { useCall } from '../../backend/query.ts'
import { Action } from '../../ui/Action.tsx'
import { EntityMark, entityOf } from '../../ui/EntityMark.tsx'
import { formatCount, formatNoun, formatPercent } from '../../ui/formatNumber.ts'
import { iocWord } from './datasetColumns.ts'
import { typeIcons } from './evidenceColumns.tsx'
import { FieldsPicker } from './FieldsPicker.tsx'
import { ReasonField } from './ReasonField.tsx'
import type { DatasetReading } from './useReading.ts'

const LINES_MAX = 300
/** As the value of a select: the profile stays. */
const KEEP = '\u0000keep'

type Changed = Readonly<Record<string, CanonicalField[]>>
type DatasetColumnsProps = {
  dataset: Output<'datasets.get'>
  reading: DatasetReading
}

/** The columns with what they were read as, how full they are and what they feed, which can be changed here. */
export function DatasetColumns({ dataset, reading }: DatasetColumnsProps) {
  const { columnList: columns, rows, timeColumn } = dataset
  const [filter, setFilter] = useState('')
  const [changed, setChanged] = useState<Changed>({})
  const [profile, setProfile] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const { data: known } = useCall('datasets.profiles', {})
  const wanted = filter.toLowerCase()
  const fieldsOf = (column: (typeof columns)[number]) => changed[column.name] ?? column.fields
  const found = columns.filter((column) =>
    [column.name, column.header, ...fieldsOf(column)].some((text) => text.toLowerCase().includes(wanted)),
  )
  const setFields = (name: string, before: readonly CanonicalField[], fields: CanonicalField[]) => {
    const next = { ...changed, [name]: fields }
    if (fields.length === before.length && fields.every((field) => before.includes(field))) delete next[name]
    setChanged(next)
  }
  const count = Object.keys(changed).length
  const profileChanged = profile !== null && profile !== (dataset.profile ?? '')
  const dirty = count > 0 || profileChanged
  const discard = () => (setChanged({}), setProfile(null), setReason(''))
  // What was chosen for another mapping is gone with it.
  const mapping = JSON.stringify([dataset.profile, columns.map((column) => column.fields)])
  const [seen, setSeen] = useState(mapping)
  if (seen !== mapping) {
    setSeen(mapping)
    discard()
  }
  return (
    <div className="dataset-part">
      <div className="line">
        <label className="line grow">
          <span className="t2 nowrap">Profile</span>
          <select
            className={profileChanged ? 'text-field grow changed' : 'text-field grow'}
            value={profile ?? KEEP}
            disabled={reading.busy}
            onChange={(event) => setProfile(event.target.value === KEEP ? null : event.target.value)}
          >
            <option value={KEEP}>{dataset.profileName ?? 'None, mapped by column names'}</option>
            {dataset.profile !== null && <option value="">None, map by column names</option>}
            {known?.profiles
              .filter((one) => one.id !== dataset.profile)
              .map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
          </select>
        </label>
        {columns.length > 12 && (
          <input
            className="text-field grow"
            placeholder="Find a column or field"
            aria-label="Find a column or field"
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
          />
        )}
      </div>
      {!dirty && (
        <p className="t3 sm">
          What is changed here is also used for other files with these headers. Cells stay as they are.
        </p>
      )}
      {dirty && (
        <form
          className="reading-apply"
          aria-label="Change the mapping"
          onSubmit={(event) => {
            event.preventDefault()
            reading.change({
              ...(count > 0 ? { fields: changed } : {}),
              ...(profileChanged ? { profile } : {}),
              reason,
            })
          }}
        >
          <p className="sm">
            {[
              count > 0 ? `${formatNoun(count, 'column')} mapped otherwise` : '',
              profileChanged ? 'another profile' : '',
            ]
              .filter(Boolean)
              .join(', ')}
            . Cells stay as they are. Files with the same headers will be read like this from now on.
          </p>
          <div className="line">
            <ReasonField value={reason} onChange={setReason} />
            <Action onClick={discard}>Discard</Action>
            <Action primary type="submit" disabled={reading.busy}>
              Apply
            </Action>
          </div>
        </form>
      )}
      <table className="table">
        <colgroup>
          <col />
          <col style={{ width: '38%' }} />
          <col style={{ width: 92 }} />
          <col style={{ width: 64 }} />
        </colgroup>
        <thead>
          <tr>
            <th>Column</th>
            <th>Feeds fields</th>
            <th>Type</th>
            <th className="num">Filled</th>
          </tr>
        </thead>
        <tbody>
          {found.slice(0, LINES_MAX).map((column) => (
            <tr key={column.position}>
              <td className="mono" title={column.header || column.name}>
                {column.name}
              </td>
              <td>
                <FieldsPicker
                  column={column.name}
                  value={fieldsOf(column)}
                  changed={Object.hasOwn(changed, column.name)}
                  disabled={reading.busy}
                  onChange={(fields) => setFields(column.name, column.fields, fields)}
                />
              </td>
              <td>
                <span
                  className="with-mark t2"
                  title={[
                    column.ioc ? `Indicators: ${iocWord(column.ioc)}` : column.type,
                    ...(column.name === timeColumn ? ['time of the row'] : []),
                    ...(column.iocsInText.length > 0
                      ? [`indicators in the text: ${column.iocsInText.map(iocWord).join(', ')}`]
                      : []),
                  ].join(', ')}
                >
                  {column.ioc ? <EntityMark type={entityOf(column.ioc)} size={12} /> : typeIcons[column.type]}
                  <span className="clip">
                    {column.ioc ? iocWord(column.ioc) : column.name === timeColumn ? 'row time' : column.type}
                  </span>
                </span>
              </td>
              <td className="num" title={formatNoun(column.filled, 'cell')}>
                {rows > 0 ? formatPercent(column.filled / rows) : formatCount(column.filled)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {found.length > LINES_MAX && (
        <p className="t3 sm">
          {formatCount(LINES_MAX)} of {formatNoun(found.length, 'column')} shown. The filter above finds the others.
        </p>
      )}
      {found.length === 0 && <p className="t3 sm">No column is named like this.</p>}
    </div>
  )
}
