import { expect, it } from 'vitest'
import { counts } from '../testing/counting.ts'
import { describeConsole, secondsOf } from '../testing/describeConsole.ts'
import { models } from './models.ts'

describeConsole('models', (soc) => {
  it('are told with what they scored in a week, and until when', async () => {
    const { scoring } = await soc().ask(models)
    expect(counts(scoring?.rows, 'model_name', 'scored')).toEqual(soc().demo.answers.models.week)
    for (const row of scoring?.rows ?? []) {
      const times = soc()
        .demo.rows.ml_all_scores.filter(({ model_name }) => model_name === row['model_name'])
        .map(({ detected_at }) => detected_at)
        .filter((time) => time >= soc().demo.answers.now - 7 * 86_400)
      expect([secondsOf(row['first_seen']), secondsOf(row['last_seen'])]).toEqual([
        Math.min(...times),
        Math.max(...times),
      ])
    }
  })
})
