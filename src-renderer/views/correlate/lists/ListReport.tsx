import type { ReactNode } from 'react'

/** What an import of a list came to; the shape of a job's result is told by its kind only. */
type Report = { listId: string; format: string; indicators: number; duplicates: number; rejected: number }

const reportOf = (result: unknown): Report | null => {
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
  }
}

export function ListReport({ result, children }: { result: unknown; children: (report: Report) => ReactNode }) {
  const report = reportOf(result)
  return report && children(report)
}
