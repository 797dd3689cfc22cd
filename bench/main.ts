import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { alertsBench } from './alertsBench.ts'
import { casefileBench } from './casefileBench.ts'
import { correlationBench } from './correlationBench.ts'
import { generateEvents } from './generateEvents.ts'
import { dropBench } from './dropBench.ts'
import { mapBench } from './mapBench.ts'
import { importBench } from './importBench.ts'
import { exploreBench } from './exploreBench.ts'
import { questionsBench } from './questionsBench.ts'
import { sendBench } from './sendBench.ts'
import { socBench } from './socBench.ts'
import { startBench } from './startBench.ts'

// npm run bench -- [import] [drop] [explore] [questions] [alerts] [correlation] [map] [start] [soc] [send] [casefile] [--rows N] [--requests N] [--rounds N] [--file CSV] [--write]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rows: { type: 'string', default: '1000000' },
    requests: { type: 'string', default: '10000000' },
    rounds: { type: 'string', default: '3' },
    file: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
})
const wanted = positionals.length === 0 ? ['import', 'explore', 'questions', 'map', 'start'] : positionals
const rows = Number(values.rows)
const root = join(import.meta.dirname, '..')
const cache = join(root, '.cache')
mkdirSync(cache, { recursive: true })

const path = values.file ?? join(cache, `events-${rows}.csv`)
const size = wanted.some((name) => !['start', 'soc'].includes(name)) ? await generateEvents(path, rows) : 0
console.error(
  `${rows.toLocaleString('en')} rows, ${(size / 1e6).toFixed(0)} MB; ${cpus().length} cores, ${(totalmem() / 1e9).toFixed(0)} GB`,
)

const benches: Record<string, () => Promise<string>> = {
  import: () => importBench(path, Number(values.rounds)),
  drop: () => dropBench(path, Number(values.rounds)),
  explore: () => exploreBench(path),
  questions: () => questionsBench(path),
  alerts: () => alertsBench(path),
  correlation: () => correlationBench(path, rows),
  map: () => mapBench(path),
  start: () => startBench(Number(values.rounds)),
  soc: () => socBench(Number(values.requests)),
  send: () => sendBench(path),
  casefile: () => casefileBench(path),
}
for (const name of wanted) {
  const bench = benches[name]
  if (!bench) throw new Error(`No bench ${name}. There are ${Object.keys(benches).join(', ')}.`)
  const table = await bench()
  console.log(`\n## ${name}\n\n${table}`)
  if (values.write) put(name, `${table}\n\n${when()}`)
}

function when(): string {
  const date = new Date().toISOString().slice(0, 10)
  return `${date}, ${rows.toLocaleString('en')} rows, ${(size / 1e6).toFixed(0)} MB, ${cpus().length} cores, Node ${process.versions.node}: \`npm run bench -- ${wanted.join(' ')}\``
}

/** Replaces what stands between the marks of a bench in BENCHMARKS.md. */
function put(name: string, text: string): void {
  const file = join(root, 'BENCHMARKS.md')
  const marks = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(\n<!-- /${name} -->)`)
  const before = readFileSync(file, 'utf8')
  if (!marks.test(before)) throw new Error(`BENCHMARKS.md has no place for ${name}.`)
  writeFileSync(
    file,
    before.replace(marks, (_all, open: string, close: string) => `${open}${text}${close}`),
  )
}
