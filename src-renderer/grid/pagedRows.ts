import type { GridData, GridView } from './gridData.ts'
import { createPageCache } from './pageCache.ts'

/** Rows asked for at once. */
export const PAGE_ROWS = 200
/** Pages kept: 12,800 rows of the present columns. */
const PAGES_MAX = 64
/** While the thumb is dragged across many pages they are asked for at most this often: most are gone before an answer could come. */
const JUMP_EVERY_MS = 60

export type PagedRowsOptions<P, R> = {
  total: number
  /** Gets a page of the columns of one block. */
  fetch(request: { offset: number; limit: number; block: string }, signal: AbortSignal): Promise<P>
  /** Makes the rows of a page from the blocks that are here. Called once per change. */
  rows(blocks: ReadonlyMap<string, P>): readonly R[]
  /** Which blocks hold these columns; one block '' when left out. */
  blocksOf?(columns: readonly string[]): readonly string[]
  /** Runs `task` after `ms`; answers how to call it off. */
  later?(task: () => void, ms: number): () => void
  /** Milliseconds of a clock that only goes forward. */
  now?(): number
}

export type PagedRows<R> = GridData<R> & {
  failure(): unknown
  retry(): void
  close(): void
}

const timer = (task: () => void, ms: number): (() => void) => {
  const handle = setTimeout(task, ms)
  return () => clearTimeout(handle)
}

/** The pages that hold rows first..last, then the two that come next in the direction of movement, then the one behind. */
export function pagesToWant(view: { first: number; last: number }, before: number, total: number): number[] {
  const pages = Math.ceil(total / PAGE_ROWS)
  if (view.last < view.first || pages === 0) return []
  const first = Math.floor(view.first / PAGE_ROWS)
  const last = Math.floor(view.last / PAGE_ROWS)
  const visible = Array.from({ length: last - first + 1 }, (_, n) => first + n)
  const ahead = view.first < before ? [first - 1, first - 2, last + 1] : [last + 1, last + 2, first - 1]
  return [...visible, ...ahead].filter((page) => page >= 0 && page < pages)
}

/** Rows of a list that lies elsewhere, in pages of PAGE_ROWS rows and blocks of columns, kept by a page cache. */
export function pagedRows<P, R>(options: PagedRowsOptions<P, R>): PagedRows<R> {
  const { total, later = timer, now = () => performance.now() } = options
  const blocksOf = options.blocksOf ?? (() => [''])
  const listeners = new Set<() => void>()
  const made = new Map<number, { stamp: string; rows: readonly R[] }>()
  let known: readonly string[] = []
  let version = 0
  let before = 0
  let lastPage = 0
  let lastJump = -JUMP_EVERY_MS
  let cancelJump = (): void => {}

  const cache = createPageCache<P>({
    capacity: PAGES_MAX,
    changed: () => {
      version += 1
      for (const listener of listeners) listener()
    },
    fetch: (key, signal) => {
      const [page = '0', block = ''] = key.split(/:(.*)/s)
      const offset = Number(page) * PAGE_ROWS
      return options.fetch({ offset, limit: Math.min(PAGE_ROWS, total - offset), block }, signal)
    },
  })

  const rowsOf = (page: number): readonly R[] => {
    const here = new Map<string, P>()
    for (const block of known) {
      const part = cache.get(`${page}:${block}`)
      if (part !== undefined) here.set(block, part)
    }
    if (here.size === 0) return []
    const stamp = [...here.keys()].join('\n')
    const old = made.get(page)
    if (old?.stamp === stamp) return old.rows
    const rows = options.rows(here)
    made.set(page, { stamp, rows })
    if (made.size > PAGES_MAX) made.delete(made.keys().next().value ?? page)
    return rows
  }

  const want = (view: GridView): void => {
    const blocks = blocksOf(view.columns)
    known = [...blocks, ...known.filter((block) => !blocks.includes(block))].slice(0, 16)
    cache.want(pagesToWant(view, before, total).flatMap((page) => blocks.map((block) => `${page}:${block}`)))
    before = view.first
  }

  return {
    total,
    rowAt: (index) => rowsOf(Math.floor(index / PAGE_ROWS))[index % PAGE_ROWS],
    show(view) {
      cancelJump()
      const page = Math.floor(view.first / PAGE_ROWS)
      const jumped = Math.abs(page - lastPage) > 2
      lastPage = page
      const wait = jumped ? lastJump + JUMP_EVERY_MS - now() : 0
      const go = () => {
        if (jumped) lastJump = now()
        want(view)
      }
      if (wait > 0) cancelJump = later(go, wait)
      else go()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    version: () => version,
    failure: () => cache.failure(),
    retry: () => cache.retry(),
    close() {
      cancelJump()
      made.clear()
      cache.close()
    },
  }
}
