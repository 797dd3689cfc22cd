import { useMemo } from 'react'
import { LinkGraph, type GraphLink, type GraphNode } from '../../charts/LinkGraph.tsx'
import { link } from '../../state/places.ts'
import { navigate } from '../../state/route.ts'
import { formatNoun } from '../../ui/formatNumber.ts'
import { num, text } from './cellText.ts'
import { byLevel, levelColour, levelName } from './LevelMark.tsx'
import { usePanel, type PanelParams, type Row } from './usePanel.ts'

/** What the server gives of a graph at most. */
const NODES_MAX = 500
const LINKS_MAX = 2_000

/** Addresses of campaigns, each campaign a heap of its own, with a line where two show the same JA4. */
export function CampaignLinks({ nodes: rows, params }: { nodes: readonly Row[]; params: PanelParams }) {
  const { part } = usePanel('campaignsGraph', { parts: ['edges'], params })
  const edges = part('edges')
  const nodes = useMemo<GraphNode[]>(
    () =>
      rows.map((row) => ({
        id: `${text(row['campaign_id'])} ${text(row['src_ip'])}`,
        label: text(row['src_ip']),
        group: text(row['campaign_id']),
        size: num(row['total_hits']) ?? 0,
        colour: levelColour(text(row['threat'])),
        notes: [
          `${levelName(text(row['threat']))}, lowest score ${(num(row['worst_score']) ?? 0).toFixed(3)}`,
          formatNoun(num(row['total_hits']) ?? 0, 'hit'),
          `${text(row['asn_org'])} ${text(row['country'])}`,
          text(row['ja4']),
        ],
      })),
    [rows],
  )
  const links = useMemo<GraphLink[]>(
    () =>
      (edges?.rows ?? []).map((row) => ({
        source: `${text(row['campaign_id'])} ${text(row['source'])}`,
        target: `${text(row['campaign_id'])} ${text(row['target'])}`,
        label: text(row['shared_ja4']),
      })),
    [edges],
  )
  const levels = [...Map.groupBy(rows, (row) => text(row['threat']))].toSorted(([a], [b]) => byLevel(a, b))
  const full = [
    ...(nodes.length >= NODES_MAX ? ['addresses'] : []),
    ...((edges?.rows.length ?? 0) >= LINKS_MAX ? ['links'] : []),
  ]
  return (
    <div className="soc-chart">
      <div className="legend soc-legend">
        {levels.map(([level, of]) => (
          <span key={level}>
            <i className="swatch" style={{ background: `var(${levelColour(level)})` }} />
            {levelName(level)} <span className="t3">{of.length}</span>
          </span>
        ))}
        <span className="spring" />
        <span className="t3">
          {edges?.failure
            ? 'links unknown'
            : `${formatNoun(nodes.length, 'address', 'addresses')}, ${formatNoun(links.length, 'link')}`}
          {full.length > 0 ? `; more ${full.join(' and ')} are left out` : ''}
        </span>
      </div>
      <LinkGraph
        nodes={nodes}
        links={links}
        groupName={(group, count) => `#${group} · ${count}`}
        onPick={(node) => navigate(link.socAddress(node.label))}
        onPickLink={({ label }) => navigate(link.socJa4(label))}
        onPickGroup={(campaign) => navigate(link.soc('campaigns', { campaign }))}
      />
    </div>
  )
}
