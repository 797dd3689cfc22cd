import type { ColumnType } from '#contract/values'
import type { ImportResult } from './importRequest.ts'

/** What a dataset file says about its own import in `meta`; the keys are those that finishDataset writes. */
export type ImportMeta = Pick<
  ImportResult,
  'size' | 'sha256' | 'encoding' | 'delimiter' | 'quote' | 'header' | 'headerLine' | 'warnings' | 'profile'
> & {
  unsetMarks: string[]
  /** Types that the source said of its columns; none in files made before this was kept. */
  saidTypes: (ColumnType | null)[]
  /** A record has at least so many cells; missing ones are empty. null: as many as there are columns. */
  least: number | null
  escape: 'quote' | 'backslash'
}
