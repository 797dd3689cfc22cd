import type { ReactNode } from 'react'
import { link } from '../../../state/places.ts'
import { formatCount } from '../../../ui/formatNumber.ts'
import { Figures } from '../../../ui/Panel.tsx'
import { num } from '../cellText.ts'
import { CountedBars } from '../CountedBars.tsx'
import { SubScreens } from '../SubScreens.tsx'
import { Tile } from '../Tile.tsx'
import { usePanel } from '../usePanel.ts'
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

const Ja4Tiles = () => (
  <>
    <SessionFigures />
    <div className="soc-tiles soc-thirds soc-page">
      <Tile
        panel="browsers"
        part="families"
        sub="sessions of the last hour"
        empty={<p>No browser in the last hour.</p>}
        draw={(rows) => (
          <CountedBars
            rows={rows}
            name="browser_family"
            count="sessions"
            noun="sessions"
            href={(browser_family) => link.soc('detections', { browser_family })}
          />
        )}
      />
      <Tile panel="fingerprints" part="bots" sub="last hour" empty={<p>No JA4 of a bot in the last hour.</p>} />
      <Tile panel="browsers" part="ja4s" sub="last hour, up to 50" empty={<p>No browser in the last hour.</p>} />
      <Tile
        panel="fingerprints"
        part="ja4s"
        sub="most sessions first, up to 100"
        className="soc-full soc-long"
        empty={<p>No handshake in the last hour.</p>}
      />
    </div>
  </>
)

/** What the sessions of the last hour are, as their handshakes tell. */
function SessionFigures() {
  const { part } = usePanel('browsers', { parts: ['families', 'unknown'] })
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
        { value: of(families, 'sessions'), noun: 'sessions of browsers', note: 'in the last hour, by JA4' },
        { value: of(families, 'total_hits'), noun: 'requests of browsers', note: 'in the last hour' },
        { value: of(unknown, 'sessions'), noun: 'sessions of neither', note: 'no browser and no bot by any list' },
      ]}
    />
  )
}
