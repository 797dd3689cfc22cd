import { expect, it } from 'vitest'
import { USERS } from '../clickhouse/localServer.ts'
import { panels } from './index.ts'
import { firstStatements } from './lackingColumns.ts'
import { openConsole } from './testing/askPanel.ts'
import { describeConsole } from './testing/describeConsole.ts'
import { sharedSocServer } from './testing/sharedSocServer.ts'

/** What pages about one thing are asked with. */
const opened: Readonly<Record<string, object>> = {
  ...{ campaign: { campaign: 3 }, cluster: { campaign: 3 } },
  ...{ ip: { ip: '198.18.1.245' }, ipRadar: { ip: '198.18.1.245' } },
  ja4: { ja4: 't13d181000_85036bcba153_d41ae481755e' },
}

describeConsole('every panel', () => {
  it('is answered to a user who may only read and may set nothing', async () => {
    const console = await openConsole(await sharedSocServer(), USERS.reader)
    const failed: unknown[] = []
    for (const panel of panels)
      await console.ask(panel, opened[panel.shape.id] ?? {}).catch((error: unknown) => failed.push(error))
    await console.close()
    expect(failed).toEqual([])
  })
})

it('every panel has a name of its own', () => {
  const ids = panels.map(({ shape }) => shape.id)
  expect(new Set(ids).size).toBe(ids.length)
})

it('every panel can be looked at before anything is asked of it', () => {
  for (const panel of panels) expect(firstStatements(panel, { processing: 'p', logs: 'l' }).length).toBeGreaterThan(0)
})
