import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** The Node of the lock file: the program needs 22 or later, whatever Node runs these scripts. */
export function programNode() {
  const bin = join(root, 'node_modules', 'node', 'bin')
  const found = [join(bin, 'node.exe'), join(bin, 'node')]
  // On Windows the package leaves a text file called `node` beside node.exe.
  return (process.platform === 'win32' ? found : found.toReversed()).find((path) => existsSync(path))
}

/**
 * How the built program is run without Electron, so that it takes little memory: the main thread only hands messages on, its
 * young generation stays small (1 MB; threads set their own limits, src-main/worker/thread.ts), and glibc keeps one arena for
 * all threads instead of one for each. `shell` is a file of out/main.
 */
export const programStart = (shell, args) => ({
  command: programNode(),
  args: ['--max-semi-space-size=1', join(root, 'out', 'main', shell), ...args],
  env: { MALLOC_ARENA_MAX: '1', ...process.env },
})

/** The script behind a tool of node_modules, to be run with programNode(): works where links and .cmd files do not. */
export const tool = (...parts) => join(root, 'node_modules', ...parts)

/** The environment of this process, for tests that start many programs and threads from the same code: Node keeps it compiled. */
export const withCompileCache = () => ({ NODE_COMPILE_CACHE: join(root, '.cache', 'node'), ...process.env })
