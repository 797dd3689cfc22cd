import { useMemo } from 'react'
import type { Input } from '#contract/contract'
import { linkTo, setParams, useRoute } from '../../../state/route.ts'

export const hitOrders = ['row', 'time', 'theme', 'keyword', 'field', 'host', 'user', 'value', 'dataset'] as const
export type HitOrder = (typeof hitOrders)[number]
export type HitsInput = Omit<Input<'keywords.hits'>, 'limit' | 'offset'>

/** What the hits are narrowed to and how they are ordered, and the theme that is edited; all of it stands in the URL. */
export type HitParams = { input: HitsInput; sort: HitOrder | null; descending: boolean; edited: string | null }

const ID = /^[0-9a-f-]{36}$/i

/** Reads the URL; what it does not understand it leaves out. */
export function hitParams(hunt: string, params: URLSearchParams): HitParams {
  const id = (name: string): string | undefined => {
    const value = params.get(name)
    return value !== null && ID.test(value) ? value : undefined
  }
  const text = (name: string): string | undefined => params.get(name)?.slice(0, 500) || undefined
  const sort = hitOrders.find((order) => order === params.get('sort')) ?? null
  const descending = params.get('dir') === 'desc'
  const wanted = {
    datasetId: id('ds'),
    themeId: id('theme'),
    keywordId: id('keyword'),
    host: text('host'),
    user: text('user'),
    text: text('q'),
  }
  const filter = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined))
  return {
    input: { huntId: hunt, ...filter, ...(sort === null ? {} : { sort, descending }) },
    sort,
    descending,
    edited: params.get('edit'),
  }
}

export function useHitParams(hunt: string): HitParams {
  const { params } = useRoute()
  return useMemo(() => hitParams(hunt, params), [hunt, params])
}

export const noHitFilters = { ds: null, theme: null, keyword: null, host: null, user: null, q: null }

export const isNarrowed = ({ input }: HitParams): boolean =>
  Object.keys(input).some((key) => !['huntId', 'sort', 'descending'].includes(key))

/** The same place with other params, as a link. */
export function useHitLink(): (changes: Record<string, string | null>) => string {
  const { path, params } = useRoute()
  return (changes) => linkTo(path, { ...Object.fromEntries(params), ...changes })
}

export const editTheme = (id: string | null): void => setParams({ edit: id })
