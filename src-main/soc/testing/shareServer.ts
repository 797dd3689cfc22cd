import { createServer } from 'node:http'
import type { TestProject } from 'vitest/node'
import { clickhouseMissing } from '../../clickhouse/localServer.ts'
import { startSocServer, type SocServer } from './socServer.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where test files ask for the shared server. */
    socServer: string
  }
}

/**
 * Before all test files of a run: stands ready to start one ClickHouse for all of them, when the first one asks
 * (sharedSocServer). A run that needs none starts none.
 */
export default async function shareServer(project: TestProject): Promise<() => Promise<void>> {
  let started: Promise<SocServer> | undefined
  const door = createServer((_request, response) => {
    const answer = (words: object): void => void response.end(JSON.stringify(words))
    const reason = clickhouseMissing()
    if (reason !== null) return answer({ failed: reason })
    started ??= startSocServer()
    started.then(
      ({ url, demo }) => answer({ url, now: demo.answers.now }),
      (error: unknown) => answer({ failed: String(error) }),
    )
  })
  await new Promise<void>((resolve) => void door.listen(0, '127.0.0.1', resolve))
  const address = door.address()
  project.provide('socServer', `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`)
  return async () => {
    door.close()
    door.closeAllConnections()
    await started?.then((server) => server.stop()).catch(() => undefined)
  }
}
