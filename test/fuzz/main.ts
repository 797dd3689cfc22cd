import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { cpuSeconds } from '../../bench/measure.ts'
import { makeCase } from './makeCase.ts'

// npm run fuzz -- --seconds 3600 --seed 1 --jobs 2: imports hostile files both ways until the time is over.

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string' },
    jobs: { type: 'string', default: '1' },
    failures: { type: 'string', default: join(import.meta.dirname, 'failures') },
  },
})
const jobs = Number(values.jobs)
const first = Number(values.seed ?? Math.floor(Math.random() * 2 ** 30))
const begin = Date.now()
const until = begin + Number(values.seconds) * 1_000
/** A case that takes longer than this hangs, in milliseconds; of the processors where the system tells: beside other work it may have to wait. */
const CASE_MS = 30_000
/** So long it may take in any case: threads that wait for one another use no processor. */
const WALL_MS = 300_000

const outcomes = new Map<string, number>()
let cases = 0
let failures = 0
let cpuOfEnded = 0

function keepFailure(seed: number, reason: string): void {
  failures++
  mkdirSync(values.failures, { recursive: true })
  const folder = join(import.meta.dirname, 'corpus')
  const corpus = readdirSync(folder)
    .sort()
    .map((name) => readFileSync(join(folder, name)))
  const { bytes, ...how } = makeCase(seed, corpus)
  writeFileSync(join(values.failures, `${seed}.bin`), bytes)
  writeFileSync(join(values.failures, `${seed}.json`), `${JSON.stringify({ seed, ...how, reason }, null, 2)}\n`)
  console.log(`seed ${seed}: ${reason.split('\n', 3).join(' ').slice(0, 400)}`)
}

/** Runs seeds from `seed` on in children; a child that hangs or dies is replaced by one that goes on behind its case. */
async function run(seed: number): Promise<void> {
  for (let next = seed; Date.now() < until;) {
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'runCases.ts'), String(next), String(jobs), String(until)],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    let current: number | null = null
    let cpu = 0
    let hung = false
    let timer: NodeJS.Timeout | undefined
    for await (const line of createInterface({ input: child.stdout })) {
      const [word = '', number = '', ...others] = line.split(' ')
      const rest = others.join(' ')
      clearTimeout(timer)
      if (word === 'cpu') cpu = Number(number)
      else if (word === 'begin') {
        current = Number(number)
        const before = cpuSeconds(child.pid)
        const started = Date.now()
        const look = (): void => {
          const used = cpuSeconds(child.pid)
          hung = before === null || used === null || (used - before) * 1_000 > CASE_MS || Date.now() - started > WALL_MS
          if (hung) child.kill('SIGKILL')
          else timer = setTimeout(look, CASE_MS)
        }
        timer = setTimeout(look, CASE_MS)
      } else {
        cases++
        next = Number(number) + jobs
        current = null
        const outcome = word === 'failed' ? 'failed' : rest
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
        if (word === 'failed') keepFailure(Number(number), String(JSON.parse(rest)))
      }
    }
    clearTimeout(timer)
    cpuOfEnded += cpu
    if (current !== null) {
      cases++
      keepFailure(current, hung ? `It takes longer than ${CASE_MS / 1_000} s.` : 'The process ended.')
      next = current + jobs
    }
  }
}

await Promise.all(Array.from({ length: jobs }, (_, n) => run(first + n)))
const seconds = (Date.now() - begin) / 1_000
console.log(
  JSON.stringify({
    seed: first,
    cases,
    seconds: Math.round(seconds),
    casesPerSecond: Number((cases / seconds).toFixed(1)),
    cpuSeconds: Math.round(cpuOfEnded),
    failures,
    ...Object.fromEntries(outcomes),
  }),
)
process.exitCode = failures > 0 ? 1 : 0
