import { expect, test } from 'vitest'
import { byTactic, heat } from './tactics.ts'
import type { Technique } from './tactics.ts'

const technique = (id: string, tactics: string[], rows: number): Technique => ({
  id,
  name: id,
  tactics,
  alerts: 1,
  rows,
})

test('techniques stand under each of their tactics, in the order of an attack, most rows first', () => {
  const groups = byTactic([
    technique('T1490', ['impact'], 10),
    technique('T1053', ['execution', 'persistence'], 4),
    technique('T1059', ['execution'], 140),
    technique('T9999', [], 1),
  ])
  expect(groups.map(({ tactic, techniques }) => [tactic, techniques.map(({ id }) => id)])).toEqual([
    ['execution', ['T1059', 'T1053']],
    ['persistence', ['T1053']],
    ['impact', ['T1490']],
    ['without a tactic', ['T9999']],
  ])
})

test('more rows are never darker', () => {
  const steps = [0, 1, 5, 80, 400, 828].map((rows) => heat(rows, 828))
  expect(steps).toEqual([...steps].sort((a, b) => a - b))
  expect([steps[0], steps.at(-1)]).toEqual([1, 5])
})
