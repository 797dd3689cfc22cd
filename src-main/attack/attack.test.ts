import { expect, it } from 'vitest'
import { testApp } from '../testing/testApp.ts'

const { call } = testApp('attack')
const found = async (text: string, tactic?: string): Promise<string[]> =>
  (await call('attack.techniques', { text, ...(tactic === undefined ? {} : { tactic }), limit: 500 })).techniques.map(
    ({ id }) => id,
  )

it('finds techniques by id, name, parent and tactic, the closest first', async () => {
  expect((await found('t1059')).slice(0, 2)).toEqual(['T1059', 'T1059.001'])
  expect((await found('PowerShell'))[0]).toBe('T1059.001')
  expect((await found('scheduled task')).slice(0, 2)).toEqual(['T1053', 'T1053.005'])
  expect(await found('T9999')).toEqual([])
  expect(await found('zzz no such')).toEqual([])
  const impact = await found('', 'Impact')
  expect(impact).toContain('T1490')
  expect(await found('', 'impact')).toEqual(impact)
  const [sub] = (await call('attack.techniques', { text: 'T1059.001' })).techniques
  expect(sub).toMatchObject({
    name: 'PowerShell',
    tactics: ['execution'],
    parent: { id: 'T1059', name: 'Command and Scripting Interpreter' },
  })
})

it('offers no technique that was withdrawn, and says how many there are', async () => {
  const { total, techniques } = await call('attack.techniques', { limit: 1 })
  expect(techniques).toHaveLength(1)
  expect(total).toBeGreaterThan(600)
})
