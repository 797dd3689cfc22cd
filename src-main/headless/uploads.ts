import type { IncomingMessage } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { AppError } from '#contract/appError'
import type { Failure } from '#contract/failure'
import type { App } from '../app.ts'

/** What is asked of the program here: to keep the bytes that come. */
type Files = Pick<App['files'], 'upload'>

/** Longer names are no file names on any system. */
const NAME_LENGTH_MAX = 4_096

export type UploadAnswer = { status: number; body: { ticket: string } | Failure }

/**
 * Takes the bytes of a file that a browser sends and answers with its ticket. What does not arrive whole leaves nothing.
 * The name is in the header `x-file-name`, percent-encoded. With `x-file-size` only the beginning of a file of so many bytes
 * comes, to be previewed while the rest is on its way.
 */
export async function receiveUpload(
  request: IncomingMessage,
  files: Files,
  log: (error: unknown) => void,
): Promise<UploadAnswer> {
  const name = fileName(request.headers['x-file-name'])
  if (name === undefined)
    return failed(400, 'invalid-input', 'The header x-file-name must hold the percent-encoded name of the file.')
  const size = wholeSize(request.headers['x-file-size'])
  if (size === null) return failed(400, 'invalid-input', 'The header x-file-size must hold a number of bytes.')
  let upload: Awaited<ReturnType<Files['upload']>> | undefined
  try {
    upload = await files.upload(name, size)
    await pipeline(request, upload.write)
    return { status: 200, body: { ticket: await upload.done() } }
  } catch (error) {
    await upload?.abort().catch(log)
    return failureOf(error, name, log)
  }
}

/** Undefined where the whole file comes, null where the header holds no size. */
function wholeSize(header: string | string[] | undefined): number | undefined | null {
  if (header === undefined) return undefined
  const size = typeof header === 'string' && /^\d{1,16}$/.test(header) ? Number(header) : Number.NaN
  return Number.isSafeInteger(size) ? size : null
}

function fileName(header: string | string[] | undefined): string | undefined {
  if (typeof header !== 'string' || header.length > NAME_LENGTH_MAX * 3) return undefined
  try {
    const name = decodeURIComponent(header)
    return name !== '' && name.length <= NAME_LENGTH_MAX && !/\p{Cc}/u.test(name) ? name : undefined
  } catch {
    return undefined
  }
}

function failureOf(error: unknown, name: string, log: (error: unknown) => void): UploadAnswer {
  if (error instanceof AppError) {
    const { code, message, detail } = error
    const status = code === 'disk-full' ? 507 : code === 'internal' ? 500 : 400
    return { status, body: { code, message, ...(detail === undefined ? {} : { detail }) } }
  }
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return failed(
      507,
      'disk-full',
      `The disk of the workspace is full: ${name} was not kept. Make room and offer it again.`,
    )
  }
  if (code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET')
    return failed(400, 'cancelled', `${name} did not arrive whole.`)
  log(error)
  return failed(500, 'internal', `${name} could not be kept. The log of the workspace says why.`)
}

const failed = (status: number, code: Failure['code'], message: string): UploadAnswer => ({
  status,
  body: { code, message },
})
