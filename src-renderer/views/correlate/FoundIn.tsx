import type { Output } from '#contract/contract'
import { iocTypes } from '#contract/values'
import { SpanBars } from '../../charts/SpanBars.tsx'
import { CellText } from '../../grid/CellText.tsx'
import { link } from '../../state/places.ts'
import { useZone } from '../../ui/appearance.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { EntityMark, entityOf } from '../../ui/EntityMark.tsx'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { Listings } from './Listings.tsx'

const SERIES = 5

/** What is looked for, what lists say of it, and the datasets that hold it. */
export function FoundIn({ found }: { found: Output<'correlation.findIoc'> }) {
  const zone = useZone()
  const type = iocTypes.find((one) => one === found.type)
  const hunts = [...new Set(found.datasets.map(({ huntId }) => huntId))]
  const phrase = `"${found.value.replace(/[\\"]/g, '\\$&')}"`
  const lines = found.datasets.flatMap(({ datasetId, dataset, huntId, firstTime, lastTime }) =>
    firstTime === null || lastTime === null
      ? []
      : [
          {
            key: datasetId,
            label: dataset,
            spans: [{ from: firstTime, to: lastTime, tone: (hunts.indexOf(huntId) % SERIES) + 1 }],
          },
        ],
  )
  return (
    <aside className="scope found-in" aria-label="Found in" data-region="Found in">
      <section className="scope-part">
        <div className="with-mark">
          {type && <EntityMark type={entityOf(type)} size={14} />}
          <h2 className="mono clip" title={found.value}>
            <CellText text={found.value} />
          </h2>
          <CopyButton text={found.value} title="Copy" iconOnly />
        </div>
        <p className="t3 sm">{found.type ?? 'no indicator: looked for as a whole cell, in any case'}</p>
        {found.type !== null && <Listings lookup={found} />}
      </section>
      <section className="scope-part" aria-label="Datasets">
        <h2>
          {formatNoun(found.datasets.length, 'dataset')}{' '}
          <span className="t3">
            of {formatCount(found.looked)} in {formatNoun(hunts.length, 'hunt')}
          </span>
        </h2>
        <ul className="thing-places">
          {found.datasets.map(({ datasetId, huntId, hunt, dataset, rows, columns }) => (
            <li key={datasetId}>
              <a href={`#${link.rows(huntId, { ds: datasetId, q: phrase })}`}>
                <span className="grow clip">
                  <span className="thing-hunt clip">{hunt}</span>
                  <span className="t3 sm mono clip thing-place">
                    {dataset} · {columns.join(', ')}
                  </span>
                </span>
                <span className="num">
                  {formatCount(rows)}
                  <span className="visually-hidden"> rows</span>
                </span>
              </a>
            </li>
          ))}
        </ul>
        {found.skipped.length > 0 && (
          <p className="bad sm">
            {formatNoun(found.skipped.length, 'dataset')} could not be read:{' '}
            {found.skipped.map(({ dataset }) => dataset).join(', ')}.
          </p>
        )}
      </section>
      {lines.length > 0 && (
        <section className="scope-part" aria-label="Times">
          <h2>When</h2>
          <SpanBars lines={lines} zone={zone} label="Times in each dataset" ticks={2} />
        </section>
      )}
    </aside>
  )
}
