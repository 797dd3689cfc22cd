import type { SocScreen } from '#contract/values'
import { linkTo, parseRoute } from './route.ts'
import type { ParamChanges, Route } from './route.ts'

export type PlaceId = 'overview' | 'evidence' | 'alerts' | 'map' | 'correlate' | 'soc' | 'cases' | 'settings'

/** The second key after G goes to the place. */
export type Place = { id: PlaceId; title: string; key: string | null; scope: 'hunt' | 'workspace' }

export const places: readonly Place[] = [
  { id: 'overview', title: 'Overview', key: 'o', scope: 'hunt' },
  { id: 'evidence', title: 'Evidence', key: 'e', scope: 'hunt' },
  { id: 'alerts', title: 'Alerts', key: 'a', scope: 'hunt' },
  { id: 'map', title: 'Map', key: 'm', scope: 'hunt' },
  { id: 'correlate', title: 'Correlate', key: 'r', scope: 'workspace' },
  { id: 'soc', title: 'SOC', key: 's', scope: 'workspace' },
  { id: 'cases', title: 'Cases', key: 'c', scope: 'workspace' },
]

export const caseTabs = [
  'summary',
  'alerts',
  'iocs',
  'techniques',
  'hypotheses',
  'evidence',
  'notes',
  'activity',
  'export',
] as const
export type CaseTab = (typeof caseTabs)[number]

/** Links to every place; nobody else writes a path by hand. */
export const link = {
  start: () => '/',
  hunts: () => '/hunts',
  overview: (hunt: string) => linkTo(['h', hunt, 'overview']),
  /** `id`: of a hypothesis, or `new`. */
  hypotheses: (hunt: string, id?: string) =>
    linkTo(['h', hunt, 'overview', 'hypotheses', ...(id === undefined ? [] : [id])]),
  evidence: (hunt: string, params: ParamChanges = {}) => linkTo(['h', hunt, 'evidence', 'rows'], params),
  rows: (hunt: string, params: ParamChanges & { ds: string }) => linkTo(['h', hunt, 'evidence', 'rows'], params),
  timeline: (hunt: string, params: ParamChanges = {}) => linkTo(['h', hunt, 'evidence', 'timeline'], params),
  searches: (hunt: string, params: ParamChanges = {}) => linkTo(['h', hunt, 'evidence', 'searches'], params),
  datasets: (hunt: string, params: ParamChanges = {}) => linkTo(['h', hunt, 'evidence', 'datasets'], params),
  keywords: (hunt: string, params: ParamChanges = {}) => linkTo(['h', hunt, 'evidence', 'keywords'], params),
  annotations: (hunt: string) => linkTo(['h', hunt, 'evidence', 'annotations']),
  importing: (hunt: string) => linkTo(['h', hunt, 'evidence', 'import']),
  alerts: (hunt: string, params: ParamChanges = {}) => linkTo(['h', hunt, 'alerts'], params),
  alert: (hunt: string, id: string) => linkTo(['h', hunt, 'alerts'], { id }),
  /** `id`: of a rule, or `new`, `new-analyzer`. */
  rules: (hunt: string, id?: string) => linkTo(['h', hunt, 'alerts', 'rules', ...(id === undefined ? [] : [id])]),
  analyzers: (hunt: string) => linkTo(['h', hunt, 'alerts', 'analyzers']),
  /** `id`: of a channel, or `new`. */
  notifications: (hunt: string, id?: string) =>
    linkTo(['h', hunt, 'alerts', 'notifications', ...(id === undefined ? [] : [id])]),
  network: (hunt: string, params: ParamChanges = {}) => linkTo(['h', hunt, 'map', 'network'], params),
  hosts: (hunt: string, params: ParamChanges = {}) => linkTo(['h', hunt, 'map', 'hosts'], params),
  /** `id`: of a map that is drawn by hand. */
  maps: (hunt: string, id?: string) => linkTo(['h', hunt, 'map', 'maps', ...(id === undefined ? [] : [id])]),
  processes: (hunt: string, params: ParamChanges = {}) => linkTo(['h', hunt, 'map', 'processes'], params),
  /** The process that a row is about or that did what it tells. */
  processOf: (hunt: string, ds: string, row: number) => linkTo(['h', hunt, 'map', 'processes'], { ds, row }),
  correlate: (params: ParamChanges = {}) => linkTo(['correlate', 'matrix'], params),
  findIoc: (value?: string) => linkTo(['correlate', 'find'], { value }),
  timeOverlap: (params: ParamChanges = {}) => linkTo(['correlate', 'times'], params),
  /** `id`: of a list, or `new`. */
  lists: (id?: string) => linkTo(['correlate', 'lists', ...(id === undefined ? [] : [id])]),
  /** A tab of the SOC console with the connection and time range in force there. */
  soc: (screen: SocScreen = 'overview', params: ParamChanges = {}) =>
    linkTo(['soc', screen], { ...socParams(), ...params }),
  socAddress: (address: string) => linkTo(['soc', 'address', address], socParams()),
  socJa4: (fingerprint: string) => linkTo(['soc', 'ja4', fingerprint], socParams()),
  cases: (params: ParamChanges = {}) => linkTo(['cases'], params),
  case: (id: string, tab: CaseTab = 'summary', params: ParamChanges = {}) => linkTo(['cases', id, tab], params),
  /** Of these hunts, with these cases. */
  exportCaseFile: ({ hunts, cases = [] }: { hunts: readonly string[]; cases?: readonly string[] }) =>
    linkTo(['case-file', 'export'], {
      ...(hunts.length > 0 ? { hunts: hunts.join(',') } : {}),
      ...(cases.length > 0 ? { cases: cases.join(',') } : {}),
    }),
  openCaseFile: (ticket?: string) => linkTo(['case-file', 'open'], ticket === undefined ? {} : { ticket }),
  /** `id`: of a connection, or `new`. */
  connections: (id?: string) => linkTo(['settings', 'connections', ...(id === undefined ? [] : [id])]),
  /** `id`: of a mapping. */
  mappings: (id?: string) => linkTo(['settings', 'mappings', ...(id === undefined ? [] : [id])]),
  settings: (tab: 'general' | 'connections' | 'storage' = 'general') => linkTo(['settings', tab]),
}

/** What links inside the SOC console carry along, also from elsewhere back to it. */
let lastSoc: ParamChanges = {}
function socParams(): ParamChanges {
  const here = parseRoute(location.hash)
  if (placeOf(here) === 'soc')
    lastSoc = Object.fromEntries(['conn', 'from', 'to', 'last', 'every'].map((name) => [name, here.params.get(name)]))
  return lastSoc
}

/** The hunt that a route is about; null in workspace places. */
export const huntOf = ({ path }: Route): string | null => (path[0] === 'h' ? (path[1] ?? null) : null)

/** The part of the path that names the place: `overview` for /h/<hunt>/overview, `settings` for /settings/general. */
export const placeOf = ({ path }: Route): string => (path[0] === 'h' ? (path[2] ?? 'overview') : (path[0] ?? 'start'))

/** The tab inside the place, when the URL names one. */
export const tabOf = ({ path }: Route): string | null => (path[0] === 'h' ? path[3] : path[1]) ?? null

/** What the tab has open, when the URL names it. */
export const openedOf = ({ path }: Route): string | null => (path[0] === 'h' ? path[4] : path[2]) ?? null

/**
 * `hunt` null: there is none yet; places of the workspace open without one. `params`: what is carried along where the place
 * takes it, such as the time range.
 */
export const placeLink = (place: Place, hunt: string | null, params: ParamChanges = {}): string | null => {
  if (place.id === 'soc') return link.soc()
  if (place.id === 'cases') return link.cases()
  if (place.scope === 'workspace') return link.correlate()
  return hunt === null ? null : huntLink(place, hunt, params)
}

const huntLink = (place: Place, hunt: string, params: ParamChanges): string =>
  place.id === 'alerts'
    ? link.alerts(hunt, params)
    : place.id === 'evidence'
      ? link.evidence(hunt, params)
      : place.id === 'map'
        ? link.network(hunt, params)
        : link.overview(hunt)
