import type { Connection } from '#contract/connections'
import type { ReactNode } from 'react'
import { FormField } from '../../../ui/FormField.tsx'
import { formatCount } from '../../../ui/formatNumber.ts'
import type { Draft } from './connectionDrafts.ts'

type ConnectionFieldsProps = {
  saved: Connection | null
  draft: Draft
  keyRing: boolean
  onChange: (draft: Draft) => void
}

const kept: Readonly<Record<Connection['password'], string>> = {
  kept: 'Kept in the key ring of this computer; never shown again.',
  'this-run': 'Known until the program ends: this shell has no key ring.',
  missing: 'Not known any more. Enter it again.',
  none: 'None is set.',
}

/** Address, user and password; databases; TLS; what it may do and cost. */
export function ConnectionFields({ saved, draft, keyRing, onChange }: ConnectionFieldsProps) {
  const set = (change: Partial<Draft>) => onChange({ ...draft, ...change })
  const near = /^http:\/\/(?:127\.|localhost|\[::1\])/i.test(draft.url)
  const secure = /^https:/i.test(draft.url)
  const input = (label: string, value: string, change: (text: string) => void, more: object = {}, note?: ReactNode) => (
    <FormField label={label} note={note}>
      {(named) => (
        <input
          {...named}
          className="text-field"
          spellCheck={false}
          autoComplete="off"
          value={value}
          onChange={({ target }) => change(target.value)}
          {...more}
        />
      )}
    </FormField>
  )
  const number = (label: string, value: number, change: (value: number) => void, least: number, note: string) =>
    input(
      label,
      formatCount(value),
      (text) => change(Math.max(least, Math.round(Number(text.replace(/\D/g, '')) || 0))),
      { inputMode: 'numeric' },
      note,
    )
  return (
    <>
      <div className="form-fields">
        {input(
          'Address of the HTTP interface',
          draft.url,
          (url) => set({ url }),
          { maxLength: 1000, placeholder: 'https://clickhouse.example:8443', className: 'text-field mono' },
          draft.url !== '' && !secure && !near
            ? 'Without encryption: the password and all answers can be read on the way.'
            : undefined,
        )}
        {input('User', draft.user, (user) => set({ user }), { maxLength: 200 })}
        {input(
          'Password',
          draft.password ?? '',
          (password) => set({ password }),
          { type: 'password', maxLength: 4000, placeholder: saved && saved.password !== 'none' ? '••••••••' : '' },
          saved && draft.password === undefined
            ? kept[saved.password]
            : keyRing
              ? 'Kept in the key ring of this computer.'
              : 'This shell has no key ring: the password is forgotten when the program ends.',
        )}
        {input(
          'Database of detections, scores and views',
          draft.processingDatabase,
          (processingDatabase) => set({ processingDatabase }),
          { className: 'text-field mono', maxLength: 100 },
        )}
        {input('Database of http_logs', draft.logsDatabase, (logsDatabase) => set({ logsDatabase }), {
          className: 'text-field mono',
          maxLength: 100,
        })}
      </div>
      <fieldset className="form-part" disabled={!secure}>
        <legend className="med">Certificate</legend>
        <label className="line">
          <input type="checkbox" checked={draft.verifyTls} onChange={() => set({ verifyTls: !draft.verifyTls })} />
          <span>Check the certificate of the server</span>
        </label>
        {secure && !draft.verifyTls && (
          <p className="warn sm" role="alert">
            Whoever answers at this address is believed and gets the password. For trials only.
          </p>
        )}
        <FormField label="Certificate of the authority (PEM), where this computer does not know it">
          {(named) => (
            <textarea
              {...named}
              className="text-field mono"
              rows={3}
              spellCheck={false}
              maxLength={200_000}
              placeholder="-----BEGIN CERTIFICATE-----"
              value={draft.ca ?? ''}
              onChange={({ target }) => set({ ca: target.value === '' ? null : target.value })}
            />
          )}
        </FormField>
      </fieldset>
      <fieldset className="form-part">
        <legend className="med">What it may do and cost</legend>
        <label className="line">
          <input type="checkbox" checked={draft.allowWrite} onChange={() => set({ allowWrite: !draft.allowWrite })} />
          <span>Allow Huntbench to write there: verdicts, signatures, datasets</span>
        </label>
        <div className="form-fields form-halves">
          {number(
            'Seconds of one query',
            draft.maxSeconds,
            (maxSeconds) => set({ maxSeconds }),
            1,
            'Then it is stopped.',
          )}
          {number(
            'Ask above rows',
            draft.askAboveRows,
            (askAboveRows) => set({ askAboveRows }),
            0,
            'A panel that would read more asks first.',
          )}
          {number(
            'Rows one query may read',
            draft.maxRowsRead,
            (maxRowsRead) => set({ maxRowsRead }),
            1000,
            'Users who may set nothing keep to the limits of the server.',
          )}
          {number(
            'Bytes one query may read',
            draft.maxBytesRead,
            (maxBytesRead) => set({ maxBytesRead }),
            1_000_000,
            'As the rows.',
          )}
        </div>
      </fieldset>
    </>
  )
}
