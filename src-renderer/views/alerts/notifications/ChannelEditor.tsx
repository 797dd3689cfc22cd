import { useState } from 'react'
import { SendMessage } from '@blueprintjs/icons'
import type { Channel, ChannelDraft } from '#contract/notifications'
import { FailureLine } from '../../../backend/FailureLine.tsx'
import { useCommand } from '../../../backend/query.ts'
import { useCommands } from '../../../state/commands.ts'
import { link } from '../../../state/places.ts'
import { navigate } from '../../../state/route.ts'
import { Action } from '../../../ui/Action.tsx'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { FormFoot, FormHead, FormPane } from '../../../ui/FormPane.tsx'
import { formatNoun } from '../../../ui/formatNumber.ts'
import { useFormDraft } from '../../../ui/useFormDraft.ts'
import { ChannelFields } from './ChannelFields.tsx'
import { TestResult } from './TestResult.tsx'
import { unfinished } from './channelDrafts.ts'

type ChannelEditorProps = { hunt: string; saved: Channel | null; initial: ChannelDraft }

/** One channel: where it goes and what it tells. A test sends what stands here, saved or not. */
export function ChannelEditor({ hunt, saved, initial }: ChannelEditorProps) {
  const form = useFormDraft(initial, saved === null)
  const { draft, edited } = form
  const [asking, setAsking] = useState(false)
  const create = useCommand('notifications.createChannel')
  const update = useCommand('notifications.updateChannel')
  const remove = useCommand('notifications.deleteChannel')
  const test = useCommand('notifications.test')
  const lacking = unfinished(draft, saved)
  const canSave = edited && lacking === null
  const change = (next: ChannelDraft) => {
    form.set(next)
    test.reset()
  }
  const save = () => {
    if (!canSave) return
    if (!saved) {
      create.mutate(
        { channel: draft },
        { onSuccess: ({ id }) => navigate(link.notifications(hunt, id), { replace: true }) },
      )
      return
    }
    const { kind: _kind, ...channel } = draft
    update.mutate({ id: saved.id, channel }, { onSuccess: form.discard })
  }
  const send = () => {
    if (lacking !== null) return
    test.mutate(saved ? { id: saved.id, channel: draft } : { channel: draft })
  }
  useCommands([
    {
      id: 'notifications.save',
      title: 'Save the channel',
      group: 'Alerts',
      keys: 'ctrl+s',
      when: () => canSave,
      run: save,
    },
    {
      id: 'notifications.test',
      title: 'Send a test message',
      group: 'Alerts',
      keys: 't',
      when: () => lacking === null,
      run: send,
    },
  ])
  return (
    <>
      <FormPane
        label="Channel"
        head={
          <FormHead
            label="Name of the channel"
            name={draft.name}
            isNew={saved === null}
            edited={edited}
            onName={(name) => change({ ...draft, name })}
            on={draft.enabled}
            onToggle={() => change({ ...draft, enabled: !draft.enabled })}
          />
        }
        above={<TestResult pending={test.isPending} outcome={test.data} failure={test.error} />}
        foot={
          <FormFoot
            save="Save channel"
            remove="Delete the channel"
            isNew={saved === null}
            edited={edited}
            lacking={lacking}
            busy={create.isPending || update.isPending}
            onSave={save}
            onDiscard={() => (form.discard(), test.reset())}
            onRemove={() => setAsking(true)}
            actions={
              <Action icon={<SendMessage size={13} />} disabled={lacking !== null} busy={test.isPending} onClick={send}>
                Send test
              </Action>
            }
            failure={<FailureLine failure={create.error ?? update.error ?? remove.error} />}
          />
        }
      >
        <ChannelFields hunt={hunt} saved={saved} draft={draft} onChange={change} />
      </FormPane>
      <ConfirmDialog
        open={asking}
        title="Delete this channel"
        confirm="Delete channel"
        busy={remove.isPending}
        onClose={() => setAsking(false)}
        onConfirm={() =>
          saved && remove.mutate({ id: saved.id }, { onSuccess: () => navigate(link.notifications(hunt)) })
        }
      >
        “{saved?.name}” goes with its address and its log
        {(saved?.pending ?? 0) > 0 && `; ${formatNoun(saved?.pending ?? 0, 'notification')} that wait are not sent`}.
      </ConfirmDialog>
    </>
  )
}
