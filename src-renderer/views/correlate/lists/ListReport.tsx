import type { ReactNode } from 'react'

/** What an import of a list came to; the shape of a job's result is told by its kind only. */
export type ReadList = {
  listId: string
  format: string
  indicators: number
  duplicates: number
  rejected: number
  /** Lines whose verdict is no word for one, and these words. */
  otherVerdicts: { lines: number; words: string[] }
}

const reportOf = (result: unknown): ReadList | null => {
  const field = (name: string): unknown =>
    typeof result === 'object' && result !== null ? Reflect.get(result, name) : undefined
  const number = (name: string): number => {
    const value = field(name)
    return typeof value === 'number' ? value : 0
  }
  const listId = field('listId')
  const format = field('format')
  if (typeof listId !== 'string' || typeof format !== 'string') return null
  return {
    ...{ listId, format },
    ...{ indicators: number('indicators'), duplicates: number('duplicates'), rejected: number('rejected') },
    otherVerdicts: otherVerdictsOf(field('otherVerdicts')),
  }
}

function otherVerdictsOf(said: unknown): ReadList['otherVerdicts'] {
  const lines: unknown = typeof said === 'object' && said !== null ? Reflect.get(said, 'lines') : 0
  const words: unknown = typeof said === 'object' && said !== null ? Reflect.get(said, 'words') : []
  return {
    lines: typeof lines === 'number' ? lines : 0,
    words: (Array.isArray(words) ? words : []).flatMap((one: unknown) => {
      const word: unknown = typeof one === 'object' && one !== null ? Reflect.get(one, 'word') : null
      return typeof word === 'string' ? [word] : []
    }),
  }
}

export function ListReport({ result, children }: { result: unknown; children: (report: ReadList) => ReactNode }) {
  const report = reportOf(result)
  return report && children(report)
}
