import type { AlertFilter } from '#contract/alerts'
import { alertGroupings, alertStatuses, severities, type AlertGrouping } from '#contract/values'
import { setParams, useRoute } from '../../state/route.ts'

export const alertOrders = ['score', 'severity', 'newest', 'time', 'title', 'status', 'rows'] as const
export type AlertOrder = (typeof alertOrders)[number]

/** What the alert list is narrowed to and how it is ordered; all of it stands in the URL. */
export type AlertParams = {
  filter: AlertFilter
  sort: AlertOrder
  descending: boolean | null
  id: string | null
  /** What the list is grouped by. */
  group: AlertGrouping | null
}

/** Stands in the URL for alerts that name no host, user, rule and so on; no name begins so. */
export const NONE = '~none'
const orNone = (text: string): string | null => (text === NONE ? null : text)

/** Words of a closed list in a comma-separated param; unknown ones are left out. */
function listed<T extends string>(known: readonly T[], text: string | null): T[] {
  const wanted = (text ?? '').split(',')
  return known.filter((word) => wanted.includes(word))
}

/** A time in the URL as the contract writes it; null when it is none. */
const moment = (text: string | null): string | null =>
  text === null || Number.isNaN(Date.parse(text)) ? null : new Date(text).toISOString()

/** Reads the URL; what it does not understand it leaves out. */
export function alertParams(hunt: string, params: URLSearchParams): AlertParams {
  const severity = listed(severities, params.get('severity'))
  const status = listed(alertStatuses, params.get('status'))
  const analyzer = params.get('analyzer')
  const technique = params.get('technique')
  const dataset = params.get('ds')
  const rule = params.get('rule')
  const text = params.get('q')
  const named = (param: string): string | null | undefined => {
    const value = params.get(param)
    return value === null || value === '' ? undefined : orNone(value.slice(0, 500))
  }
  const [host, user, caseId, assignee] = [named('host'), named('user'), named('case'), named('assignee')]
  const tag = params.get('tag')
  const from = moment(params.get('from'))
  const to = moment(params.get('to'))
  const sort = alertOrders.find((order) => order === params.get('sort')) ?? 'score'
  const direction = params.get('dir')
  return {
    filter: {
      huntId: hunt,
      ...(severity.length > 0 ? { severity } : {}),
      ...(status.length > 0 ? { status } : {}),
      ...(analyzer && /^[a-z][a-z0-9_]*$/.test(analyzer) ? { analyzer } : {}),
      ...(technique && (technique === NONE || /^T\d{4}(\.\d{3})?$/.test(technique))
        ? { mitreTechnique: orNone(technique) }
        : {}),
      ...(dataset && /^[0-9a-f-]{36}$/i.test(dataset) ? { datasetId: dataset } : {}),
      ...(rule && (rule === NONE || /^[0-9a-f-]{36}$/i.test(rule)) ? { rule: orNone(rule) } : {}),
      ...(host === undefined ? {} : { host }),
      ...(user === undefined ? {} : { user }),
      ...(caseId === undefined ? {} : { caseId: caseId?.slice(0, 100) ?? null }),
      ...(assignee === undefined ? {} : { assignee }),
      ...(tag ? { tag: tag.slice(0, 64) } : {}),
      ...(from === null ? {} : { from }),
      ...(to === null ? {} : { to }),
      ...(text ? { text: text.slice(0, 500) } : {}),
    },
    sort,
    descending: direction === 'desc' ? true : direction === 'asc' ? false : null,
    id: params.get('id'),
    group: alertGroupings.find((one) => one === params.get('group')) ?? null,
  }
}

export function useAlertParams(hunt: string): AlertParams {
  return alertParams(hunt, useRoute().params)
}

/** Takes a word into a filter or out of it. */
export function toggleListed(param: 'severity' | 'status', present: readonly string[], word: string): void {
  const next = present.includes(word) ? present.filter((one) => one !== word) : [...present, word]
  setParams({ [param]: next.join(','), id: null })
}

export const noFilters = {
  severity: null,
  status: null,
  analyzer: null,
  technique: null,
  ds: null,
  rule: null,
  host: null,
  user: null,
  case: null,
  assignee: null,
  tag: null,
  from: null,
  to: null,
  q: null,
}

export const isFiltered = ({ huntId: _hunt, ...rest }: AlertFilter): boolean => Object.keys(rest).length > 0

/** The URL's words for what a group adds to the filter. */
export function groupParams(filter: AlertFilter): Record<string, string | null> {
  const word = (value: string | null | undefined): string | null => (value === undefined ? null : (value ?? NONE))
  const { analyzer } = filter
  return {
    ...('host' in filter ? { host: word(filter.host) } : {}),
    ...('user' in filter ? { user: word(filter.user) } : {}),
    ...('mitreTechnique' in filter ? { technique: word(filter.mitreTechnique) } : {}),
    ...('rule' in filter ? { rule: word(filter.rule) } : {}),
    ...(typeof analyzer === 'string' ? { analyzer } : {}),
  }
}
