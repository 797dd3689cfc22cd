import { isDeepStrictEqual } from 'node:util'
import { AppError } from '#contract/appError'
import type { Dialect, Preview, Reading } from '#contract/datasets'
import type { Store } from '../worker/pool.ts'
import { readingOf, sourceHeaders, withReading } from './readingOf.ts'

type File = { path: string; member?: string | undefined; name: string; dialect: Dialect; wholeSize?: number }

type Taken = { preview: Preview; reading: Reading | null }

/**
 * Previews a file. What was said before about files like it (a mapping that is recognised or chosen) holds, under what is said
 * about this one; a mapping that does not fit its cells is left out. `reading` is what holds where something was taken over.
 */
export async function previewRemembered(store: Store, file: File, signal: AbortSignal): Promise<Taken> {
  const { dialect } = file
  const look = (wanted: Dialect): Promise<Omit<Preview, 'remembered' | 'mapping'>> =>
    store.task({ signal }).evidence.preview({ ...file, dialect: wanted })
  const plain = await look(dialect)
  const nothing = { preview: { ...plain, remembered: false, mapping: null }, reading: null }
  if (dialect.remembered === false || !plain.header) return nothing
  const fitting = await store.read().mappings.fitting(sourceHeaders(plain.columns), dialect.mapping)
  if (fitting === null)
    throw new AppError('not-found', 'There is no such mapping. It may have been deleted.', { path: 'dialect.mapping' })
  const said = readingOf(dialect)
  for (const { id, name, reason, reading: ofMapping } of fitting) {
    const reading = withReading(ofMapping, said)
    const mapping = { id, name, reason, reading: ofMapping }
    if (isDeepStrictEqual(reading, said)) return { preview: { ...nothing.preview, mapping }, reading: null }
    try {
      return { preview: { ...(await look({ ...dialect, ...reading })), remembered: true, mapping }, reading }
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'invalid-input') throw error
      // One that somebody chose says why it cannot hold.
      if (dialect.mapping !== undefined) throw error
    }
  }
  return nothing
}

/** What the analyst said of a file, with what was said before about files like it, and the name of the mapping that says so. */
export async function dialectRemembered(
  store: Store,
  file: File,
  signal: AbortSignal,
): Promise<{ dialect: Dialect; mapping: string | null }> {
  // As in a preview of before, so that what was found out then is known.
  const { rememberAs: _, ...dialect } = file.dialect
  if (dialect.remembered === false || !(await store.read().mappings.any())) return { dialect, mapping: null }
  try {
    const { preview, reading } = await previewRemembered(store, { ...file, dialect }, signal)
    return { dialect: { ...dialect, ...reading }, mapping: preview.mapping?.name ?? null }
  } catch (error) {
    // The import itself says what is wrong with the file.
    if (error instanceof AppError && error.code !== 'cancelled' && dialect.mapping === undefined)
      return { dialect, mapping: null }
    throw error
  }
}
