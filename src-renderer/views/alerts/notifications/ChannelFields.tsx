import type { Channel, ChannelDraft } from '#contract/notifications'
import { channelKinds, severities, type Severity } from '#contract/values'
import { FormField } from '../../../ui/FormField.tsx'
import { Segmented } from '../../../ui/Segmented.tsx'
import { capitalised } from '../../../ui/capitalised.ts'
import { addressExamples, kindNames } from './channelDrafts.ts'
import { DesktopNote } from './DesktopNote.tsx'

type ChannelFieldsProps = {
  hunt: string
  saved: Channel | null
  draft: ChannelDraft
  onChange: (draft: ChannelDraft) => void
}

const addressNotes: Readonly<Record<Channel['address'], string>> = {
  kept: 'Kept in the key ring of this computer; it is never shown again. Enter another one to replace it.',
  'this-run': 'This shell has no key ring: the address is forgotten when the program ends.',
  missing: 'The address is not known any more: enter it again. What waits is sent then.',
  none: '',
}

const worse = (a: Severity, b: Severity): Severity => (severities.indexOf(a) < severities.indexOf(b) ? a : b)
const lesser = (a: Severity, b: Severity): Severity => (severities.indexOf(a) > severities.indexOf(b) ? a : b)

type SeverityFieldProps = { label: string; value: Severity; onChange: (severity: Severity) => void }

function SeverityField({ label, value, onChange }: SeverityFieldProps) {
  return (
    <FormField label={label}>
      {(named) => (
        <select
          {...named}
          className="text-field"
          value={value}
          onChange={({ target }) => onChange(severities.find((known) => known === target.value) ?? value)}
        >
          {severities.map((severity) => (
            <option key={severity} value={severity}>
              {capitalised(severity)}
            </option>
          ))}
        </select>
      )}
    </FormField>
  )
}

/** Kind, address, of which severities and which hunt, and what its address may be. */
export function ChannelFields({ hunt, saved, draft, onChange }: ChannelFieldsProps) {
  const { kind } = draft
  return (
    <>
      {saved === null && (
        <div className="line">
          <Segmented
            label="Kind"
            value={kind}
            options={channelKinds.map((value) => ({ value, label: kindNames[value] }))}
            onChange={(next) => onChange({ ...draft, kind: next })}
          />
        </div>
      )}
      {kind === 'desktop' ? (
        <DesktopNote />
      ) : (
        <FormField
          label="Address of the webhook"
          warn={saved?.address === 'missing'}
          note={
            saved
              ? addressNotes[saved.address]
              : kind === 'teams'
                ? 'In Teams: Workflows, “Post to a channel when a webhook request is received”.'
                : 'Whoever knows this address can write there; it is kept as a secret.'
          }
        >
          {(named) => (
            <input
              {...named}
              className="text-field mono"
              type="text"
              autoComplete="off"
              spellCheck={false}
              maxLength={4_000}
              placeholder={saved && saved.address !== 'missing' ? `${saved.host ?? ''}/…` : addressExamples[kind]}
              value={draft.url ?? ''}
              onChange={({ target }) => {
                const { url: _url, ...rest } = draft
                onChange(target.value === '' ? rest : { ...rest, url: target.value })
              }}
            />
          )}
        </FormField>
      )}
      <div className="form-fields">
        <SeverityField
          label="From this severity on"
          value={draft.minSeverity}
          onChange={(minSeverity) =>
            onChange({ ...draft, minSeverity, maxSeverity: worse(minSeverity, draft.maxSeverity) })
          }
        />
        <SeverityField
          label="up to"
          value={draft.maxSeverity}
          onChange={(maxSeverity) =>
            onChange({ ...draft, maxSeverity, minSeverity: lesser(maxSeverity, draft.minSeverity) })
          }
        />
        <FormField label="New alerts of">
          {(named) => (
            <select
              {...named}
              className="text-field"
              value={draft.huntId ?? ''}
              onChange={({ target }) => onChange({ ...draft, huntId: target.value === '' ? null : target.value })}
            >
              <option value="">all hunts</option>
              {draft.huntId !== null && draft.huntId !== hunt && <option value={draft.huntId}>another hunt</option>}
              <option value={hunt}>this hunt</option>
            </select>
          )}
        </FormField>
      </div>
      {kind !== 'desktop' && (
        <div className="form-checks">
          <label className="line">
            <input
              type="checkbox"
              checked={draft.allowPrivate}
              onChange={() => onChange({ ...draft, allowPrivate: !draft.allowPrivate })}
            />
            <span>Allow addresses of this computer and of inner networks</span>
          </label>
          <label className="line">
            <input
              type="checkbox"
              checked={draft.allowHttp}
              onChange={() => onChange({ ...draft, allowHttp: !draft.allowHttp })}
            />
            <span>Allow http, without encryption</span>
          </label>
        </div>
      )}
    </>
  )
}
