import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { programStart } from '../scripts/paths.mjs'
import { median, residentMb } from './measure.ts'

/** Starts the built headless shell several times: milliseconds until it says where it listens, and memory after ten idle seconds. */
export async function startBench(rounds: number): Promise<string> {
  const entry = join(import.meta.dirname, '..', 'out', 'main', 'headless.js')
  if (!existsSync(entry)) throw new Error('Build first: npm run build')
  const taken: number[] = []
  let idle: number | null = null
  for (let round = 0; round < rounds; round++) {
    const folder = mkdtempSync(join(tmpdir(), 'huntbench-start-'))
    const started = performance.now()
    const { command, args, env } = programStart('headless.js', ['--no-open', '--port', '0', '--workspace', folder])
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'], env })
    await new Promise<void>((resolve, reject) => {
      child.once('exit', () => reject(new Error('The shell ended at once.')))
      child.stdout.on('data', (chunk: Buffer) => {
        if (chunk.includes('http://')) resolve()
      })
    })
    taken.push(performance.now() - started)
    if (round === rounds - 1) {
      await wait(10_000)
      idle = residentMb(child.pid, 'VmRSS')
    }
    child.removeAllListeners('exit')
    child.kill('SIGTERM')
    await new Promise((resolve) => child.once('exit', resolve))
    rmSync(folder, { recursive: true, force: true })
  }
  return [
    '| start | |',
    '|---|---|',
    `| headless shell until it listens | ${median(taken).toFixed(0)} ms |`,
    `| memory of it after 10 s idle | ${idle ?? 'unknown'} MB |`,
  ].join('\n')
}
