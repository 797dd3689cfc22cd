import { useId } from 'react'
import { Export } from '@blueprintjs/icons'
import type { Mapping } from '#contract/mappings'
import { FailureLine } from '../../../backend/FailureLine.tsx'
import { useCall, useCommand } from '../../../backend/query.ts'
import { useCommands } from '../../../state/commands.ts'
import { link } from '../../../state/places.ts'
import { navigate } from '../../../state/route.ts'
import { rememberExport } from '../../../state/ownExports.ts'
import { Action } from '../../../ui/Action.tsx'
import { FormField } from '../../../ui/FormField.tsx'
import { FormFoot, FormHead, FormPane } from '../../../ui/FormPane.tsx'
import { useUndo } from '../../../ui/Undo.tsx'
import { useFormDraft } from '../../../ui/useFormDraft.ts'
import { formatCount, formatNoun } from '../../../ui/formatNumber.ts'
import { zoneNames } from '../../../ui/zones.ts'
import { MappingColumns } from './MappingColumns.tsx'
import { draftOf } from './mappingDraft.ts'
import './mappings.css'

const DETECT = '\u0000detect'
const NONE = '\u0000none'
/** Columns by which it is recognised that are named. */
const USES_MAX = 40

/** One mapping: which files it is taken for and what it says of them. Datasets that are there stay as they are. */
export function MappingEditor({ mapping }: { mapping: Mapping }) {
  const zones = useId()
  const form = useFormDraft(draftOf(mapping), false)
  const { draft, edited } = form
  const { reading } = draft
  const { data: known } = useCall('datasets.profiles', {})
  const update = useCommand('mappings.update')
  const remove = useCommand('mappings.delete')
  const create = useCommand('mappings.create')
  const write = useCommand('mappings.export')
  const undo = useUndo()
  const lacking = draft.name.trim() === '' ? 'It needs a name.' : null
  const canSave = edited && lacking === null
  const say = (part: Partial<typeof reading>, dropped?: keyof typeof reading) => {
    const next = { ...reading, ...part }
    if (dropped) delete next[dropped]
    form.set({ ...draft, reading: next })
  }
  const save = () => {
    if (canSave) update.mutate({ id: mapping.id, ...draft }, { onSuccess: form.discard })
  }
  const drop = () =>
    remove.mutate(
      { id: mapping.id },
      {
        onSuccess: ({ name, headers, reading: said }) => {
          navigate(link.mappings(), { replace: true })
          if (headers.length === 0) undo.tell(`Mapping ${name} deleted`)
          else undo.offer(`Mapping ${name} deleted`, () => create.mutate({ name, headers, reading: said }))
        },
      },
    )
  useCommands([
    {
      id: 'mappings.save',
      title: 'Save the mapping',
      group: 'Evidence',
      keys: 'ctrl+s',
      when: () => canSave,
      run: save,
    },
  ])
  return (
    <FormPane
      label="Mapping"
      head={
        <FormHead
          label="Name of the mapping"
          name={draft.name}
          isNew={false}
          edited={edited}
          onName={(name) => form.set({ ...draft, name })}
        />
      }
      foot={
        <FormFoot
          save="Save mapping"
          remove="Delete the mapping"
          isNew={false}
          edited={edited}
          lacking={lacking}
          busy={update.isPending}
          onSave={save}
          onDiscard={() => (form.discard(), update.reset())}
          onRemove={drop}
          actions={
            mapping.headers.length > 0 && (
              <Action
                icon={<Export size={13} />}
                disabled={edited}
                busy={write.isPending}
                onClick={() => write.mutate({ ids: [mapping.id] }, { onSuccess: ({ jobId }) => rememberExport(jobId) })}
              >
                Export
              </Action>
            )
          }
          note={<span className="t3 sm">Holds for files imported from now on; datasets stay as they are.</span>}
          failure={<FailureLine failure={update.error ?? remove.error ?? write.error ?? create.error} />}
        />
      }
    >
      <Recognised mapping={mapping} />
      <div className="form-fields">
        <FormField label="Time column">
          {(named) => (
            <select
              {...named}
              className="text-field"
              value={reading.timeColumn === undefined ? DETECT : (reading.timeColumn ?? NONE)}
              onChange={({ target: { value } }) =>
                value === DETECT ? say({}, 'timeColumn') : say({ timeColumn: value === NONE ? null : value })
              }
            >
              <option value={DETECT}>As detected</option>
              <option value={NONE}>None, rows have no time</option>
              {[
                ...new Set([...(reading.timeColumn ? [reading.timeColumn] : []), ...mapping.headers.slice(0, 1_000)]),
              ].map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </FormField>
        <FormField label="Zone of times without one">
          {(named) => (
            <>
              <input
                {...named}
                className="text-field"
                list={zones}
                placeholder="As detected"
                maxLength={64}
                value={reading.timeZone ?? ''}
                onChange={({ target: { value } }) => (value === '' ? say({}, 'timeZone') : say({ timeZone: value }))}
              />
              <datalist id={zones}>
                {zoneNames().map((name) => (
                  <option key={name} value={name} />
                ))}
              </datalist>
            </>
          )}
        </FormField>
        <FormField label="Profile">
          {(named) => (
            <select
              {...named}
              className="text-field"
              value={reading.profile ?? DETECT}
              onChange={({ target: { value } }) => (value === DETECT ? say({}, 'profile') : say({ profile: value }))}
            >
              <option value={DETECT}>As detected</option>
              <option value="">None, map by column names</option>
              {known?.profiles.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </FormField>
      </div>
      <MappingColumns mapping={mapping} reading={reading} onChange={(next) => form.set({ ...draft, reading: next })} />
    </FormPane>
  )
}

/** By what a file is recognised, so that nobody wonders why it is or is not. */
function Recognised({ mapping: { headers, tool, uses } }: { mapping: Mapping }) {
  if (headers.length === 0)
    return (
      <p className="t2">
        Taken for files with the very same headers as the one it was made for, in any order and case.
      </p>
    )
  const of = tool ? `files of ${tool.name} (or of no known tool)` : 'files of no known tool'
  if (uses.length === 0)
    return (
      <p className="t2">
        {tool
          ? `Taken for files of ${tool.name}: it names no column.`
          : 'It names no column, so it is taken for files with the very same headers only.'}
      </p>
    )
  return (
    <p className="t2 mapping-uses">
      Taken for {of} with {uses.length === 1 ? 'this column' : 'these columns'} and at least half of the{' '}
      {formatNoun(headers.length, 'column')} of the file it was made for; others may come or go:{' '}
      {uses.slice(0, USES_MAX).map((name) => (
        <span key={name} className="chip mono">
          {name}
        </span>
      ))}
      {uses.length > USES_MAX && ` and ${formatCount(uses.length - USES_MAX)} more`}
    </p>
  )
}
