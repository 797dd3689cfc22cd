import { afterAll, beforeAll, describe } from 'vitest'
import { clickhouseMissing } from '../../clickhouse/localServer.ts'
import { openConsole, type Console } from './askPanel.ts'
import { sharedSocServer, type SharedSocServer } from './sharedSocServer.ts'

export type OpenConsole = Pick<SharedSocServer, 'databases' | 'demo'> & Pick<Console, 'ask'>

/** Tests of panels with the shared server and what must be found there: `soc().ask(panel)`, `soc().demo.answers`. */
export function describeConsole(what: string, tests: (soc: () => OpenConsole) => void): void {
  const missing = clickhouseMissing()
  describe.skipIf(missing !== null)(`${what}${missing === null ? '' : ` (${missing})`}`, () => {
    let open: (OpenConsole & { close(): Promise<void> }) | undefined
    beforeAll(async () => {
      const shared = await sharedSocServer()
      const { ask, close } = await openConsole(shared)
      open = { ask, close, databases: shared.databases, demo: shared.demo }
    })
    afterAll(() => open?.close())
    tests(() => {
      if (!open) throw new Error('The console is open while tests run.')
      return open
    })
  })
}

/** Seconds since 1970 of a time in an answer. */
export const secondsOf = (cell: unknown): number => Date.parse(String(cell)) / 1000
