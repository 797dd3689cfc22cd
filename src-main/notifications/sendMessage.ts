import type { ChannelKind } from '#contract/values'
import { bodyOf, type Message } from './messages.ts'
import { postJson, PostFailure, type Answer, type PostOptions } from './postJson.ts'

/** Characters of an answer that are kept. */
const ANSWER_MAX = 500
const WEB_PAGE = /^\s*<(?:!doctype html|html)\b/i

export type Receiver = { kind: ChannelKind; allowPrivate: boolean; allowHttp: boolean; url: string | null }
/** `sent`: it was tried at all. `retry`: trying again may help. */
export type Outcome = {
  delivered: boolean
  sent: boolean
  retry: boolean
  status: number | null
  answer: string | null
  reason: string | null
  retryAfter: string | null
}

const failed = (reason: string, retry: boolean, sent: boolean): Outcome => ({
  ...{ delivered: false, sent, retry, reason, status: null, answer: null, retryAfter: null },
})

/** Sends a message to a channel that is no desktop and says how it went; never throws for what a receiver does. */
export async function sendMessage(
  { kind, url, allowPrivate, allowHttp }: Receiver & { kind: Exclude<ChannelKind, 'desktop'> },
  message: Message,
  deliveryId: string,
  options: PostOptions,
): Promise<Outcome> {
  if (url === null) return failed('The address of this channel is not known any more. Enter it again.', true, false)
  try {
    const headers = { 'x-huntbench-delivery': deliveryId }
    const body = bodyOf(kind, message, deliveryId)
    return judged(kind, await postJson({ url, body, headers, allowPrivate, allowHttp }, options))
  } catch (error) {
    if (!(error instanceof PostFailure)) throw error
    return failed(error.message, !error.final, true)
  }
}

/** What an answer means. Slack and Teams say in the body whether a message that was answered with 200 has arrived. */
function judged(kind: ChannelKind, { status, text, retryAfter }: Answer): Outcome {
  const answer = text.slice(0, ANSWER_MAX).replace(/[^\P{Cc}\n]/gu, ' ')
  const told = { sent: true, status, answer, retryAfter }
  if (status >= 200 && status < 300) {
    // The page of a hotel, a proxy or a sign-in says 200 to everything. It may be gone at the next try; a webhook of one's own
    // could have taken the message, so that it is not sent twice.
    if (WEB_PAGE.test(text)) {
      const reason = 'A web page answered, no receiver of messages.'
      return { ...told, delivered: false, retry: kind !== 'webhook', reason }
    }
    if (kind === 'slack' && text.trim() !== 'ok')
      return { ...told, delivered: false, retry: false, reason: 'Something that is not Slack answered: Slack says ok.' }
    if (kind === 'teams' && /delivery failed|error/i.test(text))
      return { ...told, delivered: false, retry: true, reason: 'Teams did not take the message.' }
    return { ...told, delivered: true, retry: false, reason: null }
  }
  if (status >= 300 && status < 400)
    return {
      ...told,
      delivered: false,
      retry: false,
      reason: 'It redirects to another address, which is not followed.',
    }
  const retry = status >= 500 || status === 408 || status === 425 || status === 429
  return { ...told, delivered: false, retry, reason: `The receiver answered ${status}.` }
}
