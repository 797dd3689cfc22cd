import type { Writable } from 'node:stream'

/** Waits until a stream takes more, or is closed. */
export async function drained(stream: Writable): Promise<void> {
  if (stream.destroyed || !stream.writableNeedDrain) return
  const { promise, resolve } = Promise.withResolvers<void>()
  stream.once('drain', resolve)
  stream.once('close', resolve)
  await promise
  stream.off('drain', resolve)
  stream.off('close', resolve)
}

/** Feeds pieces to a stream that packs or unpacks them and hands on what comes out; a fault on either side ends both. */
export async function* through(
  pieces: AsyncIterable<Uint8Array>,
  stream: Writable & AsyncIterable<unknown>,
): AsyncGenerator<Buffer> {
  const faults: unknown[] = []
  const feed = async (): Promise<void> => {
    try {
      for await (const piece of pieces) {
        if (stream.destroyed) return
        stream.write(piece)
        await drained(stream)
      }
      stream.end()
    } catch (error) {
      faults.push(error)
      stream.destroy()
    }
  }
  const feeding = feed()
  try {
    for await (const piece of stream) if (Buffer.isBuffer(piece)) yield piece
  } catch (error) {
    faults.push(error)
  } finally {
    stream.destroy()
    await feeding
  }
  // A fault of one side ends the other with a fault of its own: the first says what happened.
  if (faults.length > 0) throw faults[0]
}
