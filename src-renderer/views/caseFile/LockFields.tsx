import { useState } from 'react'
import { EyeOff, EyeOpen } from '@blueprintjs/icons'
import { Action } from '../../ui/Action.tsx'
import { Segmented } from '../../ui/Segmented.tsx'

export type LockDraft = { by: 'passphrase' | 'recipients' | 'none'; passphrase: string; recipients: string }

/** Characters of a passphrase at least. */
const PASSPHRASE_MIN = 8

const recipientsOf = (text: string): string[] => text.split(/[\s,;]+/).filter((one) => one !== '')

/** What a call is told; null: something is missing. */
export function lockOf({
  by,
  passphrase,
  recipients,
}: LockDraft): { passphrase?: string; recipients?: string[] } | null {
  if (by === 'none') return {}
  if (by === 'passphrase') return passphrase.length < PASSPHRASE_MIN ? null : { passphrase }
  const all = recipientsOf(recipients)
  return all.length === 0 || all.some((one) => !one.startsWith('age1')) ? null : { recipients: all }
}

/** How a case file is encrypted. */
export function LockFields({ lock, onChange }: { lock: LockDraft; onChange: (lock: LockDraft) => void }) {
  const [shown, setShown] = useState(false)
  return (
    <fieldset className="case-file-choices">
      <legend className="t2 sm">Encryption</legend>
      <div className="line case-file-lock">
        <Segmented
          label="Encryption"
          value={lock.by}
          options={[
            { value: 'passphrase', label: 'Passphrase' },
            { value: 'recipients', label: 'Recipients' },
            { value: 'none', label: 'None' },
          ]}
          onChange={(by) => onChange({ ...lock, by })}
        />
        {lock.by === 'passphrase' && (
          <>
            <input
              className="text-field mono"
              type={shown ? 'text' : 'password'}
              aria-label="Passphrase"
              autoComplete="new-password"
              placeholder={`At least ${PASSPHRASE_MIN} characters`}
              value={lock.passphrase}
              onChange={({ target }) => onChange({ ...lock, passphrase: target.value })}
            />
            <Action
              quiet
              icon={shown ? <EyeOff size={14} /> : <EyeOpen size={14} />}
              label={shown ? 'Hide the passphrase' : 'Show the passphrase'}
              onClick={() => setShown(!shown)}
            />
          </>
        )}
        {lock.by === 'recipients' && (
          <textarea
            className="text-field mono"
            rows={2}
            aria-label="Recipients"
            spellCheck={false}
            placeholder="age1… one a line"
            value={lock.recipients}
            onChange={({ target }) => onChange({ ...lock, recipients: target.value })}
          />
        )}
      </div>
      <p className="t3 sm">
        {lock.by === 'passphrase'
          ? 'age v1. The passphrase cannot be recovered. Send it by another way than the file.'
          : lock.by === 'recipients'
            ? 'age v1. Only the holders of these keys can open the file; you cannot, unless one of them is yours.'
            : 'Whoever gets the file can read it. Its hashes show damage, not who altered it.'}
      </p>
    </fieldset>
  )
}
