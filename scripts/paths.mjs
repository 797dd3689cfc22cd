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

/** The script behind a tool of node_modules, to be run with programNode(): works where links and .cmd files do not. */
export const tool = (...parts) => join(root, 'node_modules', ...parts)
