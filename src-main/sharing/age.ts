import { createReadStream, createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { Decrypter, Encrypter } from 'age-encryption'
import { AppError } from '#contract/appError'
import { drained } from './drained.ts'
import { altered } from './refusals.ts'

/** What a case file is encrypted for: whoever knows a passphrase, or the holders of keys. */
export type Lock = { passphrase: string } | { recipients: readonly string[] } | null
/** What opens it. */
export type Key = { passphrase?: string | undefined; identity?: string | undefined }

/** 2^17 rounds of scrypt: about a second, and 128 MB while the key is made. */
const WORK_FACTOR = 17
/** A file may ask for more work, up to what age itself writes: 256 MB. Beyond that opening it would be an attack. */
const WORK_FACTOR_MAX = 18
/** Headers hold a line or three for each recipient. */
const HEADER_MAX = 64 * 1024
const BEGIN = 'age-encryption.org/v1\n'

export type LockedBy = 'passphrase' | 'recipients' | null

/** How a file is encrypted; null: not at all. AppError 'invalid-input' where its header is damaged. */
export async function lockedBy(path: string): Promise<LockedBy> {
  const file = await open(path).catch((error: unknown) => {
    throw new AppError(
      'unreadable-file',
      'The case file can no longer be read. Offer it again.',
      { path: 'ticket' },
      { cause: error },
    )
  })
  try {
    const start = await file.read(Buffer.alloc(BEGIN.length), 0, BEGIN.length, 0)
    if (start.buffer.toString('latin1', 0, start.bytesRead) !== BEGIN) return null
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_MAX), 0, HEADER_MAX, 0)
    const text = buffer.toString('latin1', 0, bytesRead)
    const end = text.indexOf('\n---')
    if (end < 0) throw altered('the header of its encryption has no end')
    const scrypt = /^-> scrypt \S+ (\d{1,3})$/m.exec(text.slice(0, end))
    if (!scrypt) return 'recipients'
    if (Number(scrypt[1]) > WORK_FACTOR_MAX)
      throw altered(
        `its passphrase would take 2^${String(scrypt[1])} rounds to be tried; at most 2^${WORK_FACTOR_MAX} are`,
      )
    return 'passphrase'
  } finally {
    await file.close()
  }
}

/** A stream whose bytes go encrypted into another; `end` waits until all of them have. */
export async function encrypting(
  lock: Lock,
  out: Writable,
): Promise<{ write(bytes: Uint8Array): Promise<void>; end(): Promise<void> }> {
  const finish = async (): Promise<void> => {
    out.end()
    if (!out.closed) await once(out, 'close')
  }
  if (lock === null) return { write: (bytes) => put(out, bytes), end: finish }
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const encrypted = await encrypterFor(lock).encrypt(readable)
  const sending = (async () => {
    for await (const piece of encrypted) await put(out, piece)
  })()
  // Whoever writes hears of it first.
  sending.catch(() => undefined)
  const writer = writable.getWriter()
  return {
    async write(bytes) {
      await Promise.race([writer.ready, sending])
      await Promise.race([writer.write(bytes), sending])
    },
    async end() {
      await writer.close()
      await sending
      await finish()
    },
  }
}

async function put(out: Writable, bytes: Uint8Array): Promise<void> {
  failIfBroken(out)
  out.write(bytes)
  await drained(out)
  failIfBroken(out)
}

function failIfBroken({ errored }: Writable): void {
  if (errored instanceof Error) throw errored
}

function encrypterFor(lock: NonNullable<Lock>): Encrypter {
  const encrypter = new Encrypter()
  if ('passphrase' in lock) {
    encrypter.setScryptWorkFactor(WORK_FACTOR)
    encrypter.setPassphrase(lock.passphrase)
    return encrypter
  }
  for (const recipient of lock.recipients) {
    try {
      encrypter.addRecipient(recipient)
    } catch (error) {
      throw new AppError(
        'invalid-input',
        `${recipient.slice(0, 80)} is no recipient of age. One begins with age1.`,
        { path: 'recipients' },
        { cause: error },
      )
    }
  }
  return encrypter
}

/** The bytes of an encrypted file as they were. AppError 'invalid-input' for a wrong key and for bytes that were altered. */
export async function* decrypted(path: string, key: Key): AsyncGenerator<Uint8Array> {
  const by = await lockedBy(path)
  const decrypter = new Decrypter()
  const wanted = by === 'passphrase' ? 'passphrase' : 'identity'
  const said = key[wanted]
  if (said === undefined || said === '')
    throw new AppError(
      'invalid-input',
      wanted === 'passphrase'
        ? 'The case file is encrypted. Give its passphrase.'
        : 'The case file is encrypted for keys. Give the secret key that opens it.',
      { path: wanted, encrypted: by },
    )
  const file = createReadStream(path, { highWaterMark: 256 * 1024 })
  try {
    if (wanted === 'passphrase') decrypter.addPassphrase(said)
    else decrypter.addIdentity(said.trim())
    const stream = await decrypter.decrypt(webOf(file))
    yield* behindHeader(stream)
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError(
      'invalid-input',
      wanted === 'passphrase'
        ? 'This passphrase does not open the case file.'
        : 'This key does not open the case file.',
      { path: wanted, encrypted: by },
      { cause: error },
    )
  } finally {
    file.destroy()
  }
}

async function* behindHeader(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  try {
    for (;;) {
      const next = await reader.read().catch((error: unknown) => {
        throw altered('its encryption does not hold: bytes are missing or were changed', error)
      })
      if (next.done) return
      yield next.value
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

/** The file as the library wants it: a web stream that reads on when it is asked. */
function webOf(file: Readable): ReadableStream<Uint8Array> {
  const blocks: AsyncIterator<unknown> = file[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await blocks.next()
        if (next.done) controller.close()
        else if (next.value instanceof Uint8Array) controller.enqueue(next.value)
      },
      cancel: () => void file.destroy(),
    },
    { highWaterMark: 1 },
  )
}

/** Writes the bytes of an encrypted file, as they were, to another. */
export async function decryptTo(path: string, key: Key, target: string, goOn: (bytes: number) => void): Promise<void> {
  const out = createWriteStream(target, { flags: 'wx', mode: 0o600 })
  // Told by failIfBroken: without anybody who listens a full disk would end the thread.
  out.on('error', () => undefined)
  let bytes = 0
  try {
    for await (const piece of decrypted(path, key)) {
      bytes += piece.length
      goOn(bytes)
      await put(out, piece)
    }
    out.end()
    if (!out.closed) await once(out, 'close')
    failIfBroken(out)
  } finally {
    out.destroy()
  }
}
