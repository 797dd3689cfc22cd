// Started by localServer.ts: runs the `clickhouse local` program that lies in libchdb.so, which listens on HTTP, until the
// pipe to whoever started it closes. Argument: JSON {packages, library, argv}.
import { rmSync } from 'node:fs'
import { createRequire } from 'node:module'

/** What is used of ffi-rs, which is not installed where this is compiled. */
type Ffi = {
  DataType: { External: number; I32: number; StringArray: number }
  open(library: { library: string; path: string }): void
  load(call: object): Promise<unknown>
}
/** `remove`: the folder that goes with the server, or null. */
type Start = { packages: string; library: string; argv: string[]; remove: string | null }

const { packages, library, argv, remove } = JSON.parse(process.argv[2] ?? '{}') as Start
const ffi = createRequire(packages)('ffi-rs') as Ffi

ffi.open({ library: 'chdb', path: library })
ffi
  .load({
    library: 'chdb',
    funcName: 'query_stable_v2',
    retType: ffi.DataType.External,
    runInNewThread: true,
    paramsType: [ffi.DataType.I32, ffi.DataType.StringArray],
    paramsValue: [argv.length, argv],
  })
  .then(
    // It comes back only when it failed.
    () => process.exit(1),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`)
      process.exit(1)
    },
  )

// No orderly end wanted: what is kept was written. Also when whoever started it was killed, its folder goes.
const die = (): void => {
  try {
    if (remove !== null) rmSync(remove, { recursive: true, force: true })
  } catch {
    // Threads that still write may be quicker; whoever started it removes the rest.
  }
  process.kill(process.pid, 'SIGKILL')
}
process.stdin.on('end', die).on('error', die).resume()
