import { lookup } from 'node:dns/promises'
import { request as requestHttp, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP } from 'node:net'
import { isPublicAddress } from './addressCheck.ts'

/** Milliseconds from the look-up of the name to the end of the answer. */
const TOTAL_MS = 15_000
/** Bytes of an answer that are read; a receiver that goes on is not listened to. */
const ANSWER_BYTES = 16 * 1024

export type Address = { address: string; family: number }
export type Post = {
  url: string
  body: unknown
  headers?: Record<string, string>
  allowPrivate: boolean
  allowHttp: boolean
}
export type PostOptions = { signal?: AbortSignal; totalMs?: number; resolve?: (host: string) => Promise<Address[]> }
/** `retryAfter`: what the receiver asked for, as it wrote it. */
export type Answer = { status: number; text: string; retryAfter: string | null }

/** It was not sent, or nothing came back. `final`: trying again cannot help. */
export class PostFailure extends Error {
  readonly final: boolean
  constructor(message: string, final: boolean) {
    super(message)
    this.final = final
  }
}

/** Why an address cannot be one of a channel, or null. */
export function addressFault(url: string, allowHttp: boolean): string | null {
  if (!URL.canParse(url)) return 'This is no web address.'
  const { protocol, username, password } = new URL(url)
  if (protocol !== 'https:' && protocol !== 'http:') return 'The address must begin with https://.'
  if (protocol === 'http:' && !allowHttp)
    return 'The address is not encrypted. Use https, or allow http for this channel.'
  if (username !== '' || password !== '') return 'The address must not hold a user and password.'
  return null
}

const resolveAll = (host: string): Promise<Address[]> => lookup(host, { all: true, verbatim: true })

/**
 * Posts JSON. The name is looked up once, what it resolved to is checked, and the connection goes to these addresses and no
 * others, so that a name cannot answer otherwise the second time. No redirect is followed, no proxy or cookie is used, time
 * and answer are bounded. PostFailure when there is no answer.
 */
export async function postJson(post: Post, options: PostOptions = {}): Promise<Answer> {
  const fault = addressFault(post.url, post.allowHttp)
  if (fault !== null) throw new PostFailure(fault, true)
  const { totalMs = TOTAL_MS, resolve = resolveAll } = options
  const tooLong = AbortSignal.timeout(totalMs)
  const signal = options.signal ? AbortSignal.any([options.signal, tooLong]) : tooLong
  try {
    const addresses = await addressesOf(post, resolve, signal)
    return await send(post, addresses, signal)
  } catch (error) {
    if (error instanceof PostFailure) throw error
    if (tooLong.aborted) throw new PostFailure(`No answer within ${Math.ceil(totalMs / 1000)} seconds.`, false)
    throw new PostFailure(reasonOf(error), false)
  }
}

async function addressesOf(
  { url, allowPrivate }: Post,
  resolve: (host: string) => Promise<Address[]>,
  signal: AbortSignal,
): Promise<Address[]> {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '')
  const family = isIP(host)
  const found = family === 0 ? await untilAborted(resolve(host), signal) : [{ address: host, family }]
  if (found.length === 0) throw new PostFailure(`${host} has no address.`, false)
  const refused = allowPrivate ? undefined : found.find(({ address }) => !isPublicAddress(address))
  if (refused)
    throw new PostFailure(
      `${host} is ${refused.address === host ? 'an address' : `${refused.address}, an address`} of this computer or of an inner network. Allow private addresses for this channel if that is meant.`,
      true,
    )
  return found
}

function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(new Error('aborted'))
    if (signal.aborted) return stop()
    signal.addEventListener('abort', stop, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

function send({ url, body, headers }: Post, addresses: Address[], signal: AbortSignal): Promise<Answer> {
  const content = Buffer.from(JSON.stringify(body))
  return new Promise((resolve, reject) => {
    const request = (new URL(url).protocol === 'https:' ? requestHttps : requestHttp)(url, {
      method: 'POST',
      agent: false,
      signal,
      headers: {
        ...headers,
        'content-type': 'application/json; charset=utf-8',
        'content-length': content.length,
        'user-agent': 'Huntbench',
        connection: 'close',
      },
      lookup: (_host, { all }, found) => {
        const [first] = addresses
        if (all) found(null, addresses)
        else found(null, first?.address ?? '', first?.family ?? 4)
      },
    })
    let answered = false
    // Once there is an answer, an error is one of its rest.
    request.on('error', (error) => (answered ? undefined : reject(error)))
    request.on('response', (response) => {
      answered = true
      void read(response).then(resolve, reject)
    })
    request.end(content)
  })
}

/** The answer, or as much of it as came and may be read: its status is known. */
async function read(response: IncomingMessage): Promise<Answer> {
  const parts: Buffer[] = []
  let size = 0
  try {
    for await (const part of response) {
      const bytes: Buffer = part
      parts.push(bytes.subarray(0, ANSWER_BYTES - size))
      size += bytes.length
      if (size >= ANSWER_BYTES) break
    }
  } catch {
    // It broke off or went on too long. Who has said a status has got the message.
  } finally {
    response.destroy()
  }
  return {
    status: response.statusCode ?? 0,
    text: Buffer.concat(parts).toString('utf8'),
    retryAfter: response.headers['retry-after'] ?? null,
  }
}

/** Of the error of a connection its kind; never the address, which is secret. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const known: Record<string, string> = {
    ENOTFOUND: 'The name of its host is not known.',
    EAI_AGAIN: 'The name of its host cannot be looked up now.',
    ECONNREFUSED: 'The receiver refuses the connection.',
    ECONNRESET: 'The receiver broke the connection off.',
    ETIMEDOUT: 'The receiver cannot be reached.',
    EHOSTUNREACH: 'The receiver cannot be reached.',
    ENETUNREACH: 'There is no network.',
  }
  if (code.startsWith('HPE_')) return 'The receiver answered something that is no HTTP.'
  if (/CERT|TLS|SSL|SIGNATURE/.test(code)) return `Its certificate is not trusted (${code}).`
  return known[code] ?? `The connection failed${code === '' ? '' : ` (${code})`}.`
}
