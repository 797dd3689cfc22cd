import { useEffect, useMemo, useRef, useState } from 'react'
import { useBackend } from '../../backend/BackendContext.ts'
import { pagedRows, type PagedRows } from '../../grid/pagedRows.ts'
import { useSoc } from './soc.ts'
import { usePanel, type PanelParams, type PanelState, type Row } from './usePanel.ts'

/** Rows of the first page; the grid asks for as many at once. */
const PAGE = 200

export type PanelRows = { state: PanelState; data: PagedRows<Row> | null; total: number }

/**
 * The rows of a paged part, page by page, sorted and filtered by the server. The first page counts them; the old rows stay on
 * screen until the new ones are here.
 */
export function usePanelRows(panel: string, part: string, params: PanelParams): PanelRows {
  const backend = useBackend()
  const { connection, range } = useSoc()
  const state = usePanel(panel, { parts: [part], params: { ...params, limit: PAGE, offset: 0 } })
  const key = JSON.stringify({ connection: connection.id, panel, params, ...range })
  const asked = useMemo<{ connection: string; panel: string; params: PanelParams }>(() => JSON.parse(key), [key])
  const answer = state.part(part)
  const [shown, setShown] = useState<PagedRows<Row> | null>(null)
  const old = useRef<PagedRows<Row> | null>(null)

  useEffect(() => {
    if (!answer || answer.failure || state.stale) return
    const { total, rows } = answer
    const next = pagedRows<readonly Row[], Row>({
      total: total ?? rows.length,
      fetch: async ({ offset, limit }, signal) => {
        if (offset === 0) return rows
        const more = {
          ...asked,
          params: { ...asked.params, limit, offset },
          only: [part],
          totals: false,
          consent: true,
        }
        const [page] = (await backend.call('soc.panel', more, { signal })).parts
        if (page?.failure) throw new Error(page.failure.message)
        return page?.rows ?? []
      },
      rows: (blocks) => blocks.get('') ?? [],
    })
    const swap = (): void => {
      stop()
      old.current?.close()
      old.current = next
      setShown(next)
    }
    const stop = next.subscribe(swap)
    if (next.total === 0) swap()
    else next.show({ first: 0, last: Math.min(next.total, PAGE) - 1, columns: [] })
    return stop
  }, [backend, asked, part, answer, state.stale])

  useEffect(() => () => old.current?.close(), [])
  return { state, data: shown, total: shown?.total ?? 0 }
}
