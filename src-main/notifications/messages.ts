import { severities, type ChannelKind, type Severity } from '#contract/values'
import type { Digest } from './digest.ts'

/** Alerts that a message names. */
export const TOP_MAX = 10
/** Characters of a title and of a name in a message. */
const TITLE_MAX = 150
const NAME_MAX = 80

export type Message = { title: string; lines: string[]; digest: Digest | null }

const cut = (text: string, most: number): string => {
  const plain = text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
  return plain.length <= most ? plain : `${plain.slice(0, most - 1)}…`
}
const capital = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`

/** The worst severity of a digest. */
export const worstOf = ({ severities: counted }: Digest): Severity =>
  severities.find((severity) => (counted[severity] ?? 0) > 0) ?? 'info'

/** One message for all that a run found: how many of which severity, and the worst of them. */
export function digestMessage(digest: Digest): Message {
  const counts = severities.flatMap((severity) => {
    const n = digest.severities[severity] ?? 0
    return n > 0 ? [`${n} ${severity}`] : []
  })
  const alerts = digest.total === 1 ? '1 new alert' : `${digest.total} new alerts`
  const lines = digest.top.map(({ severity, title, host, user }) => {
    const where = [host, user].filter((one) => one !== null).map((one) => cut(one, NAME_MAX))
    return `${capital(severity)}: ${cut(title, TITLE_MAX)}${where.length === 0 ? '' : ` (${where.join(', ')})`}`
  })
  const more = digest.total - digest.top.length
  return {
    title: `${alerts} in ${cut(digest.hunt.name, NAME_MAX)}: ${counts.join(', ')}`,
    lines: more > 0 ? [...lines, `and ${more} more`] : lines,
    digest,
  }
}

export const testMessage: Message = {
  title: 'Test message of Huntbench',
  lines: ['This channel works. New alerts will be told here.'],
  digest: null,
}

/** What is posted. Texts of evidence are plain text everywhere: no mark-up, link or mention of theirs comes to life. */
export function bodyOf(kind: Exclude<ChannelKind, 'desktop'>, message: Message, deliveryId: string): unknown {
  if (kind === 'slack') return slackBody(message)
  if (kind === 'teams') return teamsBody(message)
  const { digest } = message
  return {
    source: 'huntbench',
    event: digest === null ? 'test' : 'alerts',
    delivery: deliveryId,
    title: message.title,
    ...(digest === null
      ? {}
      : { hunt: digest.hunt, total: digest.total, severities: digest.severities, top: digest.top }),
  }
}

/** Slack: `text` is read as mark-up, so its three signs are escaped; plain_text blocks are not. */
function slackBody({ title, lines }: Message): unknown {
  const escaped = title.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const plain = (text: string) => ({ type: 'plain_text', text, emoji: false })
  return {
    text: escaped,
    blocks: [
      { type: 'header', text: plain(cut(title, TITLE_MAX)) },
      ...lines.map((line) => ({ type: 'section', text: plain(line) })),
    ],
  }
}

/** Teams by its Workflows app: a message with an Adaptive Card. Runs of a RichTextBlock know no mark-up, unlike a TextBlock. */
function teamsBody({ title, lines }: Message): unknown {
  const block = (text: string, run: object) => ({
    type: 'RichTextBlock',
    inlines: [{ type: 'TextRun', text, ...run }],
  })
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [block(title, { weight: 'bolder', size: 'medium' }), ...lines.map((line) => block(line, {}))],
          msteams: { width: 'Full' },
        },
      },
    ],
  }
}
