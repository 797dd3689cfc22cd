import { useCallback, useMemo } from 'react'
import { formatNoun } from '../ui/formatNumber.ts'
import { EChart, tooltipLook, type Colour } from './EChart.tsx'
import { heaps } from './heaps.ts'
import { escaped } from './TimeBars.tsx'

/** `size`: what its area stands for; `colour`: a token; `notes`: lines of the tooltip. */
export type GraphNode = {
  id: string
  label: string
  group: string
  size: number
  colour: string
  notes?: readonly string[]
}
export type GraphLink = { source: string; target: string; label: string }

type LinkGraphProps = {
  nodes: readonly GraphNode[]
  links: readonly GraphLink[]
  groupName: (group: string, count: number) => string
  onPick?: (node: GraphNode) => void
  onPickLink?: (link: GraphLink) => void
  onPickGroup?: (group: string) => void
}

/** Diameter in px of the smallest and of the largest node. */
const SMALL = 8
const LARGE = 20

/** Things in groups with lines between them; each group lies as a heap of its own, always at the same place. */
export function LinkGraph({ nodes, links, groupName, onPick, onPickLink, onPickGroup }: LinkGraphProps) {
  const { places, groups } = useMemo(() => heaps(nodes), [nodes])
  const drawn = useMemo(() => {
    const known = new Set(nodes.map(({ id }) => id))
    return links.filter(({ source, target }) => known.has(source) && known.has(target))
  }, [nodes, links])
  const option = useCallback(
    (colour: Colour) => {
      const most = Math.max(1, ...nodes.map(({ size }) => Math.log1p(size)))
      return {
        tooltip: {
          ...tooltipLook(colour),
          formatter: ({ dataType, dataIndex }: { dataType?: string; dataIndex: number }) => {
            if (dataType === 'edge') return escaped(drawn[dataIndex]?.label ?? '')
            const node = nodes[dataIndex]
            return node ? [`<b>${escaped(node.label)}</b>`, ...(node.notes ?? []).map(escaped)].join('<br>') : ''
          },
        },
        series: [
          {
            name: 'graph',
            type: 'graph',
            layout: 'none',
            preserveAspect: 'contain',
            ...{ left: 24, right: 24, top: 24, bottom: 16 },
            emphasis: { disabled: true },
            lineStyle: { color: colour('--text-3'), opacity: 0.35, width: 1 },
            data: [
              ...nodes.map((node, n) => ({
                id: node.id,
                name: node.id,
                ...{ x: places[n]?.x ?? 0, y: places[n]?.y ?? 0 },
                symbolSize: SMALL + (Math.log1p(node.size) / most) * (LARGE - SMALL),
                cursor: onPick ? 'pointer' : 'default',
                itemStyle: { color: colour(node.colour), borderColor: colour('--surface'), borderWidth: 1 },
              })),
              ...groups.map(({ group, count, x, top }) => ({
                id: `group ${group}`,
                name: `group ${group}`,
                ...{ x, y: top },
                ...{ symbol: 'rect', symbolSize: [64, 16], tooltip: { show: false } },
                itemStyle: { color: 'transparent' },
                label: {
                  show: true,
                  position: 'inside',
                  formatter: () => groupName(group, count),
                  ...{ color: colour('--text-2'), fontSize: 11 },
                },
              })),
            ],
            links: drawn.map(({ source, target }) => ({ source, target })),
          },
        ],
      }
    },
    [nodes, drawn, places, groups, groupName, onPick],
  )
  return (
    <EChart
      label={`${formatNoun(nodes.length, 'node')} in ${formatNoun(groups.length, 'group')}, ${formatNoun(drawn.length, 'link')}`}
      option={option}
      onPick={(_series, index, kind) => {
        if (kind === 'edge') {
          const picked = drawn[index]
          if (picked) onPickLink?.(picked)
          return
        }
        const node = nodes[index]
        const group = groups[index - nodes.length]
        if (node) onPick?.(node)
        else if (group) onPickGroup?.(group.group)
      }}
    />
  )
}
