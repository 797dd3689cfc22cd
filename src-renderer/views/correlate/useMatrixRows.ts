import { useEffect, useMemo } from 'react'
import { useBackend } from '../../backend/BackendContext.ts'
import { arrayRows, type GridData } from '../../grid/gridData.ts'
import { pagedRows } from '../../grid/pagedRows.ts'
import { kinds, type CorrelateParams } from './correlateParams.ts'
import { listedOf, listedThings, totalOf } from './listedThings.ts'
import { overviewRows, type MatrixRow, type Thing } from './things.ts'
import type { Answer, Question } from './useCorrelation.ts'

/**
 * The lines of the matrix: of each kind the most frequent things, or all that is listed page by page. `first`: the answer for
 * what is listed, null while it is on its way.
 */
export function useMatrixRows(
  question: Question | null,
  overview: Answer | undefined,
  first: Answer | undefined,
  params: CorrelateParams,
): GridData<MatrixRow> {
  const backend = useBackend()
  const { kind } = params
  const flat = kind !== null || params.as === 'table'
  const without = params.without.join()
  const asked = question === null ? null : JSON.stringify(question)
  const rows = useMemo((): { data: GridData<MatrixRow>; close?: () => void } => {
    const hidden = kinds.filter((one) => without.split(',').includes(one))
    const here = (some: readonly MatrixRow[]) => ({ data: arrayRows(some) })
    if (!flat) return here(overview ? overviewRows(overview, hidden) : [])
    if (asked === null || !first) return here([])
    const whole: Question = JSON.parse(asked)
    const listed = listedOf(whole, kind, hidden)
    const paged = pagedRows<Thing[], MatrixRow>({
      total: totalOf(first, listed),
      fetch: (page, signal) => listedThings(backend, listed, first, page, signal),
      rows: (blocks) => (blocks.get('') ?? []).map((thing): MatrixRow => ({ is: 'thing', thing })),
    })
    return { data: paged, close: () => paged.close() }
  }, [backend, asked, overview, first, flat, kind, without])
  useEffect(() => rows.close, [rows])
  return rows.data
}
