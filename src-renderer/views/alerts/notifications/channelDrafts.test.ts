import { expect, test } from 'vitest'
import type { Channel } from '#contract/notifications'
import { draftOf, newChannel, unfinished } from './channelDrafts.ts'

const saved: Channel = {
  ...{
    id: 'c',
    name: 'On-call',
    kind: 'slack',
    enabled: true,
    minSeverity: 'high',
    maxSeverity: 'critical',
    huntId: null,
    allowPrivate: false,
  },
  ...{ allowHttp: false, host: 'hooks.slack.com', address: 'kept', pending: 0, createdAt: '', updatedAt: '' },
}

test('a channel needs a name, and an address unless it is kept or shows messages here', () => {
  expect(unfinished(newChannel(), null)).toBe('Name the channel.')
  expect(unfinished({ ...newChannel(), name: 'x' }, null)).toMatch(/address/)
  expect(unfinished({ ...newChannel(), name: 'x', url: 'https://a.test/' }, null)).toBeNull()
  expect(unfinished({ ...newChannel(), name: 'x', kind: 'desktop' }, null)).toBeNull()
  expect(unfinished(draftOf(saved), saved)).toBeNull()
  expect(unfinished(draftOf(saved), { ...saved, address: 'missing' })).toMatch(/address/)
})
