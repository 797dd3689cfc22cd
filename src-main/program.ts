import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where the parts of the program are. */
export type Program = { version: string; resources: string; page: string; preload: string }

/** `entry` is the folder of a shell's entry: two below the root, as source (src-main/headless) and as build (out/main). */
export function findProgram(entry: string): Program {
  const root = join(entry, '..', '..')
  const description: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const version =
    typeof description === 'object' && description !== null && 'version' in description
      ? String(description.version)
      : '0'
  return {
    version,
    resources: join(root, 'resources'),
    page: join(root, 'out', 'renderer'),
    preload: join(root, 'out', 'preload', 'preload.cjs'),
  }
}
