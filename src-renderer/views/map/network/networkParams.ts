import { mapNodeTypes, type MapNodeType } from '#contract/values'
import { setParams, useRoute, type ParamChanges } from '../../../state/route.ts'
import { rangeIn } from '../../../state/timeRange.ts'

export const measures = ['degree', 'bytes', 'rows', 'alerts'] as const
export type Measure = (typeof measures)[number]
export const colourings = ['type', 'alerts', 'verdict'] as const
export type Colouring = (typeof colourings)[number]
export const arrangements = ['map', 'both', 'table'] as const
export type Arrangement = (typeof arrangements)[number]

/** What of the network stands in the URL. */
export type NetworkParams = {
  q: string
  from: string | null
  to: string | null
  /** Types that are left out. */
  hidden: readonly MapNodeType[]
  size: Measure
  colour: Colouring
  view: Arrangement
  /** The node that is selected, by id or by any of its names. */
  focus: string | null
  /** Only what is around this node, so many edges away. */
  around: string | null
  depth: number
  /** The two ends of a way. */
  source: string | null
  target: string | null
  /** Nodes and edges that are drawn at most; null: as many as the program thinks right. */
  nodes: number | null
  edges: number | null
  /** Folded nodes that are opened. */
  open: readonly string[]
}

const oneOf = <V extends string>(values: readonly V[], text: string | null, otherwise: V): V =>
  values.find((value) => value === text) ?? otherwise

function within(text: string | null, least: number, most: number): number | null {
  const value = Number(text)
  return text !== null && Number.isInteger(value) && value >= least && value <= most ? value : null
}

/** Reads the URL; what it does not understand it leaves out. `view`: how it stands where the URL does not say. */
export function networkParams(params: URLSearchParams): NetworkParams {
  const depth = Number(params.get('depth'))
  const hidden = (params.get('hide') ?? '').split(',')
  return {
    q: (params.get('q') ?? '').slice(0, 4_000),
    ...rangeIn(params),
    hidden: mapNodeTypes.filter((type) => hidden.includes(type)),
    size: oneOf(measures, params.get('size'), 'degree'),
    colour: oneOf(colourings, params.get('colour'), 'type'),
    view: oneOf(arrangements, params.get('view'), 'both'),
    focus: params.get('focus'),
    around: params.get('around'),
    depth: Number.isInteger(depth) && depth >= 1 && depth <= 10 ? depth : 1,
    source: params.get('source'),
    target: params.get('target'),
    nodes: within(params.get('nodes'), 20, 2_500),
    edges: within(params.get('edges'), 50, 6_000),
    open: params
      .getAll('open')
      .flatMap((text) => text.split('\n'))
      .filter(Boolean)
      .slice(0, 50),
  }
}

export const useNetworkParams = (): NetworkParams => networkParams(useRoute().params)
export const setNetworkParams = (changes: ParamChanges): void => setParams(changes)
/** A step in the history. */
export const goNetwork = (changes: ParamChanges): void => setParams(changes, { replace: false })
