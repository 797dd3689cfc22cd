import type { Cell, RowsPage } from '#contract/rows'
import type { Backend } from '../../backend/backend.ts'
import { pagedRows, type PagedRows } from '../../grid/pagedRows.ts'
import { isRange, type TimeRange } from '../../state/timeRange.ts'
import { ROW_COLUMN } from './columnsParam.ts'

/** Columns asked for at once. A dataset with more is read in blocks, only those in view. */
const BLOCK_COLUMNS = 40

export type EvidenceRow = {
  /** Number of the row in the dataset, from 1. */
  row: number
  time: string | null
  /** undefined: not loaded; null: empty. */
  cell(column: string): Cell | undefined
}

export type RowsQuery = {
  datasetId: string
  q: string
  range: TimeRange
  sort: { column: string; descending: boolean } | null
  /** The copy on a server that answers instead of the dataset here. */
  copy?: string | null
}

/** Whether every row matches. */
export const isEverything = ({ q, range }: Pick<RowsQuery, 'q' | 'range'>): boolean => q === '' && !isRange(range)

/** The query as the rows calls take it. */
export const rowsInput = ({ datasetId, q, range, sort, copy }: RowsQuery) => ({
  datasetId,
  ...(copy === undefined || copy === null ? {} : { copy }),
  ...(q === '' ? {} : { q }),
  ...(range.from === null ? {} : { from: range.from }),
  ...(range.to === null ? {} : { to: range.to }),
  ...(sort === null ? {} : { sort }),
})

type Block = {
  rows: readonly number[]
  times: readonly (string | null)[]
  columns: ReadonlyMap<string, readonly Cell[]>
}

const toBlock = (page: RowsPage): Block => ({
  rows: page.rows,
  times: page.times,
  columns: new Map(page.columns.map((column) => [column.name, column.cells])),
})

function rowsOf(blocks: ReadonlyMap<string, Block>): EvidenceRow[] {
  const all = [...blocks.values()]
  const first = all[0]
  if (!first) return []
  const cells = new Map(all.flatMap((block) => [...block.columns]))
  return first.rows.map((row, n) => ({ row, time: first.times[n] ?? null, cell: (column) => cells.get(column)?.[n] }))
}

/**
 * The matching rows of a dataset, page by page. `order`: names of its columns as they stand at first, by id of the grid. `early`: as they are
 * before all are looked at.
 */
export function evidenceRows(
  backend: Backend,
  query: RowsQuery,
  total: number,
  order: ReadonlyMap<string, string>,
  early = false,
): PagedRows<EvidenceRow> {
  const ids = [...order.keys()]
  const blockOf = new Map(ids.map((id, n) => [id, String(Math.floor(n / BLOCK_COLUMNS))]))
  const names = [...order.values()]
  return pagedRows<Block, EvidenceRow>({
    total,
    blocksOf: (columns) => {
      const blocks = new Set(columns.flatMap((id) => (id === ROW_COLUMN ? [] : (blockOf.get(id) ?? []))))
      return blocks.size === 0 ? ['0'] : [...blocks]
    },
    fetch: async ({ offset, limit, block }, signal) => {
      const from = Number(block) * BLOCK_COLUMNS
      const columns = names.slice(from, from + BLOCK_COLUMNS)
      // The number of matching rows is known already, or asked for apart: a page need not wait for it.
      const asked = { ...rowsInput(query), offset, limit, columns, soon: true }
      let page = await backend.call('rows.page', asked, { signal })
      // These rows are there: short, it came while they were still looked for; sorted, others may come before them.
      while (!early && !page.counted && (page.rows.length < limit || query.sort !== null))
        page = await backend.call('rows.page', asked, { signal })
      return toBlock(page)
    },
    rows: rowsOf,
  })
}
