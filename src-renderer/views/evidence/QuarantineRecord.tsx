import { Edit } from '@blueprintjs/icons'
import type { Output } from '#contract/contract'
import { CellText } from '../../grid/CellText.tsx'
import { Action } from '../../ui/Action.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'

const RAW_MAX = 4_000
/** The quarantine keeps no more of a record; in characters. */
const KEPT_MAX = 65_536

type QuarantineRecordProps = {
  record: Output<'datasets.quarantine'>['quarantine'][number]
  /** The corrected text; null: as it is. */
  text: string | null
  selected: boolean
  /** Why the last repair left it here. */
  refused: string | null
  disabled: boolean
  onSelect: (selected: boolean) => void
  onText: (text: string | null) => void
}

/** One record that was not kept: where, why, its text, and a place to correct it. */
export function QuarantineRecord({
  record,
  text,
  selected,
  refused,
  disabled,
  onSelect,
  onText,
}: QuarantineRecordProps) {
  const { line, offset, reason, raw } = record
  return (
    <section className="quarantine-one" aria-label={`Line ${line}`}>
      <div className="line sm">
        <label className="line nowrap">
          <input
            type="checkbox"
            checked={selected}
            disabled={disabled}
            aria-label={`Select line ${line}`}
            onChange={(event) => onSelect(event.target.checked)}
          />
          <b className="med">line {formatCount(line)}</b>
        </label>
        <span className="t3 nowrap">byte {formatCount(offset)}</span>
        <span className="warn clip" title={reason}>
          {reason}
        </span>
        <span className="spring" />
        {text === null ? (
          <Action
            quiet
            icon={<Edit size={12} />}
            label={`Correct line ${line}`}
            disabled={disabled}
            onClick={() => {
              onText(raw)
              onSelect(true)
            }}
          />
        ) : (
          <button type="button" className="link-button sm" disabled={disabled} onClick={() => onText(null)}>
            As it was
          </button>
        )}
        <CopyButton text={raw} title="Copy the record" iconOnly />
      </div>
      {refused !== null && <p className="bad sm">Still here after the repair: {refused}</p>}
      {text === null ? (
        <pre className="raw" tabIndex={0} aria-label={`Text of line ${line}`}>
          <CellText text={raw.slice(0, RAW_MAX)} />
        </pre>
      ) : (
        <textarea
          className="raw raw-edit"
          autoFocus
          spellCheck={false}
          rows={Math.min(8, raw.split('\n').length + Math.ceil(raw.length / 70))}
          aria-label={`Corrected text of line ${line}`}
          value={text}
          disabled={disabled}
          onChange={(event) => onText(event.target.value)}
        />
      )}
      {text === null && raw.length > RAW_MAX && (
        <p className="t3 sm">
          First {formatCount(RAW_MAX)} of {formatNoun(raw.length, 'character')} shown; copying and correcting take all.
        </p>
      )}
      {raw.length >= KEPT_MAX && <p className="warn sm">The quarantine holds the first 64 kB of this record only.</p>}
    </section>
  )
}
