import { expect, it } from 'vitest'
import { describeConsole } from '../testing/describeConsole.ts'
import { classifications } from './classifications.ts'

describeConsole('verdicts', (soc) => {
  it('come newest first, as they were written', async () => {
    const { rows } = await soc().ask(classifications)
    const said = soc()
      .demo.rows.soc_feedback.toSorted((a, b) => b.created_at - a.created_at)
      .map(({ created_at, src_ip, classification, comment }) => ({
        ...{ created_at: new Date(created_at * 1000).toISOString(), classification, comment },
        src_ip: src_ip.replace(/^::ffff:/, ''),
      }))
    expect(
      rows?.rows.map((row) => ({ ...row, created_at: new Date(String(row['created_at'])).toISOString() })),
    ).toEqual(said)
    const bots = await soc().ask(classifications, { classification: 'bot' })
    expect(bots['rows']?.rows).toEqual(rows?.rows.filter((row) => row['classification'] === 'bot'))
    const today = await soc().ask(classifications, {}, { from: soc().demo.answers.now - 12 * 3600 })
    expect(today['rows']?.rows).toEqual(rows?.rows.slice(0, 3))
  })
})
