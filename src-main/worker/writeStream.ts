import { open } from 'node:fs/promises'
import { rm } from 'node:fs/promises'

/** Writes blocks to a new file, whole or not at all. `goOn` throws when it was cancelled. */
export async function writeStream(path: string, blocks: AsyncIterable<Uint8Array>, goOn: () => void): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    for await (const block of blocks) {
      goOn()
      await file.writeFile(block)
    }
    await file.sync()
    await file.close()
  } catch (error) {
    await file.close().catch(() => undefined)
    await rm(path, { force: true })
    throw error
  }
}
