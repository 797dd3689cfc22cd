import { Menu } from '@blueprintjs/core'
import { Cross } from '@blueprintjs/icons'
import type { MapFacts, MapNode, NetworkPicture } from '#contract/networkMap'
import { FailureLine } from '../../../backend/FailureLine.tsx'
import { MapItems } from '../../../backend/MapItems.tsx'
import type { Added } from '../../../backend/useAddToMap.ts'
import { useCall } from '../../../backend/query.ts'
import { VerdictMark } from '../../../ui/VerdictMark.tsx'
import { CellText } from '../../../grid/CellText.tsx'
import { link } from '../../../state/places.ts'
import { rangeParams } from '../../../state/timeRange.ts'
import { Action } from '../../../ui/Action.tsx'
import { EntityMark } from '../../../ui/EntityMark.tsx'
import { Layer } from '../../../ui/Layer.tsx'
import { SevMark } from '../../../ui/SevMark.tsx'
import { useZone } from '../../../ui/appearance.ts'
import { formatBytes, formatCount, formatDuration, formatNoun } from '../../../ui/formatNumber.ts'
import { formatSpan } from '../../../ui/formatTime.ts'
import { titleOf } from './networkScene.ts'
import { goNetwork } from './networkParams.ts'
import type { NetworkQuestion } from './useNetwork.ts'

type FactsCardProps = {
  hunt: string
  question: NetworkQuestion
  node: string
  other: string | undefined
  picture: NetworkPicture
  open: readonly string[]
  onShow: (id: string) => void
  onClose: () => void
}

/** What the evidence says about a node or an edge, and the ways on from it. */
export function FactsCard({ hunt, question, node: id, other, picture, open, onShow, onClose }: FactsCardProps) {
  const node = picture.nodes.find((one) => one.id === id)
  const end = picture.nodes.find((one) => one.id === other)
  const folded = node?.fold !== null || (other !== undefined && end?.fold !== null)
  const { open: _open, nodesMax: _nodes, edgesMax: _edges, ...narrowed } = question
  const { data, error, isPlaceholderData } = useCall(
    'networkMap.facts',
    folded || !node ? null : { ...narrowed, node: id, ...(other === undefined ? {} : { other }) },
  )
  const facts = isPlaceholderData ? undefined : data
  if (!node) return null
  const title = titleOf(node)
  return (
    <aside
      className="facts-card"
      aria-label={other === undefined ? `Node ${title}` : `Edge ${title}`}
      data-region="Facts"
    >
      <div className="facts-head">
        <EntityMark type={node.type} />
        <h2 className="mono clip">
          <CellText text={title} />
          {end && (
            <>
              {' → '}
              <CellText text={titleOf(end)} />
            </>
          )}
        </h2>
        {node.alerts && other === undefined && <SevMark severity={node.alerts.worst} />}
        <span className="spring" />
        <Action quiet icon={<Cross size={14} />} label="Close the facts" onClick={onClose} />
      </div>
      {folded ? (
        <FoldedFacts node={node} picture={picture} other={other} />
      ) : facts ? (
        <Facts facts={facts} picture={picture} onShow={onShow} verdict={other === undefined ? node.verdict : null} />
      ) : error ? (
        <FailureLine failure={error} />
      ) : (
        <p className="t3 sm facts-body">Reading the rows …</p>
      )}
      <div className="facts-foot">
        {!folded && facts && <RowLinks hunt={hunt} facts={facts} />}
        {!folded && facts && facts.alertsTotal > 0 && (
          <a href={`#${link.alert(hunt, facts.alerts[0]?.id ?? '')}`}>{formatNoun(facts.alertsTotal, 'alert')}</a>
        )}
        {folded && other === undefined && (
          <button
            type="button"
            className="link-button"
            onClick={() => goNetwork({ open: [...open, id].join('\n'), focus: null })}
          >
            Open
          </button>
        )}
        {other === undefined && !folded && (
          <>
            <button
              type="button"
              className="link-button"
              onClick={() => goNetwork({ around: id, depth: 1, focus: id })}
            >
              Neighbours
            </button>
            <button
              type="button"
              className="link-button"
              onClick={() => goNetwork({ source: id, target: '', around: null })}
            >
              Path to…
            </button>
          </>
        )}
        {facts?.soc && (
          <a href={`#${link.socAddress(facts.soc)}`} title="This address in the SOC console">
            SOC
          </a>
        )}
        <span className="spring" />
        {!folded && (
          <Layer
            placement="top-end"
            content={
              <Menu aria-label="Add to a map">
                <MapItems hunt={hunt} added={addedOf(node, end, picture)} name={title} />
              </Menu>
            }
            renderTarget={({ isOpen, ref, ...target }) => (
              <button {...target} ref={ref} type="button" className="link-button" aria-expanded={isOpen}>
                Add to map
              </button>
            )}
          />
        )}
      </div>
    </aside>
  )
}

function FoldedFacts({
  node,
  picture,
  other,
}: {
  node: NetworkPicture['nodes'][number]
  picture: NetworkPicture
  other: string | undefined
}) {
  const edge = other === undefined ? undefined : picture.edges.find(({ from, to }) => from === node.id && to === other)
  const { count, bytes } = edge ?? node
  const end = picture.nodes.find(({ id }) => id === other)
  return (
    <dl className="facts-body">
      {edge ? (
        <Line name="Edges">{formatCount(edge.merged)} drawn as one</Line>
      ) : (
        <Line name="Stands for">{formatNoun(node.members, 'node')}</Line>
      )}
      <Line name="Rows">{formatCount(count)}</Line>
      {bytes !== null && <Line name="Bytes">{formatBytes(bytes)}</Line>}
      {picture.rare.edges > 0 && [node.fold, end?.fold].includes('rest') && (
        <Line name="Rare">A query or a shorter time tells edges of few rows by themselves</Line>
      )}
    </dl>
  )
}

const Line = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

function Facts({
  facts,
  picture,
  onShow,
  verdict,
}: {
  facts: MapFacts
  picture: NetworkPicture
  onShow: (id: string) => void
  verdict: NetworkPicture['nodes'][number]['verdict']
}) {
  const zone = useZone()
  const { names, users, ports, from, to, count, bytes, first, last, interval } = facts
  const drawn = new Set(picture.nodes.map(({ id }) => id))
  const ends = (list: MapFacts['from']) =>
    list.map(({ id, label, count: rows }, n) => (
      <span key={id}>
        {n > 0 && ', '}
        {drawn.has(id) ? (
          <button type="button" className="link-button" onClick={() => onShow(id)} title={formatNoun(rows, 'row')}>
            <CellText text={label} />
          </button>
        ) : (
          <CellText text={label} />
        )}
      </span>
    ))
  return (
    <dl className="facts-body">
      {verdict !== null && (
        <Line name="Lists say">
          <VerdictMark verdict={verdict} />
        </Line>
      )}
      {names.length > 1 && (
        <Line name="Called">
          <span className="mono">
            {names.map((text, n) => (
              <span key={text}>
                {n > 0 && ', '}
                <CellText text={text} />
              </span>
            ))}
          </span>
        </Line>
      )}
      {users.length > 0 && (
        <Line name="Users">
          <span className="mono">
            <CellText text={users.join(', ')} />
          </span>
        </Line>
      )}
      {facts.node && from.length > 0 && <Line name="From">{ends(from)}</Line>}
      {facts.node && to.length > 0 && <Line name="To">{ends(to)}</Line>}
      <Line name="Rows">{formatCount(count)}</Line>
      {ports.length > 0 && (
        <Line name="Ports">
          <span className="mono">
            {ports.map(({ port, count: rows }) => `${port} ×${formatCount(rows)}`).join(', ')}
          </span>
        </Line>
      )}
      {bytes !== null && <Line name="Bytes">{formatBytes(bytes)}</Line>}
      {interval && (
        <Line name="Interval">
          {formatDuration(interval.median)} median, {formatDuration(interval.mean)} mean
        </Line>
      )}
      {first !== null && last !== null && (
        <Line name="First – last">
          <span className="mono">{formatSpan(first, last, zone)}</span>
        </Line>
      )}
    </dl>
  )
}

function RowLinks({ hunt, facts }: { hunt: string; facts: MapFacts }) {
  const [only, second] = facts.rows
  const range = rangeParams(hunt)
  const href = ({ datasetId, q }: MapFacts['rows'][number]) => link.rows(hunt, { ds: datasetId, q, ...range })
  if (!only) return null
  if (!second) return <a href={`#${href(only)}`}>{formatNoun(only.rows, 'row')}</a>
  return (
    <Layer
      placement="top-start"
      content={
        <ul className="rows-behind">
          {facts.rows.map((one) => (
            <li key={one.datasetId}>
              <a className="clip" href={`#${href(one)}`}>
                {one.name}
              </a>
              <span className="t3 figure">{formatNoun(one.rows, 'row')}</span>
            </li>
          ))}
        </ul>
      }
      renderTarget={({ isOpen, ref, ...target }) => (
        <button {...target} ref={ref} type="button" className="link-button" aria-expanded={isOpen}>
          Rows
        </button>
      )}
    />
  )
}

/** A node, or both ends of an edge with it, as they are added to a drawn map. */
function addedOf(node: MapNode, end: MapNode | undefined, picture: NetworkPicture): Added {
  const nodes = [node, ...(end ? [end] : [])].map(({ id, type, label }) => ({ entity: id, icon: type, label }))
  const edge = end && picture.edges.find(({ from, to }) => from === node.id && to === end.id)
  if (!edge) return { nodes, links: [] }
  const { from, to, count, bytes, first, last } = edge
  return { nodes, links: [{ from, to, label: '', count, bytes, first, last }] }
}
