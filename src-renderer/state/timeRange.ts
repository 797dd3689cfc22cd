import { tabOf, huntOf, placeOf } from './places.ts'
import { parseRoute, setParams, useRoute, type Route } from './route.ts'

/** A stretch of time that everything on screen is narrowed to; null leaves an end open. ISO 8601, `from` included, `to` not. */
export type TimeRange = { from: string | null; to: string | null }

export const NO_RANGE: TimeRange = { from: null, to: null }
export const isRange = ({ from, to }: TimeRange): boolean => from !== null || to !== null

/** A time in the URL as the contract writes it, finer than a millisecond where it is; null when it is none. */
export function moment(text: string | null): string | null {
  if (text === null || Number.isNaN(Date.parse(text))) return null
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/.test(text) ? text : new Date(text).toISOString()
}

export const rangeIn = (params: URLSearchParams): TimeRange => ({
  from: moment(params.get('from')),
  to: moment(params.get('to')),
})

/** The places that are narrowed to the range in the URL: rows, timeline, alerts, network, processes, SOC. */
export function takesRange(route: Route): boolean {
  const tab = tabOf(route)
  if (placeOf(route) === 'soc') return true
  if (placeOf(route) === 'evidence') return tab === null || tab === 'rows' || tab === 'timeline'
  if (placeOf(route) === 'map') return tab === 'processes' || tab === 'network'
  return placeOf(route) === 'alerts' && tab === null
}

/** The range that was in force last, and in which hunt: links to places that take one carry it along. */
let last: { hunt: string; range: TimeRange } | null = null

/** For links: the range in force in this hunt, as params. Empty where there is none. */
export function rangeParams(hunt: string): { from?: string; to?: string } {
  const here = parseRoute(location.hash)
  if (huntOf(here) === hunt && takesRange(here)) last = { hunt, range: rangeIn(here.params) }
  const range = last?.hunt === hunt ? last.range : NO_RANGE
  return { ...(range.from === null ? {} : { from: range.from }), ...(range.to === null ? {} : { to: range.to }) }
}

/** Sets the range of the place on screen, as a step in the history. A place in the timeline (`at`) goes: it counted other rows. */
export const setRange = ({ from, to }: TimeRange): void =>
  setParams({ from, to, at: null, last: null }, { replace: false })

/** Narrows the SOC console to the last so many seconds by the clock of its server; null: each panel looks as far back as is its way. */
export const setLast = (seconds: number | null): void =>
  setParams({ from: null, to: null, last: seconds }, { replace: false })

/** The range in the URL, and whether the place on screen takes one. */
export function useTimeRange(): TimeRange & { taken: boolean; soc: boolean; last: number | null } {
  const route = useRoute()
  const taken = takesRange(route)
  const hunt = huntOf(route)
  const soc = placeOf(route) === 'soc'
  const last = soc ? Number(route.params.get('last')) || null : null
  return { ...rangeIn(route.params), taken: taken && (hunt !== null || soc), soc, last }
}
