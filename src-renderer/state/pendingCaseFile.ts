import type { PendingFile } from './pendingFiles.ts'

/** A case file that was dropped or chosen and waits for its view. */
let waiting: PendingFile | null = null
let taker: ((file: PendingFile) => void) | null = null

export const isCaseFile = ({ path }: PendingFile): boolean => /\.huntcase$/i.test(path)

/** Hands a case file to its view, now or when it opens. */
export function giveCaseFile(file: PendingFile): void {
  if (taker) taker(file)
  else waiting = file
}

/** Whoever shows case files takes those that wait and those that come. Returns the function that stops it. */
export function takeCaseFile(take: (file: PendingFile) => void): () => void {
  taker = take
  if (waiting) {
    const file = waiting
    waiting = null
    take(file)
  }
  return () => {
    taker = null
  }
}
