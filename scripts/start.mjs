// npm start: opens the workstation in its window, or serves it to the browser where there can be no window.
import { electronRuntime, fetchElectronRuntime, hasDisplay } from './electronRuntime.mjs'
import { ensure } from './ensure.mjs'
import { programStart, root } from './paths.mjs'
import { runInTerminal } from './run.mjs'

/** A runtime that breaks down within this time never showed its window: missing libraries, or a sandbox the system forbids. */
const BREAKDOWN_MS = 15_000

const given = process.argv.slice(2)
const served = given.includes('--serve')
const args = given.filter((argument) => argument !== '--serve')

await ensure()
process.exitCode = served ? await serve() : await open()

async function open() {
  if (!hasDisplay()) return serve('There is no display here')
  // Chromium runs no sandbox as root, and the window is not opened without one.
  if (process.platform === 'linux' && process.getuid() === 0) return serve('The window is not opened as root')
  const runtime = electronRuntime() ?? (await fetchElectronRuntime())
  if (!runtime) return serve('The Electron runtime could not be fetched')
  const started = Date.now()
  const { code, signal, error } = await runInTerminal(runtime, [root, ...args])
  const asked = signal === 'SIGINT' || signal === 'SIGTERM' || signal === 'SIGHUP'
  if (error || (!asked && code >= 127 && Date.now() - started < BREAKDOWN_MS))
    return serve('The Electron runtime does not run here')
  return asked ? 130 : code
}

async function serve(reason) {
  if (reason) process.stderr.write(`${reason}: the workstation is served to the browser instead.\n`)
  const { command, args: all, env } = programStart('headless.js', args)
  const { code } = await runInTerminal(command, all, { env })
  return code
}
