import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { inspect } from 'node:util'
import type { Ports } from './ports.ts'

/** Bytes after which the log of the last runs is set aside at the next start; one older file is kept. */
const LOG_BYTES_MAX = 5_000_000

/** The log of a workspace, `huntbench.log`: one entry a line. A log that cannot be written never stops the program. */
export function createLog(folder: string, clock: () => Date = () => new Date()): Ports['log'] {
  const file = join(folder, 'huntbench.log')
  quietly(() => {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    if (statSync(file).size > LOG_BYTES_MAX) renameSync(file, `${file}.1`)
  })
  return (level, message, detail) => {
    const text = detail === undefined ? message : `${message} ${typeof detail === 'string' ? detail : inspect(detail)}`
    const line = text.replaceAll(/\r?\n/g, '\n    ')
    quietly(() => appendFileSync(file, `${clock().toISOString()} ${level} ${line}\n`, { mode: 0o600 }))
  }
}

function quietly(act: () => void): void {
  try {
    act()
  } catch {
    // Nothing to tell it to.
  }
}
