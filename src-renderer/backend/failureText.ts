import type { AppError } from '#contract/appError'
import type { FailureCode } from '#contract/values'

/** What people read when a call fails. The message of the failure says what happened here; this says the rest. */
export type FailureText = { title: string; unaffected: string; next: string }

const texts: Record<FailureCode, FailureText> = {
  'invalid-input': {
    title: 'This was not accepted',
    unaffected: 'Nothing was changed.',
    next: 'Correct the value that is named and try again.',
  },
  'not-found': {
    title: 'This no longer exists',
    unaffected: 'Nothing else is affected.',
    next: 'It may have been deleted, or the link may come from another workspace. Go back to the list.',
  },
  conflict: {
    title: 'This does not fit what is there',
    unaffected: 'Nothing was changed.',
    next: 'Look at the current state and try again.',
  },
  cancelled: {
    title: 'Cancelled',
    unaffected: 'Nothing was left behind.',
    next: 'Start it again at any time.',
  },
  unauthorised: {
    title: 'This page is not signed in',
    unaffected: 'The workspace is not affected.',
    next: 'Open the address that Huntbench printed when it started, with its token.',
  },
  'unreadable-file': {
    title: 'This file cannot be read',
    unaffected: 'Other files are not affected.',
    next: 'Check that the file is still there and that this account may read it, then choose it again.',
  },
  'not-a-table': {
    title: 'This file is not a table',
    unaffected: 'Other files are not affected. The file was not changed.',
    next: 'Choose a CSV, TSV or Zeek log, or set the delimiter and encoding by hand in the preview.',
  },
  'dataset-damaged': {
    title: 'This dataset cannot be opened',
    unaffected: 'The other datasets work. Alerts of this dataset are kept.',
    next: 'Import the file again from its source.',
  },
  'workspace-locked': {
    title: 'This workspace is open elsewhere',
    unaffected: 'Nothing was changed.',
    next: 'Close the other Huntbench, or start this one with another workspace.',
  },
  'workspace-damaged': {
    title: 'This workspace cannot be opened',
    unaffected: 'The dataset files were not touched.',
    next: 'Restore workspace.db from the backup beside it, then start again.',
  },
  'workspace-newer': {
    title: 'This workspace was written by a newer Huntbench',
    unaffected: 'Nothing was changed.',
    next: 'Update Huntbench, or open another workspace.',
  },
  'disk-full': {
    title: 'The disk is full',
    unaffected: 'What was there before is complete.',
    next: 'Free space on the disk of the workspace and try again.',
  },
  'too-large': {
    title: 'This is over a limit',
    unaffected: 'Nothing was changed.',
    next: 'Ask for less at once: narrow the filter or split the file.',
  },
  unavailable: {
    title: 'No answer',
    unaffected: 'What is stored is not affected.',
    next: 'Try again once the connection is back.',
  },
  internal: {
    title: 'This did not work',
    unaffected: 'The cause is in the program, not in your evidence. What is stored is not affected.',
    next: 'Try again. If it happens again, report it with the reference.',
  },
}

/** `message`: that of the failure; nothing that is set by hand makes a table of a file without text. */
export const failureText = (code: FailureCode, message = ''): FailureText =>
  code === 'not-a-table' && /\b(?:is empty|holds no text)\.$/.test(message)
    ? { ...texts[code], next: 'Export or copy it again from where it came from.' }
    : texts[code]

/** The number under which the log has the details, where the failure carries one. */
export function failureReference({ detail }: Pick<AppError, 'detail'>): string | null {
  const reference = detail?.['reference']
  return typeof reference === 'string' || typeof reference === 'number' ? String(reference) : null
}
