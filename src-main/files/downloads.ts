import { randomBytes, randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'

/** A file that was not fetched is removed after so long, in milliseconds. */
const KEPT_MS = 60 * 60 * 1_000

export type Download = {
  path: string
  name: string
  bytes: number
  /** It has been sent whole: nobody gets it again. */
  sent(): Promise<void>
  /** It broke off: it can be fetched again. */
  broken(): void
}

export type Downloads = {
  /** Where the next file is to be written. */
  place(): string
  /** Offers a file that was written there; answers the token to fetch it with, once. */
  offer(path: string, name: string, bytes: number): string
  /** The file behind a token; null when there is none, or it was fetched or is on its way. */
  take(token: string): Download | null
  /** Removes what was not fetched. */
  close(): Promise<void>
}

/** Files that a browser fetches: each has an address that cannot be guessed and goes when it was sent whole. */
export function createDownloads(folder: string): Downloads {
  const offered = new Map<
    string,
    { path: string; name: string; bytes: number; timer: NodeJS.Timeout; taken: boolean }
  >()

  async function drop(token: string): Promise<void> {
    const file = offered.get(token)
    offered.delete(token)
    if (!file) return
    clearTimeout(file.timer)
    await rm(file.path, { force: true })
  }

  return {
    place: () => join(folder, randomUUID()),
    offer(path, name, bytes) {
      const token = randomBytes(32).toString('base64url')
      const timer = setTimeout(() => void drop(token).catch(() => undefined), KEPT_MS).unref()
      offered.set(token, { path, name, bytes, timer, taken: false })
      return token
    },
    take(token) {
      const file = offered.get(token)
      if (!file || file.taken) return null
      file.taken = true
      const { path, name, bytes } = file
      return { path, name, bytes, sent: () => drop(token), broken: () => void (file.taken = false) }
    },
    async close() {
      for (const token of [...offered.keys()]) await drop(token)
    },
  }
}
