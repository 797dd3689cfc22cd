import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkCase } from './checkCase.ts'
import { makeCase } from './makeCase.ts'

// A child of main.ts: runs one seed after another and says so, one line each, so that the parent sees which one hangs.

const [first = '1', step = '1', until = '0'] = process.argv.slice(2)
const corpusFolder = join(import.meta.dirname, 'corpus')
const corpus = readdirSync(corpusFolder)
  .sort()
  .map((name) => readFileSync(join(corpusFolder, name)))
const folder = mkdtempSync(join(tmpdir(), 'huntbench-fuzz-'))
const say = (...words: unknown[]): void => void process.stdout.write(`${words.join(' ')}\n`)

process.on('SIGTERM', () => process.exit(0))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
for (let seed = Number(first); Date.now() < Number(until); seed += Number(step)) {
  say('begin', seed)
  try {
    say('end', seed, await checkCase(makeCase(seed, corpus), folder))
  } catch (error) {
    say('failed', seed, asciiJson(error instanceof Error ? (error.stack ?? error.message) : String(error)))
  }
  if (seed % 64 === Number(first) % 64) say('cpu', cpu())
}
say('cpu', cpu())
process.exit(0)

/** Seconds of CPU this process has taken, all threads. */
function cpu(): string {
  const { user, system } = process.cpuUsage()
  return ((user + system) / 1e6).toFixed(2)
}

/** Readers of lines take U+2028 for a line end. */
function asciiJson(text: string): string {
  return JSON.stringify(text).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
