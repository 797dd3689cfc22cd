import { AppError } from '#contract/appError'
import { startDemo, type Demo } from '../app.ts'
import { closeOnSignal } from '../exitSignals.ts'
import type { Program } from '../program.ts'
import { whole, type Progress } from './progress.ts'

export type DemoCommand = { port: number | undefined; requests: number | undefined; workspace: string | undefined }

/** Runs the demo until Ctrl-C; `print` says how to reach it. `connect` puts a connection into the workspace and answers how that went. */
export async function demoCommand(
  { port, requests }: DemoCommand,
  program: Program,
  progress: Progress,
  print: (words: string) => void,
  connect: (demo: Demo) => Promise<string>,
): Promise<number> {
  const running: { demo?: Demo } = {}
  // Ctrl-C is how it ends. A server that is still starting sees that this process is gone, and goes too.
  closeOnSignal(async () => {
    progress.clear()
    process.stderr.write('Stopping.\n')
    await running.demo?.stop()
  }, 0)
  const demo = await startDemo({
    resources: program.resources,
    port,
    requests,
    say: (words) => process.stderr.write(`${words}\n`),
  })
  running.demo = demo
  print(described(demo))
  print(
    await connect(demo).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error
      // Open elsewhere, most likely: the demo is there all the same.
      return `No connection was made: ${error.message} Make one there with this address and the user ${demo.user}.`
    }),
  )
  print('Ctrl-C ends it, and its data goes with it.')
  // The signal ends the process.
  return new Promise(() => undefined)
}

function described({ url, users, databases, requests }: Demo): string {
  const rights = { 0: 'writes', 1: 'reads, and may set nothing', 2: 'reads' } as const
  const people = users.map(
    ({ name, password, readonly }) =>
      `${name} (${password === '' ? 'no password' : `password ${password}`}; ${rights[readonly]})`,
  )
  return [
    `ClickHouse  ${url}`,
    `Users       ${people.join(', ')}`,
    `Databases   ${databases.processing}, ${databases.logs}`,
    `Data        ${whole(requests)} generated requests of 7 days; more every half minute`,
  ].join('\n')
}
