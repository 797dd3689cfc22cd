import type { ReactNode } from 'react'
import { formatCount } from '../../../ui/formatNumber.ts'
import { Figures } from '../../../ui/Panel.tsx'
import { num, text } from '../cellText.ts'
import { CountedBars } from '../CountedBars.tsx'
import { toSessions } from '../marks.ts'
import { SubScreens } from '../SubScreens.tsx'
import { Tile } from '../Tile.tsx'
import { usePanel, type Row } from '../usePanel.ts'
import { DiscoveryTiles } from './DiscoveryTiles.tsx'
import { SignatureTiles } from './SignatureTiles.tsx'
import '../socModels.css'

/** Handshakes and what they are known for: JA4s and browsers of the last hour, HTTP/2 signatures, and what is not known yet. */
export const FingerprintsScreen = () => (
  <SubScreens
    label="Fingerprints"
    parts={[
      { id: 'ja4', title: 'JA4s and browsers', children: <Ja4Tiles /> },
      { id: 'signatures', title: 'Browser signatures', children: <SignatureTiles /> },
      { id: 'discovery', title: 'Discovery', children: <DiscoveryTiles /> },
    ]}
  />
)

const ofFamily = (row: Row): string =>
  toSessions({ browser_family: text(row['browser_family']), ja4: text(row['ja4']) })
const ofJa4 = (row: Row): string =>
  toSessions({ ja4: text(row['ja4']), bot_name: text(row['bot_name']), asn_label: text(row['asn_label']) })

const Ja4Tiles = () => (
  <>
    <SessionFigures />
    <div className="soc-tiles soc-thirds soc-page soc-prints-tiles">
      <Tile
        panel="browsers"
        part="families"
        sub="sessions of the last hour"
        chart
        leads={{ sessions: ofFamily }}
        empty={<p>No browser in the last hour.</p>}
        draw={(rows) => (
          <CountedBars rows={rows} name="browser_family" count="sessions" noun="sessions" href={ofFamily} />
        )}
      />
      <Tile
        panel="fingerprints"
        part="bots"
        sub="last hour"
        empty={<p>No JA4 of a bot in the last hour.</p>}
        leads={{ sessions: ofJa4 }}
      />
      <Tile
        panel="browsers"
        part="ja4s"
        sub="last hour, up to 50"
        empty={<p>No browser in the last hour.</p>}
        leads={{ sessions: ofFamily }}
      />
      <Tile
        panel="fingerprints"
        part="ja4s"
        sub="most sessions first, up to 100"
        leads={{ sessions: ofJa4 }}
        className="soc-full soc-long"
        empty={<p>No handshake in the last hour.</p>}
      />
    </div>
  </>
)

const WAITS = 'waits for your consent'

/** What the sessions of the last hour are, as their handshakes tell. */
function SessionFigures() {
  const { part, asks } = usePanel('browsers', { parts: ['families', 'unknown'] })
  const [families, unknown] = [part('families'), part('unknown')]
  const of = (answer: typeof families, column: string): ReactNode =>
    !answer || answer.failure ? (
      <span className="t3">–</span>
    ) : (
      formatCount(answer.rows.reduce((sum, row) => sum + (num(row[column]) ?? 0), 0))
    )
  return (
    <Figures
      items={[
        {
          value: of(families, 'sessions'),
          noun: 'sessions of browsers',
          note: asks ? WAITS : 'in the last hour, by JA4',
        },
        { value: of(families, 'total_hits'), noun: 'requests of browsers', note: asks ? WAITS : 'in the last hour' },
        {
          value: of(unknown, 'sessions'),
          noun: 'sessions of neither',
          note: asks ? WAITS : 'no browser and no bot by any list',
        },
      ]}
    />
  )
}
