import { expect, it } from 'vitest'
import { countBy } from '../testing/counting.ts'
import { describeConsole } from '../testing/describeConsole.ts'
import { modelsThreats } from './modelsThreats.ts'

describeConsole('levels by model', (soc) => {
  it('are counted over a week', async () => {
    const found = (await soc().ask(modelsThreats))['rows']?.rows ?? []
    const week = soc().demo.rows.ml_all_scores.filter(
      ({ detected_at }) => detected_at >= soc().demo.answers.now - 7 * 86_400,
    )
    expect(
      Object.fromEntries(
        found.map((row) => [`${String(row['model_name'])} ${String(row['threat_level'])}`, row['cnt']]),
      ),
    ).toEqual(countBy(week, ({ model_name, threat_level }) => `${model_name} ${threat_level}`))
  })
})
