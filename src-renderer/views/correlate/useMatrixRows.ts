import { useEffect, useMemo } from 'react'
import { useBackend } from '../../backend/BackendContext.ts'
import { arrayRows, type GridData } from '../../grid/gridData.ts'
import { pagedRows } from '../../grid/pagedRows.ts'
import { kinds, kindTypes, type CorrelateParams, type Kind } from './correlateParams.ts'
import { hostThings, iocThings, overviewRows, techniqueThings, type MatrixRow, type Thing } from './things.ts'
import type { Answer, Question } from './useCorrelation.ts'

/** The things of one kind in an answer. */
export const thingsOf = (answer: Answer, kind: Kind | 'ioc'): Thing[] =>
  kind === 'host'
    ? hostThings(answer.hosts)
    : kind === 'technique'
      ? techniqueThings(answer.techniques)
      : iocThings(answer.iocs)

const totalOf = ({ counts }: Answer, kind: Kind | 'ioc'): number =>
  kind === 'host' ? counts.hosts : kind === 'technique' ? counts.techniques : counts.iocs

/** The question for one kind alone, or for all indicators. */
export const questionFor = (question: Question, kind: Kind | 'ioc'): Question =>
  kind === 'ioc' || kindTypes[kind].length === 0 ? question : { ...question, types: [...kindTypes[kind]] }

/**
 * The lines of the matrix: of each kind the most frequent things, or all of one kind page by page. `first`: the answer for
 * that kind, null while it is on its way.
 */
export function useMatrixRows(
  question: Question | null,
  overview: Answer | undefined,
  first: Answer | undefined,
  params: CorrelateParams,
): GridData<MatrixRow> {
  const backend = useBackend()
  const flat = params.kind ?? (params.as === 'table' ? 'ioc' : null)
  const without = params.without.join()
  const asked = question === null ? null : JSON.stringify(question)
  const rows = useMemo((): { data: GridData<MatrixRow>; close?: () => void } => {
    const here = (some: readonly MatrixRow[]) => ({ data: arrayRows(some) })
    if (flat === null)
      return here(
        overview
          ? overviewRows(
              overview,
              kinds.filter((kind) => without.split(',').includes(kind)),
            )
          : [],
      )
    if (asked === null || !first) return here([])
    const whole: Question = JSON.parse(asked)
    const paged = pagedRows<Thing[], MatrixRow>({
      total: totalOf(first, flat),
      fetch: async ({ offset, limit }, signal) =>
        thingsOf(
          await backend.call('correlation.run', { ...questionFor(whole, flat), limit, offset }, { signal }),
          flat,
        ),
      rows: (blocks) => (blocks.get('') ?? []).map((thing): MatrixRow => ({ is: 'thing', thing })),
    })
    return { data: paged, close: () => paged.close() }
  }, [backend, asked, overview, first, flat, without])
  useEffect(() => rows.close, [rows])
  return rows.data
}
