import { useState } from 'react'
import { FloppyDisk, SendMessage, Trash } from '@blueprintjs/icons'
import type { Channel, ChannelDraft } from '#contract/notifications'
import { FailureLine } from '../../../backend/FailureLine.tsx'
import { useCommand } from '../../../backend/query.ts'
import { useCommands } from '../../../state/commands.ts'
import { link } from '../../../state/places.ts'
import { navigate } from '../../../state/route.ts'
import { Action } from '../../../ui/Action.tsx'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { formatNoun } from '../../../ui/formatNumber.ts'
import { ChannelFields } from './ChannelFields.tsx'
import { TestResult } from './TestResult.tsx'
import { unfinished } from './channelDrafts.ts'

type ChannelEditorProps = { hunt: string; saved: Channel | null; initial: ChannelDraft }

/** One channel: where it goes and what it tells. A test sends what stands here, saved or not. */
export function ChannelEditor({ hunt, saved, initial }: ChannelEditorProps) {
  const [changed, setChanged] = useState<ChannelDraft | null>(null)
  const [asking, setAsking] = useState(false)
  const create = useCommand('notifications.createChannel')
  const update = useCommand('notifications.updateChannel')
  const remove = useCommand('notifications.deleteChannel')
  const test = useCommand('notifications.test')
  const draft = changed ?? initial
  const edited = saved === null || (changed !== null && JSON.stringify(changed) !== JSON.stringify(initial))
  const lacking = unfinished(draft, saved)
  const canSave = edited && lacking === null
  const change = (next: ChannelDraft) => {
    setChanged(next)
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
    update.mutate({ id: saved.id, channel }, { onSuccess: () => setChanged(null) })
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
    <section className="channel-editor" aria-label="Channel" data-region="Channel">
      <div className="channel-body">
        <div className="channel-head">
          <input
            className="text-field channel-title"
            aria-label="Name of the channel"
            placeholder="Name of the channel"
            maxLength={200}
            autoFocus={saved === null}
            value={draft.name}
            onChange={({ target }) => change({ ...draft, name: target.value })}
          />
          {edited && <span className="chip">{saved ? 'edited' : 'not saved'}</span>}
          <span className="spring" />
          <label className="line">
            <input
              type="checkbox"
              role="switch"
              checked={draft.enabled}
              onChange={() => change({ ...draft, enabled: !draft.enabled })}
            />
            <span>{draft.enabled ? 'On' : 'Off'}</span>
          </label>
        </div>
        <ChannelFields hunt={hunt} saved={saved} draft={draft} onChange={change} />
      </div>
      <TestResult pending={test.isPending} outcome={test.data} failure={test.error} />
      <div className="channel-foot">
        <Action
          primary
          icon={<FloppyDisk size={13} />}
          disabled={!canSave}
          busy={create.isPending || update.isPending}
          onClick={save}
        >
          Save channel
        </Action>
        {edited && saved && <Action onClick={() => (setChanged(null), test.reset())}>Discard</Action>}
        <Action icon={<SendMessage size={13} />} disabled={lacking !== null} busy={test.isPending} onClick={send}>
          Send test
        </Action>
        {saved && (
          <Action quiet icon={<Trash size={13} />} label="Delete the channel" onClick={() => setAsking(true)} />
        )}
        <span className="spring" />
        <span className="t3 sm clip">{edited ? lacking : null}</span>
        <FailureLine failure={create.error ?? update.error ?? remove.error} />
      </div>
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
    </section>
  )
}
