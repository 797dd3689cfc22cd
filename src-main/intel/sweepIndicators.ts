import type { Store } from '../worker/pool.ts'

/** Contents that are being written: no list names them yet, and they must not be swept away. */
const writing = new Set<number>()

/** While `work` runs, indicators under `content` stay although no list names them. */
export async function whileWriting<T>(content: number, work: () => Promise<T>): Promise<T> {
  writing.add(content)
  try {
    return await work()
  } finally {
    writing.delete(content)
  }
}

/** Whether some import is writing under this number. */
export const isBeingWritten = (content: number): boolean => writing.has(content)

/** Takes away what no list names any more, part by part, so that other changes come in between. */
export async function sweepIndicators(store: Store): Promise<void> {
  let from = await store.write.intel.sweep(null, [...writing])
  while (from !== null) from = await store.write.intel.sweep(from, [...writing])
}
