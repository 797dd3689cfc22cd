import { link } from '../../../state/places.ts'
import { useRoute } from '../../../state/route.ts'
import { text } from '../cellText.ts'
import { ClassifyQueue } from '../ClassifyQueue.tsx'
import { CountedBars } from '../CountedBars.tsx'
import { PartTable } from '../PartTable.tsx'
import { Tile } from '../Tile.tsx'
import { usePartColumns } from '../usePartColumns.ts'
import type { Row } from '../usePanel.ts'
import { verdictName } from '../verdicts.ts'
import '../socModels.css'

const saidSo = (row: Row): string =>
  link.soc('detections', { show: 'classify', classification: text(row['classification']) })

/** What analysts say of addresses: a queue to work through, what was said before, and how often what. */
export function ClassifyTiles() {
  const { params } = useRoute()
  const classification = params.get('classification') ?? ''
  return (
    <div className="soc-tiles soc-halves soc-page">
      <Tile
        panel="classifySuggested"
        part="rows"
        sub="detected in 3 days, without a verdict, worst first"
        className="soc-full soc-queue-tile"
        empty={<p>Every detected address has a verdict.</p>}
        draw={(rows) => <ClassifyQueue rows={rows} />}
      />
      <Tile
        panel="classifications"
        part="rows"
        sub={classification === '' ? 'the newest 50' : `${verdictName(classification)} only, the newest 50`}
        params={classification === '' ? {} : { classification }}
        right={classification !== '' && <a href={`#${link.soc('detections', { show: 'classify' })}`}>All verdicts</a>}
        empty={<p>Nobody has said anything yet. Choose a verdict above.</p>}
        draw={(rows) => <Said rows={rows} />}
      />
      <Tile
        panel="classifyStats"
        part="rows"
        empty={<p>Nobody has said anything yet.</p>}
        chart
        leads={{ cnt: saidSo }}
        draw={(rows) => (
          <CountedBars
            {...{ rows, name: 'classification', count: 'cnt', noun: 'verdicts' }}
            label={verdictName}
            href={saidSo}
          />
        )}
      />
    </div>
  )
}

/** The history, with verdicts in words. */
function Said({ rows }: { rows: readonly Row[] }) {
  const columns = usePartColumns('classifications', 'rows')
  const named = rows.map((row) => ({ ...row, classification: verdictName(text(row['classification'])) }))
  return <PartTable label="Verdicts" columns={columns} rows={named} />
}
