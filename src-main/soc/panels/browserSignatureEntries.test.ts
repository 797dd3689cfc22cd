import { expect, it } from 'vitest'
import { describeConsole } from '../testing/describeConsole.ts'
import { browserSignatureEntries } from './browserSignatureEntries.ts'

describeConsole('signatures of browsers', (soc) => {
  it('are those of the table, and of the dictionary made of it', async () => {
    const { rows, dictionary } = await soc().ask(browserSignatureEntries)
    const planted = soc()
      .demo.lists.browser_h2_signatures.toSorted((a, b) => a.browser_family.localeCompare(b.browser_family, 'en'))
      .map((one) => ({ ...one, confidence: expect.closeTo(one.confidence, 5) }))
    expect(rows?.rows).toEqual(planted)
    expect(dictionary?.rows).toEqual(
      planted.map(({ h2_fingerprint, browser_family }) => ({ h2_fingerprint, browser_family })),
    )
  })
})
