import { open } from 'node:fs/promises'
import { AppError } from '#contract/appError'
import { containerReason, isGzip } from './sniffContainer.ts'
import { sniffEncoding } from './sniffEncoding.ts'
import type { ZipEntry } from './zipDirectory.ts'
import { memberBytes, zipMembers, type ZipMember } from './zipMembers.ts'

/** What a ZIP archive holds: text that can be tables, and the rest with the reason why it is left. */
export type Members = {
  members: { name: string; size: number }[]
  refused: { name: string; code: 'not-a-table' | 'too-large'; message: string }[]
}

/** Bytes of a member that show whether it is text. */
const LOOK = 65_536

/**
 * Lists the members of a ZIP archive in the order of its directory; null when the file is none. The beginning of each is
 * unpacked to tell text from the rest. Fails as readZipDirectory, or with unreadable-file or cancelled.
 */
export async function listMembers(path: string, cancelled: () => boolean): Promise<Members | null> {
  const file = await open(path).catch((error: unknown) => {
    throw new AppError('unreadable-file', 'The file cannot be read any more.', undefined, { cause: error })
  })
  try {
    const found = await zipMembers(file, (await file.stat()).size)
    if (found === null) return null
    const result: Members = { members: [], refused: [] }
    for (const { entry, member } of found) {
      if (cancelled()) throw new AppError('cancelled', 'Cancelled.')
      const refused = member.refused ?? (await reasonAgainst(file, entry))
      if (refused === null) result.members.push({ name: member.name, size: member.size })
      else result.refused.push({ name: member.name, ...refused })
    }
    return result
  } finally {
    await file.close()
  }
}

async function reasonAgainst(file: Parameters<typeof memberBytes>[0], entry: ZipEntry): Promise<ZipMember['refused']> {
  if (entry.size === 0) return { code: 'not-a-table', message: 'The file is empty.' }
  try {
    const bytes = await memberBytes(file, entry)
    try {
      const head = (await bytes.next())?.subarray(0, LOOK) ?? Buffer.alloc(0)
      const container = containerReason(head)
      if (container !== null) return { code: 'not-a-table', message: container }
      if (isGzip(head) || sniffEncoding(head) !== null) return null
      return { code: 'not-a-table', message: 'The file is binary, not text.' }
    } finally {
      bytes.close()
    }
  } catch (error) {
    if (error instanceof AppError) return { code: 'not-a-table', message: error.message }
    throw error
  }
}
