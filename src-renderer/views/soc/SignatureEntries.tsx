import { useState } from 'react'
import { Trash } from '@blueprintjs/icons'
import { browserFamilies } from '#contract/values'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { useCommand } from '../../backend/query.ts'
import { setParams, useRoute } from '../../state/route.ts'
import { Action } from '../../ui/Action.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { formatNumber } from '../../ui/formatNumber.ts'
import { useUndo } from '../../ui/Undo.tsx'
import { num, text } from './cellText.ts'
import { useSoc } from './soc.ts'
import { Tile } from './Tile.tsx'
import type { Row } from './usePanel.ts'
import { WritingBarred } from './WritingBarred.tsx'

/** Signatures that the server knows: read, added, deleted. */
export const SignatureEntries = () => (
  <Tile
    panel="browserSignatureEntries"
    part="rows"
    sub="HTTP/2 fingerprints and the browser they tell of"
    className="soc-full soc-long"
    empty={<AddSignature />}
    draw={(rows) => <Entries rows={rows} />}
  />
)

function Entries({ rows }: { rows: readonly Row[] }) {
  const { connection } = useSoc()
  const remove = useCommand('soc.deleteBrowserSignature')
  const add = useCommand('soc.addBrowserSignature')
  const undo = useUndo()
  const [asking, setAsking] = useState<string | null>(null)
  const restore = (signatures: readonly Parameters<typeof add.mutate>[0]['signature'][]): void => {
    for (const signature of signatures.slice(0, 1)) add.mutate({ connection: connection.id, signature })
  }
  return (
    <div className="soc-queue">
      <AddSignature />
      <div className="table-twin" tabIndex={0} role="region" aria-label="Signatures, table">
        <table className="table soc-table soc-entries">
          <thead>
            <tr>
              <th>HTTP/2 fingerprint</th>
              <th>Family</th>
              <th className="num">Confidence</th>
              <th>Notes</th>
              <th aria-label="Delete" />
            </tr>
          </thead>
          <tbody>
            {rows.map((row, n) => (
              <tr key={n}>
                <td className="mono" title={text(row['h2_fingerprint'])}>
                  {text(row['h2_fingerprint'])}
                </td>
                <td>{text(row['browser_family'])}</td>
                <td className="num">{formatNumber((num(row['confidence']) ?? 0) * 100, 0)} %</td>
                <td title={text(row['notes'])}>{text(row['notes'])}</td>
                <td>
                  <Action
                    quiet
                    icon={<Trash size={12} />}
                    label={`Delete the signature ${text(row['h2_fingerprint'])}`}
                    disabled={!connection.allowWrite}
                    onClick={() => setAsking(text(row['h2_fingerprint']))}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <FailureLine failure={remove.error ?? add.error} />
      <ConfirmDialog
        open={asking !== null}
        title="Delete this signature"
        confirm="Delete signature"
        busy={remove.isPending}
        onClose={() => setAsking(null)}
        onConfirm={() =>
          asking !== null &&
          remove.mutate(
            { connection: connection.id, fingerprint: asking },
            {
              onSuccess: ({ deleted }) => undo.offer('1 signature deleted', () => restore(deleted)),
              onSettled: () => setAsking(null),
            },
          )
        }
      >
        <span className="mono">{asking}</span> is deleted from browser_h2_signatures on {connection.name}, for everybody
        who uses that server. Sessions with it are then known for no browser.
      </ConfirmDialog>
    </div>
  )
}

/** What a signature is made of; the URL may bring a fingerprint that was found in the traffic. */
function AddSignature() {
  const { connection } = useSoc()
  const { params } = useRoute()
  const add = useCommand('soc.addBrowserSignature')
  const [fingerprint, setFingerprint] = useState(params.get('h2') ?? '')
  const [family, setFamily] = useState(browserFamilies.find((one) => one === params.get('family')) ?? 'Chrome')
  const [confidence, setConfidence] = useState('100')
  const [notes, setNotes] = useState('')
  const percent = Number(confidence)
  const fits = confidence.trim() !== '' && percent >= 0 && percent <= 100
  const ready = connection.allowWrite && fingerprint.trim() !== '' && fits
  return (
    <form
      className="soc-verdict-bar"
      aria-label="New signature"
      onSubmit={(event) => {
        event.preventDefault()
        if (!ready) return
        const signature = { fingerprint: fingerprint.trim(), family, confidence: percent / 100, notes }
        add.mutate(
          { connection: connection.id, signature },
          {
            onSuccess: () => {
              setFingerprint('')
              setNotes('')
              setParams({ h2: null, family: null })
            },
          },
        )
      }}
    >
      <input
        className="text-field mono soc-grow"
        aria-label="HTTP/2 fingerprint"
        placeholder="1:65536;2:0;4:6291456;6:262144|15663105|0|m,a,s,p"
        maxLength={2_000}
        value={fingerprint}
        onChange={(event) => setFingerprint(event.target.value)}
      />
      <select
        className="text-field"
        aria-label="Family"
        value={family}
        onChange={(event) => setFamily(browserFamilies.find((one) => one === event.target.value) ?? 'Other')}
      >
        {browserFamilies.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
      <label className="soc-percent sm t2">
        Confidence
        <input
          className="text-field figure"
          inputMode="decimal"
          aria-label="Confidence in percent"
          aria-invalid={!fits}
          value={confidence}
          onChange={(event) => setConfidence(event.target.value)}
        />
        %
      </label>
      <input
        className="text-field"
        aria-label="Notes"
        placeholder="Notes"
        maxLength={2_000}
        value={notes}
        onChange={(event) => setNotes(event.target.value)}
      />
      <Action type="submit" disabled={!ready} busy={add.isPending}>
        Add signature
      </Action>
      {!fits && <span className="bad sm">Confidence is a number of 0 to 100.</span>}
      {add.data?.reloaded === false && (
        <span className="t2 sm">Added. The dictionary takes it when the server reads the table again.</span>
      )}
      <FailureLine failure={add.error} />
      <WritingBarred what="A signature" />
    </form>
  )
}
