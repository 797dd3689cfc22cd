// Finds the Electron runtime, which no install script fetches: it comes at the first start, where there is a network.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { programNode, tool } from './paths.mjs'
import { runQuietly } from './run.mjs'

/** About 110 MB: on a slow line this is not enough, and the workstation is served to the browser instead. */
const FETCH_MS_MAX = 180_000

const executable =
  { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform] ?? 'electron'

/** Path of the runtime where there is one: in ELECTRON_OVERRIDE_DIST_PATH, else fetched before. */
export function electronRuntime() {
  const named = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (named) return present(join(named, executable))
  try {
    return present(join(tool('electron'), 'dist', readFileSync(join(tool('electron'), 'path.txt'), 'utf8')))
  } catch {
    return undefined
  }
}

const present = (path) => (existsSync(path) ? path : undefined)

export const hasDisplay = () =>
  process.platform === 'win32' ||
  process.platform === 'darwin' ||
  Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)

/** Tries once to fetch the runtime; undefined when it cannot be had. */
export async function fetchElectronRuntime() {
  process.stderr.write('Fetching the Electron runtime; this happens once.\n')
  await runQuietly(programNode(), [join(tool('electron'), 'install.js')], { timeout: FETCH_MS_MAX })
  return electronRuntime()
}
