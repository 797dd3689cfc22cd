import { useEffect, useRef, useState } from 'react'
import type { Column } from '#contract/datasets'
import { useBackend } from '../../backend/BackendContext.ts'
import { copyText, type CopyFormat } from '../../grid/copyText.ts'
import { rowCount, type RowRanges } from '../../grid/rowRanges.ts'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { COPY_ROWS_MAX, copySelection } from './copySelection.ts'
import type { RowsQuery } from './evidenceRows.ts'

const SAID_MS = 4_000

/** Copies to the clipboard and says what it did; `said` is for a status line. */
export function useCopyRows() {
  const backend = useBackend()
  const [said, setSaid] = useState<string | null>(null)
  const running = useRef<AbortController | null>(null)
  useEffect(() => {
    if (said === null) return
    const timer = setTimeout(() => setSaid(null), SAID_MS)
    return () => clearTimeout(timer)
  }, [said])
  useEffect(() => () => running.current?.abort(), [])

  const write = (text: string, done: string) =>
    navigator.clipboard.writeText(text).then(
      () => setSaid(done),
      () => setSaid('Nothing was copied: the browser does not allow it.'),
    )

  const copyRows = (query: RowsQuery, ranges: RowRanges, columns: readonly Column[], format: CopyFormat) => {
    const count = rowCount(ranges)
    if (count === 0) return
    if (count > COPY_ROWS_MAX) {
      setSaid(
        `Nothing was copied: ${formatNoun(count, 'row')} are selected, at most ${formatCount(COPY_ROWS_MAX)} can be copied at once.`,
      )
      return
    }
    running.current?.abort()
    const controller = new AbortController()
    running.current = controller
    if (count > 500) setSaid(`Copying ${formatNoun(count, 'row')}`)
    copySelection(backend, query, ranges, columns, controller.signal).then(
      (table) => write(copyText(table, format), `${formatNoun(table.rows.length, 'row')} copied`),
      (error: unknown) => {
        if (!controller.signal.aborted)
          setSaid(`Nothing was copied: ${error instanceof Error ? error.message : String(error)}`)
      },
    )
  }
  return {
    said,
    say: (text: string) => setSaid(text),
    copyRows,
    copyOne: (text: string, what: string) => void write(text, `${what} copied`),
  }
}
