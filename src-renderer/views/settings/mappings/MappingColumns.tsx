import { useState } from 'react'
import { Cross } from '@blueprintjs/icons'
import type { Mapping, MappingReading } from '#contract/mappings'
import { CellText } from '../../../grid/CellText.tsx'
import { Action } from '../../../ui/Action.tsx'
import { dayFirstText } from '../../../ui/dayMonth.ts'
import { FieldsPicker } from '../../../ui/FieldsPicker.tsx'
import { Segmented } from '../../../ui/Segmented.tsx'
import { ShownFirst, withShownFirst } from '../../../ui/ShownFirst.tsx'
import { formatCount, formatNoun } from '../../../ui/formatNumber.ts'
import { packedText } from '../../../ui/packedText.ts'
import { columnsOf, without } from './mappingDraft.ts'

const LINES_MAX = 300

type MappingColumnsProps = { mapping: Mapping; reading: MappingReading; onChange: (reading: MappingReading) => void }

/** What a mapping says of each column. */
export function MappingColumns({ mapping, reading, onChange }: MappingColumnsProps) {
  const [show, setShow] = useState<'said' | 'all'>('said')
  const { said, others } = columnsOf(mapping, reading)
  const list = show === 'said' ? said : [...said, ...others]
  const first = reading.first ?? []
  const more = (name: string): string => {
    const [split, order] = [reading.splits?.[name], reading.dayFirst?.[name]]
    return [
      split === undefined ? '' : split === null ? 'left whole' : `taken apart: ${packedText(split)}`,
      order === undefined ? '' : dayFirstText(order),
    ]
      .filter(Boolean)
      .join(', ')
  }
  return (
    <section aria-label="Columns of the mapping">
      <div className="line mapping-columns-head">
        <h2>Columns</h2>
        <span className="spring" />
        <Segmented
          label="Columns to show"
          value={show}
          onChange={setShow}
          options={[
            { value: 'said', label: `Said ${formatCount(said.length)}` },
            { value: 'all', label: `All ${formatCount(said.length + others.length)}` },
          ]}
        />
      </div>
      <table className="table mapping-columns">
        <colgroup>
          <col style={{ width: '30%' }} />
          <col style={{ width: '28%' }} />
          <col />
          <col style={{ width: 84 }} />
          <col style={{ width: 44 }} />
        </colgroup>
        <thead>
          <tr>
            <th>Column in file</th>
            <th>Fields</th>
            <th>Cells</th>
            <th>Show first</th>
            <th>
              <span className="visually-hidden">Say nothing</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {list.slice(0, LINES_MAX).map((name) => (
            <tr key={name}>
              <td className="mono" title={name}>
                <CellText text={name} width={260} />
              </td>
              <td>
                <FieldsPicker
                  column={name}
                  value={reading.fields?.[name] ?? []}
                  changed={false}
                  disabled={false}
                  none={reading.fields?.[name] ? 'no field' : 'as detected'}
                  onChange={(fields) => onChange({ ...reading, fields: { ...reading.fields, [name]: fields } })}
                />
              </td>
              <td className="t2 sm">{more(name)}</td>
              <td>
                <ShownFirst
                  column={name}
                  place={first.includes(name) ? first.indexOf(name) : null}
                  onChange={(shown) => onChange({ ...reading, first: withShownFirst(first, name, shown) })}
                />
              </td>
              <td className="mapping-drop">
                {said.includes(name) && (
                  <Action
                    quiet
                    icon={<Cross size={12} />}
                    label={`Say nothing of ${name}`}
                    onClick={() => onChange(without(reading, name))}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {list.length > LINES_MAX && (
        <p className="t3 sm">
          {formatCount(LINES_MAX)} of {formatNoun(list.length, 'column')} shown.
        </p>
      )}
      {list.length === 0 && <p className="t3 sm">It says nothing of single columns.</p>}
    </section>
  )
}
