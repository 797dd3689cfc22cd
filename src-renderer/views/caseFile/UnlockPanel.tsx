import { useState } from 'react'
import type { AppError } from '#contract/appError'
import type { CaseFileInspection } from '#contract/caseFiles'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { Action } from '../../ui/Action.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { formatBytes } from '../../ui/formatNumber.ts'
import type { CaseKey } from './OpenTab.tsx'

type UnlockProps = {
  inspection: CaseFileInspection
  busy: boolean
  failure: AppError | null
  onUnlock: (key: CaseKey) => void
}

/** Asks for what opens an encrypted file. */
export function UnlockPanel({ inspection, busy, failure, onUnlock }: UnlockProps) {
  const [text, setText] = useState('')
  const byKey = inspection.encrypted === 'recipients'
  return (
    <Panel title={inspection.file} sub={`${formatBytes(inspection.size)}, encrypted with age`}>
      <form
        className="case-file-unlock"
        onSubmit={(event) => {
          event.preventDefault()
          if (text !== '') onUnlock(byKey ? { identity: text.trim() } : { passphrase: text })
        }}
      >
        <label>
          <span className="t2 sm">{byKey ? 'Secret key' : 'Passphrase'}</span>
          <input
            className="text-field mono"
            type="password"
            autoFocus
            autoComplete="off"
            placeholder={byKey ? 'AGE-SECRET-KEY-1…' : ''}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        </label>
        <Action primary type="submit" busy={busy} disabled={text === ''}>
          Open the file
        </Action>
      </form>
      <p className="t3 sm">
        {byKey
          ? 'It was encrypted for the holders of certain keys. The key is used once and not kept.'
          : 'Whoever sent the file knows it. It is used once and not kept.'}
      </p>
      <FailureLine failure={failure} />
    </Panel>
  )
}
