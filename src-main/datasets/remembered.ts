import { isDeepStrictEqual } from 'node:util'
import { AppError } from '#contract/appError'
import type { Dialect, Preview, Reading } from '#contract/datasets'
import type { Store } from '../worker/pool.ts'
import { headersKey, readingOf, sourceHeaders, withReading } from './readingOf.ts'

type File = { path: string; member?: string | undefined; name: string; dialect: Dialect; wholeSize?: number }

/**
 * Previews a file. What was said before about files with the same headers holds, under what is said about this one; if it
 * does not fit this file, it is left out. `reading` is what holds where something was taken over.
 */
export async function previewRemembered(
  store: Store,
  file: File,
  signal: AbortSignal,
): Promise<{ preview: Preview; reading: Reading | null }> {
  const look = (dialect: Dialect): Promise<Omit<Preview, 'remembered'>> =>
    store.task({ signal }).evidence.preview({ ...file, dialect })
  const plain = await look(file.dialect)
  const nothing = { preview: { ...plain, remembered: false }, reading: null }
  if (file.dialect.remembered === false || !plain.header) return nothing
  const known = await store.read().readings.remembered(headersKey(sourceHeaders(plain.columns)))
  if (known === null) return nothing
  const said = readingOf(file.dialect)
  const reading = withReading(known, said)
  if (isDeepStrictEqual(reading, said)) return nothing
  try {
    return { preview: { ...(await look({ ...file.dialect, ...reading })), remembered: true }, reading }
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid-input') return nothing
    throw error
  }
}
