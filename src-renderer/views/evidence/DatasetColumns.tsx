import { useMemo, useState } from 'react'
import type { Output } from '#contract/contract'
import type { Reading } from '#contract/datasets'
import { useCall } from '../../backend/query.ts'
import { Action } from '../../ui/Action.tsx'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { withPartsBehind } from '../../ui/withPartsBehind.ts'
import { DatasetColumnRow } from './DatasetColumnRow.tsx'
import { ReasonField } from './ReasonField.tsx'
import type { DatasetReading } from './useReading.ts'

const LINES_MAX = 300
/** As the value of a select: the profile stays. */
const KEEP = '\u0000keep'

type DatasetColumnsProps = {
  dataset: Output<'datasets.get'>
  reading: DatasetReading
}

/** The columns with what they were read as, how full they are and what they feed, which can be changed here. */
export function DatasetColumns({ dataset, reading }: DatasetColumnsProps) {
  const { columnList: columns } = dataset
  const [filter, setFilter] = useState('')
  const [changed, setChanged] = useState<Reading>({})
  const [profile, setProfile] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const { data: known } = useCall('datasets.profiles', {})
  const wanted = filter.toLowerCase()
  const ordered = useMemo(() => withPartsBehind(columns), [columns])
  const found = ordered.filter((column) =>
    [column.name, column.header, ...(changed.fields?.[column.name] ?? column.fields)].some((text) =>
      text.toLowerCase().includes(wanted),
    ),
  )
  const shownFirst = columns
    .filter((column) => column.first !== undefined)
    .toSorted((a, b) => (a.first ?? 0) - (b.first ?? 0))
    .map(({ name }) => name)
  const first = changed.first ?? shownFirst
  const otherFields = Object.keys(changed.fields ?? {}).length
  const otherSplits = Object.keys(changed.splits ?? {}).length
  const otherFirst = first.join('\n') !== shownFirst.join('\n')
  const profileChanged = profile !== null && profile !== (dataset.profile ?? '')
  const dirty = otherFields > 0 || otherSplits > 0 || otherFirst || profileChanged
  const discard = () => (setChanged({}), setProfile(null), setReason(''))
  // What was chosen for another mapping is gone with it.
  const mapping = JSON.stringify([
    dataset.profile,
    columns.map(({ fields, packed, first: place }) => [fields, packed, place]),
  ])
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
          What is changed here is kept as a mapping for files like this one. Cells stay as they are.
        </p>
      )}
      {dirty && (
        <form
          className="reading-apply"
          aria-label="Change the mapping"
          onSubmit={(event) => {
            event.preventDefault()
            reading.change({
              ...(otherFields > 0 ? { fields: changed.fields } : {}),
              ...(otherSplits > 0 ? { splits: changed.splits } : {}),
              ...(otherFirst ? { first: [...first] } : {}),
              ...(profileChanged ? { profile } : {}),
              reason,
            })
          }}
        >
          <p className="sm">
            {[
              otherFields > 0 ? `${formatNoun(otherFields, 'column')} mapped otherwise` : '',
              otherSplits > 0 ? `${formatNoun(otherSplits, 'packed column')} taken apart otherwise` : '',
              otherFirst ? 'other columns shown first' : '',
              profileChanged ? 'another profile' : '',
            ]
              .filter(Boolean)
              .join(', ')}
            . Cells stay as they are. Files like this one will be read like this from now on.
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
          <col style={{ width: '32%' }} />
          <col style={{ width: 112 }} />
          <col style={{ width: 60 }} />
          <col style={{ width: 48 }} />
        </colgroup>
        <thead>
          <tr>
            <th>Column</th>
            <th>Feeds fields</th>
            <th>Type</th>
            <th className="num">Filled</th>
            <th title="Shown before all other columns, in the order in which they are chosen">First</th>
          </tr>
        </thead>
        <tbody>
          {found.slice(0, LINES_MAX).map((column) => (
            <DatasetColumnRow
              key={column.position}
              dataset={dataset}
              column={column}
              changed={changed}
              first={first}
              busy={reading.busy}
              onChange={setChanged}
            />
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
