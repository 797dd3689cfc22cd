import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { programStart } from '../scripts/paths.mjs'

/** The built headless shell on a workspace: the address it prints, token included. */
export type HeadlessShell = { address: string; stop(): Promise<void> }

export async function startHeadlessShell(workspace: string): Promise<HeadlessShell> {
  if (!existsSync(join(import.meta.dirname, '..', 'out', 'main', 'headless.js')))
    throw new Error('Build first: npm run build')
  const { command, args, env } = programStart('headless.js', ['--no-open', '--port', '0', '--workspace', workspace])
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'], env })
  const address = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error('The shell ended at once.')))
    child.stdout.on('data', (chunk: Buffer) => {
      const found = /http:\/\/\S+/.exec(chunk.toString())
      if (found) resolve(found[0])
    })
  })
  return {
    address,
    async stop() {
      child.removeAllListeners('exit')
      child.kill('SIGTERM')
      await new Promise((resolve) => child.once('exit', resolve))
    },
  }
}
