import { accessSync, constants, existsSync, statfsSync } from 'node:fs'
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

/** Free space that memory must have to take the files of tests, in bytes. */
const ROOM = 3e9

/**
 * The environment for tests: they start many programs and threads from the same code, which Node then keeps compiled, and
 * write many small files, which on Linux lie in memory where there is room, so that none of them waits for a disk.
 */
export function testEnvironment() {
  return { NODE_COMPILE_CACHE: join(root, '.cache', 'node'), ...inMemory(), ...process.env }
}

function inMemory() {
  try {
    const folder = '/dev/shm'
    accessSync(folder, constants.W_OK)
    const { bavail, bsize } = statfsSync(folder)
    return process.platform === 'linux' && bavail * bsize > ROOM ? { TMPDIR: folder } : {}
  } catch {
    return {}
  }
}
