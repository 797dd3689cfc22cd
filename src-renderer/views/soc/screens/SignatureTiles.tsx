import { Figures } from '../../../ui/Panel.tsx'
import { figureText, text } from '../cellText.ts'
import { CountedBars } from '../CountedBars.tsx'
import { SignatureEntries } from '../SignatureEntries.tsx'
import { toSessions } from '../marks.ts'
import { Tile } from '../Tile.tsx'
import { usePanel, type Row } from '../usePanel.ts'

const byFamily = (row: Row): string => toSessions({ h2_family: text(row['family']) })
const contradicting = (row: Row): string => toSessions({ browser_family: text(row['ja4_family']), contradicts: 'yes' })
/** The words of the panel begin with whose window it is. */
const WINDOWS = ['Chrome', 'Firefox', 'Safari', 'None', 'Another']
function byWindow(row: Row): string | null {
  const window = WINDOWS.find((one) => text(row['signal']).startsWith(one))
  return window === undefined ? null : toSessions({ h2_window: window.toLowerCase() })
}

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
        chart
        leads={{ sessions: byFamily }}
        draw={(rows) => <CountedBars rows={rows} name="family" count="sessions" noun="sessions" href={byFamily} />}
      />
      <Tile
        panel="browserSignatures"
        part="windows"
        sub="sessions of the last hour"
        chart
        leads={{ sessions: byWindow }}
        draw={(rows) => <CountedBars rows={rows} name="signal" count="sessions" noun="sessions" href={byWindow} />}
      />
      <Tile
        panel="browserSignatures"
        part="mismatches"
        sub="HTTP/2 against TLS, last hour"
        empty={<p>No browser in the last hour.</p>}
        leads={{
          total: (row) => toSessions({ browser_family: text(row['ja4_family']) }),
          mismatches: contradicting,
          mismatch_pct: contradicting,
        }}
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
        { value: of('total_sessions'), noun: 'sessions', note: 'in the last hour', href: `#${toSessions({})}` },
        { value: of('sessions_with_h2'), noun: 'with HTTP/2' },
        { value: of('sessions_matched'), noun: 'known', note: `${of('match_rate')} % of those with HTTP/2` },
        {
          value: of('sessions_mismatch'),
          noun: 'contradicting',
          href: `#${toSessions({ contradicts: 'yes' })}`,
          note: `${of('mismatch_rate')} % of those with HTTP/2`,
        },
        { value: of('sessions_with_priority'), noun: 'with priorities', href: `#${toSessions({ priorities: 'yes' })}` },
      ]}
    />
  )
}
