import { z } from 'zod'
import { count, id, name, ok, paging, severity, time } from './common.ts'
import { command, query, topic } from './define.ts'
import { channelKinds, deliveryStates } from './values.ts'

const kind = z.enum(channelKinds)
const state = z.enum(deliveryStates)

const draft = {
  name,
  kind,
  enabled: z.boolean(),
  minSeverity: severity.describe('Alerts of this severity and worse are sent'),
  maxSeverity: severity.describe('None that is worse than this: it goes elsewhere'),
  huntId: id.nullable().describe('The one hunt whose alerts are sent; null: those of all'),
  allowPrivate: z
    .boolean()
    .describe('It may be an address of this computer, of a private network, link-local or a metadata service'),
  allowHttp: z.boolean().describe('Without encryption'),
}
const url = z.string().trim().min(1).max(4_000).describe('The secret address of the webhook; never told again')

export const channelDraft = z.object({
  ...draft,
  enabled: draft.enabled.default(true),
  minSeverity: draft.minSeverity.default('high'),
  maxSeverity: draft.maxSeverity.default('critical'),
  huntId: draft.huntId.default(null),
  allowPrivate: draft.allowPrivate.default(false),
  allowHttp: draft.allowHttp.default(false),
  url: url.optional(),
})
export type ChannelDraft = z.infer<typeof channelDraft>

export const channel = z.object({
  id,
  ...draft,
  host: z.string().nullable().describe('The host of its address; the rest is secret'),
  address: z
    .enum(['kept', 'this-run', 'missing', 'none'])
    .describe(
      'kept: in the key ring; this-run: forgotten when the program ends, since there is no key ring; none: it needs none',
    ),
  pending: count.describe('Notifications that wait'),
  createdAt: time,
  updatedAt: time,
})
export type Channel = z.infer<typeof channel>

export const delivery = z.object({
  id,
  channelId: id,
  channel: z.string(),
  kind,
  huntId: id,
  hunt: z.string(),
  title: z.string(),
  alerts: count.describe('New alerts that it tells of'),
  severity: severity.describe('The worst of them'),
  state,
  attempts: count.describe('How often it was sent'),
  nextAt: time.nullable().describe('When it is tried again'),
  status: z.number().int().nullable().describe('HTTP status of the last answer'),
  answer: z.string().nullable().describe('The last answer, cut at 500 characters'),
  reason: z.string().nullable().describe('Why it did not arrive'),
  createdAt: time,
  finishedAt: time.nullable(),
})
export type Delivery = z.infer<typeof delivery>

export const testOutcome = z.object({
  delivered: z.boolean(),
  status: z.number().int().nullable().describe('HTTP status of the answer'),
  answer: z.string().nullable().describe('What was answered, cut at 500 characters'),
  reason: z.string().nullable().describe('Why it did not arrive'),
  ms: z.number().nonnegative().describe('Milliseconds until it was known'),
})
export type TestOutcome = z.infer<typeof testOutcome>

const example = { id: '9b2f6c11-0d53-4a77-8f0e-3f2a5d1c0001' }

export const notifications = {
  'notifications.channels': query(
    'Lists the channels that new alerts are sent to. Nothing is sent unless the setting notify is on.',
    z.object({}),
    z.object({ channels: z.array(channel), total: count, pending: count.describe('Notifications that wait') }),
    {},
  ),
  'notifications.createChannel': command(
    'Makes a channel: a webhook, Slack, Teams (a Workflows webhook) or messages on the desktop.',
    z.object({ channel: channelDraft }),
    channel,
    { channel: { name: 'On-call', kind: 'slack', url: 'https://hooks.slack.com/services/T0/B0/x' } },
  ),
  'notifications.updateChannel': command(
    'Changes a channel. Its address stays unless another one is given.',
    z.object({ id, channel: z.object(draft).omit({ kind: true }).extend({ url }).partial() }),
    channel,
    { ...example, channel: { enabled: false } },
  ),
  'notifications.deleteChannel': command(
    'Deletes a channel with its address, what waits for it and its delivery log.',
    z.object({ id }),
    ok,
    example,
  ),
  'notifications.test': command(
    'Sends a test message at once and answers what the receiver answered. Nothing about a hunt is in it.',
    z
      .object({
        id: id.optional().describe('A saved channel'),
        channel: channelDraft.optional().describe('Or one that is not saved; with id, without url: the address kept'),
      })
      .refine((input) => input.id !== undefined || input.channel !== undefined, 'Give id or channel'),
    testOutcome,
    example,
  ),
  'notifications.deliveries': query(
    'Lists notifications that wait, arrived or did not, newest first. The last 1,000 are kept.',
    z.object({ channelId: id.optional(), state: state.optional(), ...paging }),
    z.object({ deliveries: z.array(delivery), total: count }),
    {},
  ),
  'notifications.changed': topic(
    'Channels or deliveries changed; with a message: what a desktop channel says, for pages to show.',
    z.object({ message: z.object({ title: z.string(), body: z.string(), huntId: id.nullable() }).nullable() }),
  ),
}
