import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { freemem } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'

export type Measured = { seconds: number; peakMb: number | null }

/** What a program used and what it printed; `cpu` in seconds of all its threads, null where that is not known. */
export type Ran = Measured & { cpu: number | null; printed: string }

/**
 * Runs a program to its end; seconds of wall clock and, on Linux, of its threads, and the peak of its resident memory. Fails
 * when the program does.
 */
export async function timeProgram(
  command: string,
  args: readonly string[],
  input = '',
  env = process.env,
): Promise<Ran> {
  const started = performance.now()
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], env })
  let peak = 0
  let cpu: number | null = null
  let [printed, said] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stdin.end(input)
  const watching = setInterval(() => {
    peak = Math.max(peak, residentMb(child.pid, 'VmHWM') ?? 0)
    cpu = cpuSeconds(child.pid) ?? cpu
  }, 50)
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
  clearInterval(watching)
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${said.slice(0, 500)}`)
  return { seconds: (performance.now() - started) / 1000, peakMb: peak || null, cpu, printed }
}

/** Linux counts in hundredths of a second. */
const TICKS = 100

/** Seconds of all processors that a process has used so far; null where the system does not say. */
export function cpuSeconds(pid: number | undefined): number | null {
  try {
    // Behind the name, which may hold blanks: state is field 3, user and system time are 14 and 15.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) / TICKS
  } catch {
    return null
  }
}

/** A figure of /proc in megabytes (10^6 bytes); null where there is no such file. */
export function residentMb(pid: number | undefined, key: 'VmRSS' | 'VmHWM'): number | null {
  try {
    const kb = new RegExp(`${key}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kb === undefined ? null : Math.round((Number(kb) * 1024) / 1e6)
  } catch {
    return null
  }
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? NaN
}

/** Milliseconds of several calls, after one that warms up: the median and the slowest. */
export async function timeCalls(
  times: number,
  run: (n: number) => Promise<unknown>,
): Promise<{ median: number; worst: number }> {
  await run(0)
  const taken: number[] = []
  for (let n = 1; n <= times; n++) {
    const started = performance.now()
    await run(n)
    taken.push(performance.now() - started)
  }
  return { median: median(taken), worst: Math.max(...taken) }
}

/** Memory that is fetched before each way, in bytes: more than any of them takes, with the files it writes. */
const AT_HAND = 4e9

/**
 * Gives all ways the same start. The disk settles: writes of one, which the system puts off (POSIX `sync` hurries them), must not slow
 * the next. And memory is at hand: virtual machines hand what is free back to their host, and fetching it again, a page at a time,
 * takes up to a second where a way needs a gigabyte. Another process uses that much and gives it back just before.
 */
export async function settle(): Promise<void> {
  spawnSync('sync')
  await wait(3_000)
  const blocks = Math.floor(Math.min(AT_HAND, freemem() / 2) / 1e8)
  spawnSync(process.execPath, [
    '-e',
    `const all = []; for (let n = 0; n < ${blocks}; n++) all.push(Buffer.alloc(1e8, 1))`,
  ])
}
