import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '..')

export type Headless = { url: string; process: ChildProcess; stop(signal?: NodeJS.Signals): Promise<void> }

/** Starts the built headless shell on a workspace and answers the address it prints, token included. */
export async function startHeadless(workspace: string, port = 0): Promise<Headless> {
  const program = join(root, 'out', 'main', 'headless.js')
  const child = spawn(process.execPath, [program, '--no-open', '--port', String(port), '--workspace', workspace], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // A flow that fails half way leaves nothing running.
  const orphaned = () => child.kill()
  process.once('exit', orphaned)
  child.once('exit', () => process.off('exit', orphaned))
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The headless shell ended with ${code}: ${said}`)))
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /http:\/\/\S+/.exec(line)?.[0]
      if (found) resolve(found)
    })
  })
  return {
    url,
    process: child,
    async stop(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill(signal)
      await ended
    },
  }
}

/** Runs the command line as a person does, by the script that `npm run huntbench` names. */
export async function runTerminal(
  workspace: string,
  ...args: string[]
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [join(root, 'scripts', 'huntbench.mjs'), ...args], {
    cwd: root,
    env: { ...process.env, HUNTBENCH_WORKSPACE: workspace },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, out, err }
}
