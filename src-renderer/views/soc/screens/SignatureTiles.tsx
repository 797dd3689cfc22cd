import { Figures } from '../../../ui/Panel.tsx'
import { link } from '../../../state/places.ts'
import { figureText } from '../cellText.ts'
import { CountedBars } from '../CountedBars.tsx'
import { SignatureEntries } from '../SignatureEntries.tsx'
import { Tile } from '../Tile.tsx'
import { usePanel } from '../usePanel.ts'

/** What HTTP/2 tells of browsers, who contradicts his TLS, and the signatures by which that is known. */
export const SignatureTiles = () => (
  <>
    <StatFigures />
    <div className="soc-tiles soc-thirds soc-page">
      <Tile
        panel="browserSignatures"
        part="families"
        sub="sessions of the last hour"
        empty={<p>No known signature in the last hour.</p>}
        draw={(rows) => (
          <CountedBars
            rows={rows}
            name="family"
            count="sessions"
            noun="sessions"
            href={(browser_family) => link.soc('detections', { browser_family })}
          />
        )}
      />
      <Tile
        panel="browserSignatures"
        part="windows"
        sub="sessions of the last hour"
        draw={(rows) => <CountedBars rows={rows} name="signal" count="sessions" noun="sessions" />}
      />
      <Tile
        panel="browserSignatures"
        part="mismatches"
        sub="HTTP/2 against TLS, last hour"
        empty={<p>No browser in the last hour.</p>}
      />
      <Tile
        panel="browserSignatures"
        part="suspects"
        sub="TLS and HTTP/2 of different browsers; most hits first, up to 20"
        className="soc-full soc-long"
        empty={<p>TLS and HTTP/2 agree in every session of the last hour.</p>}
      />
      <SignatureEntries />
    </div>
  </>
)

function StatFigures() {
  const { part } = usePanel('browserSignatures', { parts: ['stats'] })
  const row = part('stats')?.rows[0]
  if (!row) return null
  const of = (column: string): string => figureText(row[column])
  return (
    <Figures
      items={[
        { value: of('total_sessions'), noun: 'sessions', note: 'in the last hour' },
        { value: of('sessions_with_h2'), noun: 'with HTTP/2' },
        { value: of('sessions_matched'), noun: 'known', note: `${of('match_rate')} % of those with HTTP/2` },
        {
          value: of('sessions_mismatch'),
          noun: 'contradicting',
          note: `${of('mismatch_rate')} % of those with HTTP/2`,
        },
        { value: of('sessions_with_priority'), noun: 'with priorities' },
      ]}
    />
  )
}
