import type { Column, Dialect, Reading } from '#contract/datasets'

/** The part of a dialect that says how cells are read, without what is undefined. */
export function readingOf(dialect: Dialect): Reading {
  const { fields, profile, timeColumn, timeZone, skewSeconds, dayFirst, splits, first } = dialect
  return {
    ...(fields === undefined ? {} : { fields }),
    ...(profile === undefined ? {} : { profile }),
    ...(timeColumn === undefined ? {} : { timeColumn }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(skewSeconds === undefined ? {} : { skewSeconds }),
    ...(dayFirst === undefined ? {} : { dayFirst }),
    ...(splits === undefined ? {} : { splits }),
    ...(first === undefined ? {} : { first }),
  }
}

export const saysSomething = (reading: Reading): boolean => Object.keys(reading).length > 0

/** Whether something was said that holds for other files as well: the skew of a clock does not. */
export const saysOfOthers = ({ skewSeconds: _, ...others }: Reading): boolean => saysSomething(others)

/** `said` on top of `before`; what is said of some columns (fields, order of day and month, packed) leaves the others. */
export const withReading = (before: Reading, said: Reading): Reading => ({
  ...before,
  ...said,
  ...(said.fields === undefined ? {} : { fields: { ...before.fields, ...said.fields } }),
  ...(said.dayFirst === undefined ? {} : { dayFirst: { ...before.dayFirst, ...said.dayFirst } }),
  ...(said.splits === undefined ? {} : { splits: { ...before.splits, ...said.splits } }),
})

/** What is derived from packed columns differs from file to file and names no headers. */
export const sourceHeaders = (columns: readonly Pick<Column, 'header' | 'derivedFrom'>[]): string[] =>
  columns.filter((column) => column.derivedFrom === null).map((column) => column.header)
