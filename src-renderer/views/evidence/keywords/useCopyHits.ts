import { useEffect, useState } from 'react'
import type { KeywordHit } from '#contract/keywords'
import { useBackend } from '../../../backend/BackendContext.ts'
import { copyText, type CopyFormat } from '../../../grid/copyText.ts'
import { firstRows, rowCount, type RowRanges } from '../../../grid/rowRanges.ts'
import { formatCount, formatNoun } from '../../../ui/formatNumber.ts'
import type { HitsInput } from './hitParams.ts'
import { hitTable } from './hitColumns.tsx'

/** Hits that are copied at once. */
const COPY_MAX = 20_000
const PAGE = 500
const SAID_MS = 4_000

/** Copies hits to the clipboard and says what it did. */
export function useCopyHits(input: HitsInput) {
  const backend = useBackend()
  const [said, setSaid] = useState<string | null>(null)
  useEffect(() => {
    if (said === null) return
    const timer = setTimeout(() => setSaid(null), SAID_MS)
    return () => clearTimeout(timer)
  }, [said])

  async function read(ranges: RowRanges): Promise<KeywordHit[]> {
    const wanted = firstRows(ranges, COPY_MAX)
    const pages = new Map<number, KeywordHit[]>()
    for (const page of new Set(wanted.map((row) => Math.floor(row / PAGE))))
      pages.set(page, (await backend.call('keywords.hits', { ...input, limit: PAGE, offset: page * PAGE })).hits)
    return wanted.flatMap((row) => pages.get(Math.floor(row / PAGE))?.[row % PAGE] ?? [])
  }
  const copy = (ranges: RowRanges, format: CopyFormat): void => {
    const count = rowCount(ranges)
    if (count === 0) return
    if (count > COPY_MAX) {
      setSaid(
        `Nothing was copied: ${formatNoun(count, 'hit')} are selected, at most ${formatCount(COPY_MAX)} can be copied at once.`,
      )
      return
    }
    read(ranges)
      .then(async (hits) => {
        const rows = hits.map((hit) => hitTable.map(([, text]) => text(hit)))
        await navigator.clipboard.writeText(copyText({ headers: hitTable.map(([title]) => title), rows }, format))
        setSaid(`${formatNoun(hits.length, 'hit')} copied`)
      })
      .catch((error: unknown) =>
        setSaid(`Nothing was copied: ${error instanceof Error ? error.message : String(error)}`),
      )
  }
  return { said, copy }
}
