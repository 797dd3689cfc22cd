import { AppError } from '#contract/appError'
import type { Dialect, Preview, Reading } from '#contract/datasets'
import type { Store } from '../worker/pool.ts'
import { headersKey, readingOf, saysSomething } from './readingOf.ts'

type File = { path: string; name: string; dialect: Dialect }

/**
 * Previews a file. Where the analyst says nothing about its reading, what was said before about a file with the same headers
 * holds; if it does not fit this file, it is left out. `reading` is what was taken over.
 */
export async function previewRemembered(
  store: Store,
  file: File,
  signal: AbortSignal,
): Promise<{ preview: Preview; reading: Reading | null }> {
  const look = (dialect: Dialect): Promise<Omit<Preview, 'remembered'>> =>
    store.task({ signal }).evidence.preview({ ...file, dialect })
  const plain = await look(file.dialect)
  if (saysSomething(readingOf(file.dialect)) || !plain.header)
    return { preview: { ...plain, remembered: false }, reading: null }
  const known = await store.read().readings.remembered(headersKey(plain.columns.map((column) => column.header)))
  if (known === null || !saysSomething(known)) return { preview: { ...plain, remembered: false }, reading: null }
  try {
    return { preview: { ...(await look({ ...file.dialect, ...known })), remembered: true }, reading: known }
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid-input')
      return { preview: { ...plain, remembered: false }, reading: null }
    throw error
  }
}
