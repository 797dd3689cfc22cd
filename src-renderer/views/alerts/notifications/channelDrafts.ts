import type { Channel, ChannelDraft } from '#contract/notifications'
import type { ChannelKind } from '#contract/values'

export const kindNames: Readonly<Record<ChannelKind, string>> = {
  webhook: 'Webhook',
  slack: 'Slack',
  teams: 'Teams',
  desktop: 'Desktop',
}

/** What an address of that kind looks like. */
export const addressExamples: Readonly<Record<ChannelKind, string>> = {
  webhook: 'https://soc.example.com/hooks/…',
  slack: 'https://hooks.slack.com/services/…',
  teams: 'https://….logic.azure.com/workflows/…',
  desktop: '',
}

export const newChannel = (): ChannelDraft => ({
  ...{ name: '', kind: 'webhook', enabled: true, minSeverity: 'high', maxSeverity: 'critical', huntId: null },
  ...{ allowPrivate: false, allowHttp: false },
})

/** What of a saved channel can be edited; its address is known to the program alone. */
export const draftOf = ({
  name,
  kind,
  enabled,
  minSeverity,
  maxSeverity,
  huntId,
  allowPrivate,
  allowHttp,
}: Channel): ChannelDraft => ({
  ...{ name, kind, enabled, minSeverity, maxSeverity, huntId, allowPrivate, allowHttp },
})

/** What is still missing before a channel can be saved or tested; null: nothing. */
export function unfinished({ name, kind, url }: ChannelDraft, saved: Channel | null): string | null {
  if (name.trim() === '') return 'Name the channel.'
  if (kind === 'desktop') return null
  const known = saved !== null && saved.address !== 'missing'
  return known || (url ?? '').trim() !== '' ? null : 'Enter the address of the webhook.'
}
