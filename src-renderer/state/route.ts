import { useMemo, useSyncExternalStore } from 'react'

/** A place in the page: the parts of the path and what is shared by URL, both from location.hash. */
export type Route = {
  /** `['h', '<hunt>', 'alerts']` for `#/h/<hunt>/alerts?q=x` */
  path: readonly string[]
  params: URLSearchParams
  /** Path and params without the `#`. */
  href: string
}

export type ParamChanges = Record<string, string | number | null | undefined>

const moved = new EventTarget()

const decode = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

export function parseRoute(hash: string): Route {
  const href = hash.replace(/^#/, '') || '/'
  const cut = href.indexOf('?')
  const path = (cut < 0 ? href : href.slice(0, cut)).split('/').filter(Boolean).map(decode)
  return { path, params: new URLSearchParams(cut < 0 ? '' : href.slice(cut + 1)), href }
}

/** `linkTo(['h', id, 'alerts'], { q: 'x', id: null })` is `/h/<id>/alerts?q=x`: empty params are left out. */
export function linkTo(path: readonly string[], params: ParamChanges = {}): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(params)) {
    if (value !== null && value !== undefined && value !== '') search.set(key, String(value))
  }
  const query = search.toString()
  return `/${path.map(encodeURIComponent).join('/')}${query ? `?${query}` : ''}`
}

/** Goes to a place. `replace`: without a step in the history (typing, selecting a row). */
export function navigate(href: string, { replace = false } = {}): void {
  if (`#${href}` === location.hash) return
  if (replace) history.replaceState(null, '', `#${href}`)
  else history.pushState(null, '', `#${href}`)
  moved.dispatchEvent(new Event('move'))
}

/** Changes params of the present place and keeps the others. */
export function setParams(changes: ParamChanges, options: { replace?: boolean } = { replace: true }): void {
  const { path, params } = parseRoute(location.hash)
  navigate(linkTo(path, { ...Object.fromEntries(params), ...changes }), options)
}

const subscribe = (listener: () => void) => {
  addEventListener('hashchange', listener)
  addEventListener('popstate', listener)
  moved.addEventListener('move', listener)
  return () => {
    removeEventListener('hashchange', listener)
    removeEventListener('popstate', listener)
    moved.removeEventListener('move', listener)
  }
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => location.hash)
  return useMemo(() => parseRoute(hash), [hash])
}

/** One param of the URL and its setter; null when absent. */
export function useParam(
  name: string,
): [string | null, (value: string | number | null, options?: { replace?: boolean }) => void] {
  const { params } = useRoute()
  return [params.get(name), (value, options) => setParams({ [name]: value }, options)]
}
