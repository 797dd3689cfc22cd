import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { contentSecurityPolicy } from './pagePolicy.ts'
import { STYLE } from './reporting/html.ts'

test('of style sheets inside a page that of reports alone is let in, for their preview', () => {
  const hash = createHash('sha256').update(STYLE).digest('base64')
  expect(contentSecurityPolicy()).toContain(`style-src 'self' 'sha256-${hash}';`)
})
