import { expect, it } from 'vitest'
import { describeConsole } from '../testing/describeConsole.ts'
import { classifySuggested } from './classifySuggested.ts'

describeConsole('addresses to classify next', (soc) => {
  it('are the twenty worst of three days that nobody judged', async () => {
    const { rows } = await soc().ask(classifySuggested)
    const known = new Map(soc().demo.answers.unclassified.map((one) => [one.address, one]))
    const worst = soc().demo.answers.unclassified.slice(0, 20)
    expect(rows?.rows.map((row) => row['worst_score'])).toEqual(
      worst.map(({ worstScore }) => expect.closeTo(worstScore, 5)),
    )
    for (const row of rows?.rows ?? [])
      expect(known.get(String(row['src_ip']))).toMatchObject({ detections: row['detection_count'] })
  })
})
