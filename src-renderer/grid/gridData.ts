/** What is on screen, so that the rows around it can be had in time. Row indexes from 0, `last` inclusive. */
export type GridView = { first: number; last: number; columns: readonly string[] }

/** Where a grid takes its rows from. The same row keeps its identity until its content changes. */
export type GridData<R> = {
  readonly total: number
  /** undefined: not here yet. */
  rowAt(index: number): R | undefined
  show(view: GridView): void
  subscribe(listener: () => void): () => void
  /** Changes whenever `rowAt` may answer otherwise. */
  version(): number
}

/** Rows that are all here. */
export const arrayRows = <R>(rows: readonly R[]): GridData<R> => ({
  total: rows.length,
  rowAt: (index) => rows[index],
  show: () => {},
  subscribe: () => () => {},
  version: () => 0,
})
