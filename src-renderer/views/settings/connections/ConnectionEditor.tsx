import { useState } from 'react'
import { Offline } from '@blueprintjs/icons'
import type { Connection } from '#contract/connections'
import { FailureLine } from '../../../backend/FailureLine.tsx'
import { useCommand } from '../../../backend/query.ts'
import { useCommands } from '../../../state/commands.ts'
import { link } from '../../../state/places.ts'
import { navigate } from '../../../state/route.ts'
import { Action } from '../../../ui/Action.tsx'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { FormFoot, FormHead, FormPane } from '../../../ui/FormPane.tsx'
import { useFormDraft } from '../../../ui/useFormDraft.ts'
import { ConnectionFields } from './ConnectionFields.tsx'
import { ConnectionTested } from './ConnectionTested.tsx'
import { SentTables } from './SentTables.tsx'
import { keepsPassword, unfinished, type Draft } from './connectionDrafts.ts'

type ConnectionEditorProps = { saved: Connection | null; initial: Draft; keyRing: boolean }

/** One connection: where it leads, as whom, what it may cost. The test tries what stands here, saved or not. */
export function ConnectionEditor({ saved, initial, keyRing }: ConnectionEditorProps) {
  const form = useFormDraft(initial, saved === null)
  const { draft, edited } = form
  const [asking, setAsking] = useState(false)
  const create = useCommand('connections.create')
  const update = useCommand('connections.update')
  const remove = useCommand('connections.delete')
  const test = useCommand('connections.test')
  const lacking =
    unfinished(draft) ??
    (draft.password === undefined && !keepsPassword(draft, saved) ? 'Enter the password again.' : null)
  const canSave = edited && lacking === null
  const change = (next: Draft) => {
    form.set(next)
    test.reset()
  }
  const save = () => {
    if (!canSave) return
    if (saved) update.mutate({ id: saved.id, connection: draft }, { onSuccess: form.discard })
    else
      create.mutate({ connection: draft }, { onSuccess: ({ id }) => navigate(link.connections(id), { replace: true }) })
  }
  const tryIt = () => {
    if (lacking === null) test.mutate(saved ? { id: saved.id, connection: draft } : { connection: draft })
  }
  useCommands([
    {
      id: 'connections.save',
      title: 'Save the connection',
      group: 'SOC',
      keys: 'ctrl+s',
      when: () => canSave,
      run: save,
    },
    {
      id: 'connections.test',
      title: 'Test the connection',
      group: 'SOC',
      keys: 't',
      when: () => lacking === null,
      run: tryIt,
    },
  ])
  return (
    <>
      <FormPane
        label="Connection"
        head={
          <FormHead
            label="Name"
            placeholder="Name of the connection"
            name={draft.name}
            isNew={saved === null}
            edited={edited}
            onName={(name) => change({ ...draft, name })}
          />
        }
        foot={
          <FormFoot
            save="Save connection"
            remove="Delete the connection"
            isNew={saved === null}
            edited={edited}
            lacking={lacking}
            busy={create.isPending || update.isPending}
            onSave={save}
            onDiscard={() => (form.discard(), test.reset())}
            onRemove={() => setAsking(true)}
            actions={
              <>
                <Action icon={<Offline size={13} />} disabled={lacking !== null} busy={test.isPending} onClick={tryIt}>
                  Test connection
                </Action>
                {saved && !edited && <Action href={link.soc('overview', { conn: saved.id })}>Open in SOC</Action>}
              </>
            }
            failure={<FailureLine failure={create.error ?? update.error ?? remove.error} />}
          />
        }
      >
        <ConnectionFields saved={saved} draft={draft} keyRing={keyRing} onChange={change} />
        <ConnectionTested pending={test.isPending} tested={test.data} failure={test.error} />
        {saved && <SentTables connection={saved.id} />}
      </FormPane>
      <ConfirmDialog
        open={asking}
        title="Delete this connection"
        confirm="Delete connection"
        busy={remove.isPending}
        onClose={() => setAsking(false)}
        onConfirm={() => saved && remove.mutate({ id: saved.id }, { onSuccess: () => navigate(link.connections()) })}
      >
        “{saved?.name}” goes with its password. Nothing on the server is changed: tables that were sent there stay, and
        can then be neither asked nor dropped from here.
      </ConfirmDialog>
    </>
  )
}
