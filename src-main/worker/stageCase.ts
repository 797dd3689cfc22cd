import { rmSync, statSync } from 'node:fs'
import { AppError } from '#contract/appError'
import type { CaseFileVerdict } from '#contract/caseFiles'
import { caseFileNouns } from '#contract/values'
import { decryptTo, lockedBy, type Key, type LockedBy } from '../sharing/age.ts'
import { aboutPart, checkCaseFile } from '../sharing/checkCaseFile.ts'
import type { Contents } from '../sharing/contents.ts'
import { openCaseFile, peekContents, type OpenCaseFile } from '../sharing/readCaseFile.ts'
import { writingFailure } from '../sqlite/datasetWriter.ts'
import { stageRecords } from '../sqlite/stagedCase.ts'
import type { TaskContext } from './contexts.ts'
import { sharedBeginning } from './sharedBeginning.ts'

export type CaseToOpen = {
  path: string
  key: Key
  /** Where the file goes unencrypted while it is worked with; whoever asks removes it. */
  plain: string
}
export type Inspected = { encrypted: LockedBy; contents: Contents | null }

/** What a case file says it holds. AppError 'invalid-input', 'too-large'. */
export async function inspectCase(_context: TaskContext, { path, key }: Omit<CaseToOpen, 'plain'>): Promise<Inspected> {
  const encrypted = await lockedBy(path)
  if (encrypted !== null) {
    const opens = encrypted === 'passphrase' ? key.passphrase : key.identity
    return { encrypted, contents: opens === undefined ? null : await peekContents(path, key) }
  }
  const file = await openCaseFile(path, caseFileNouns)
  await file.close()
  return { encrypted, contents: file.contents }
}

async function opened(context: TaskContext, { path, key, plain }: CaseToOpen): Promise<OpenCaseFile> {
  const encrypted = await lockedBy(path)
  if (encrypted === null) return openCaseFile(path, caseFileNouns)
  try {
    await decryptTo(path, key, plain, telling(context, statSync(path).size, 'Decrypting'))
  } catch (error) {
    throw writingFailure(error)
  }
  return openCaseFile(plain, caseFileNouns)
}

/** Reads all of a case file; names what was altered. AppError 'cancelled', and 'invalid-input' where its key is wrong. */
export async function verifyCase(context: TaskContext, open: CaseToOpen, now: number): Promise<CaseFileVerdict> {
  const altereds: CaseFileVerdict['altered'] = []
  let file: OpenCaseFile
  try {
    file = await opened(context, open)
  } catch (error) {
    const ofKey = error instanceof AppError && error.detail?.['path'] !== 'ticket'
    if (!(error instanceof AppError) || error.code === 'cancelled' || ofKey) throw error
    const about = 'The file as a whole'
    return { ok: false, parts: 0, bytes: 0, altered: [{ part: '', about, reason: error.message }], fingerprint: null }
  }
  try {
    const bytes = await checkCaseFile(file, {
      now,
      goOn: checking(context, file),
      shape: (_id, shape) => void sharedBeginning(shape),
      problem: (part, error) =>
        void altereds.push({ part, about: aboutPart(file.contents, part), reason: error.message }),
    })
    const parts = file.parts.length + 2
    return { ok: altereds.length === 0, parts, bytes, altered: altereds, fingerprint: file.fingerprint }
  } finally {
    await file.close()
  }
}

export type Staged = { contents: Contents; plain: string }

/**
 * Proves all of a case file and keeps its records, each checked, in the file `staged` for the merge. Nothing of the workspace
 * is touched. AppError 'invalid-input', 'too-large', 'cancelled', 'disk-full'.
 */
export async function stageCase(context: TaskContext, open: CaseToOpen, staged: string, now: number): Promise<Staged> {
  const file = await opened(context, open)
  const records = stageRecords(staged)
  let whole = false
  try {
    await checkCaseFile(file, {
      now,
      goOn: checking(context, file),
      record: records.add,
      shape: (_id, shape) => void sharedBeginning(shape),
      problem(_part, error) {
        throw error
      },
    })
    records.finish()
    whole = true
    return { contents: file.contents, plain: (await lockedBy(open.path)) === null ? open.path : open.plain }
  } catch (error) {
    throw writingFailure(error)
  } finally {
    records.close()
    await file.close()
    if (!whole) rmSync(staged, { force: true })
  }
}

const checking = (context: TaskContext, { manifest }: OpenCaseFile): ((bytes: number) => void) =>
  telling(
    context,
    manifest.parts.reduce((sum, { size }) => sum + size, 0),
    'Checking every hash',
  )

function telling(context: TaskContext, total: number, note: string): (bytes: number) => void {
  return (bytes) => {
    goOn(context)
    context.progress({ bytes, total, note })
  }
}

function goOn(context: TaskContext): void {
  if (context.cancelled()) throw new AppError('cancelled', 'Cancelled. Nothing was changed.')
}
