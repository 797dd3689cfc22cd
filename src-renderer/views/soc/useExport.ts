import { useEffect, useRef, useState } from 'react'
import type { Backend } from '../../backend/backend.ts'
import { csvOf, saveCsv } from './exportRows.ts'
import { useSoc } from './soc.ts'
import type { PanelParams, Row } from './usePanel.ts'

/** Rows of one export: more belong into a hunt. */
const MOST = 10_000
const PAGE = 500

/** Saves all rows of a paged part, in its order, as CSV; what is over the limit is said. */
export function useExport(backend: Backend, panel: string, part: string, params: PanelParams, total: number) {
  const { connection, range } = useSoc()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const leave = useRef<AbortController | null>(null)
  useEffect(() => () => leave.current?.abort(), [])

  async function save(signal: AbortSignal): Promise<void> {
    const rows: Row[] = []
    while (rows.length < Math.min(total, MOST)) {
      const asked = { ...params, limit: Math.min(PAGE, MOST - rows.length), offset: rows.length }
      const { parts } = await backend.call(
        'soc.panel',
        { connection: connection.id, panel, params: asked, ...range, only: [part], totals: false, consent: true },
        { signal },
      )
      const [page] = parts
      if (!page || page.failure) throw new Error(page?.failure?.message ?? 'The server gave no rows.')
      rows.push(...page.rows)
      if (page.rows.length === 0 || rows.length >= Math.min(total, MOST))
        return saveCsv(panel, csvOf(page.columns, rows))
    }
  }

  return {
    busy,
    failure,
    most: MOST,
    left: Math.max(0, total - MOST),
    run: () => {
      const controller = new AbortController()
      leave.current = controller
      setBusy(true)
      setFailure(null)
      save(controller.signal)
        .catch((error: unknown) => setFailure(error instanceof Error ? error.message : 'The export failed.'))
        .finally(() => setBusy(false))
    },
  }
}
