import { expect, it } from 'vitest'
import type { Digest } from './digest.ts'
import { bodyOf, digestMessage, TOP_MAX } from './messages.ts'

const alert = (title: string): Digest['top'][number] => ({
  ...{ id: 'a', title, severity: 'high', score: 90, host: 'WS1', user: null },
  ...{ mitreTechnique: 'T1059', firstTime: null },
})
const digest = (total: number, title: string): Digest => ({
  hunt: { id: 'h', name: 'Workstation <1> & more' },
  total,
  severities: { critical: 1, high: total - 1 },
  top: Array.from({ length: Math.min(total, TOP_MAX) }, () => alert(title)),
})

it('many alerts of a run are one message: how many, the worst, and how many more', () => {
  const { title, lines } = digestMessage(digest(50_000, 'Shadow copies deleted'))
  expect(title).toBe('50000 new alerts in Workstation <1> & more: 1 critical, 49999 high')
  expect(lines).toHaveLength(TOP_MAX + 1)
  expect(lines[0]).toBe('High: Shadow copies deleted (WS1)')
  expect(lines.at(-1)).toBe('and 49990 more')
})

it('texts of evidence stay plain: no link, mention or mark-up comes to life', () => {
  const nasty = '[x](http://evil.test) <!channel> *bold* \u202egnp.exe'
  const message = digestMessage(digest(2, nasty))
  const slack = JSON.stringify(bodyOf('slack', message, 'd'))
  expect(JSON.parse(slack)).toMatchObject({
    text: '2 new alerts in Workstation &lt;1&gt; &amp; more: 1 critical, 1 high',
  })
  expect(slack).not.toContain('mrkdwn')
  const teams = JSON.stringify(bodyOf('teams', message, 'd'))
  expect(teams).not.toContain('"TextBlock"')
  expect(teams).not.toContain('\u202e')
  expect(JSON.parse(teams)).toMatchObject({
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: { type: 'AdaptiveCard' } }],
  })
  expect(bodyOf('webhook', message, 'd')).toMatchObject({ event: 'alerts', delivery: 'd', total: 2, hunt: { id: 'h' } })
})

it('fits what Slack and Teams take: a header of 150 characters, 50 blocks, 28 kB', () => {
  const message = digestMessage({ ...digest(1_000, 'x'.repeat(5_000)), hunt: { id: 'h', name: 'n'.repeat(200) } })
  const slack = bodyOf('slack', message, 'd')
  expect(slack).toMatchObject({ blocks: expect.any(Array) })
  expect(JSON.stringify(bodyOf('teams', message, 'd')).length).toBeLessThan(28_000)
  expect(message.title.length).toBeLessThan(200)
})
