import { expect, it } from 'vitest'
import { describeConsole } from '../testing/describeConsole.ts'
import { classifyStats } from './classifyStats.ts'

describeConsole('verdicts by kind', (soc) => {
  it('are counted in both vocabularies', async () => {
    const { rows } = await soc().ask(classifyStats)
    expect(Object.fromEntries(rows?.rows.map((row) => [row['classification'], row['cnt']]) ?? [])).toEqual(
      soc().demo.answers.classifications,
    )
  })
})
