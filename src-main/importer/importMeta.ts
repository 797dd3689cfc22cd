import type { ImportResult } from './importRequest.ts'

/** What a dataset file says about its own import in `meta`; the keys are those that finishDataset writes. */
export type ImportMeta = Pick<
  ImportResult,
  'size' | 'sha256' | 'encoding' | 'delimiter' | 'quote' | 'header' | 'headerLine' | 'warnings' | 'profile'
> & { unsetMarks: string[] }
