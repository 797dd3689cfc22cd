import { inject } from 'vitest'
import { z } from 'zod'
import { DEFAULT_DATABASES, type SocDatabases } from '../databases.ts'
import { generateDemo, type DemoData } from '../demo/generateDemo.ts'

export type SharedSocServer = { url: string; databases: SocDatabases; demo: DemoData }

const said = z.union([z.object({ url: z.string(), now: z.number() }), z.object({ failed: z.string() })])

/**
 * The server that all test files of a run share, with generated data and what must be found in it: for files that only read.
 * Who writes starts one of their own (startSocServer). Skip where clickhouseMissing() says why there is none.
 */
export async function sharedSocServer(): Promise<SharedSocServer> {
  const answer = said.parse(await (await fetch(inject('socServer'))).json())
  if ('failed' in answer) throw new Error(answer.failed)
  return {
    url: answer.url,
    databases: DEFAULT_DATABASES,
    demo: generateDemo({ now: new Date(answer.now * 1000) }),
  }
}
