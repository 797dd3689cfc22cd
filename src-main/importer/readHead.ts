import { BEGINNING_BYTES } from './beginning.ts'
import type { Source } from './readSource.ts'

/** The beginning of a source: its first blocks, to be looked at and then read again as rows. */
export type Head = { blocks: Buffer[]; complete: boolean; bytes(): Buffer }

/** Reads blocks until BEGINNING_BYTES are there or the source ends. `goOn` is called between blocks and may throw. */
export async function readHead(source: Source, goOn: () => void): Promise<Head> {
  const blocks: Buffer[] = []
  let size = 0
  while (size < BEGINNING_BYTES) {
    goOn()
    const block = await source.next()
    if (block === null) return { blocks, complete: true, bytes: () => Buffer.concat(blocks) }
    blocks.push(Buffer.from(block))
    size += block.length
  }
  return { blocks, complete: false, bytes: () => Buffer.concat(blocks) }
}
