/** Requests that may run at once for one table: one for what is on screen, one for what comes next. */
export const REQUESTS_MAX = 2

export type PageCacheOptions<P> = {
  fetch(key: string, signal: AbortSignal): Promise<P>
  /** Pages kept; those looked at longest ago go first. Must hold at least what one screen wants. */
  capacity: number
  /** Told whenever a page came or failed. */
  changed(): void
}

export type PageCache<P> = {
  /** The page if it is here. Looking does not ask for it. */
  get(key: string): P | undefined
  /** Says which pages are wanted now, most wanted first. Requests for others are aborted. */
  want(keys: readonly string[]): void
  /** Why a wanted page could not be had; undefined when all came or still may come. */
  failure(): unknown
  /** Asks again for the pages that failed. */
  retry(): void
  /** Aborts what runs and forgets everything; wanting again starts anew. */
  close(): void
}

/**
 * Keeps pages of a long list: at most `capacity` pages, at most REQUESTS_MAX requests in flight, stale requests aborted.
 * A page that failed is not asked for again until `retry`.
 */
export function createPageCache<P>({ fetch, capacity, changed }: PageCacheOptions<P>): PageCache<P> {
  // A Map keeps the order of insertion: the first key is the one used longest ago.
  const pages = new Map<string, P>()
  const running = new Map<string, AbortController>()
  const failed = new Map<string, unknown>()
  let wanted: readonly string[] = []

  const touch = (key: string): void => {
    const page = pages.get(key)
    if (page === undefined) return
    pages.delete(key)
    pages.set(key, page)
  }

  const shrink = (): void => {
    for (const key of pages.keys()) {
      if (pages.size <= capacity) return
      pages.delete(key)
    }
  }

  const settle = (key: string, controller: AbortController, outcome: () => void): void => {
    if (running.get(key) !== controller) return
    running.delete(key)
    outcome()
    pump()
    changed()
  }

  const start = (key: string): void => {
    const controller = new AbortController()
    running.set(key, controller)
    fetch(key, controller.signal).then(
      (page) =>
        settle(key, controller, () => {
          pages.set(key, page)
          shrink()
        }),
      (error: unknown) => settle(key, controller, () => failed.set(key, error)),
    )
  }

  const pump = (): void => {
    for (const key of wanted) {
      if (running.size >= REQUESTS_MAX) return
      if (!pages.has(key) && !running.has(key) && !failed.has(key)) start(key)
    }
  }

  return {
    get: (key) => pages.get(key),
    want(keys) {
      wanted = keys.slice(0, capacity)
      const still = new Set(wanted)
      for (const [key, controller] of running) {
        if (still.has(key)) continue
        running.delete(key)
        controller.abort()
      }
      for (const key of wanted.toReversed()) touch(key)
      pump()
    },
    failure: () => wanted.map((key) => failed.get(key)).find((error) => error !== undefined),
    retry() {
      failed.clear()
      pump()
      changed()
    },
    close() {
      for (const controller of running.values()) controller.abort()
      running.clear()
      pages.clear()
      failed.clear()
      wanted = []
    },
  }
}
