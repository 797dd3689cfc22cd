import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { programStart } from '../scripts/paths.mjs'
import { importInto, startProduct } from './product.ts'
import { median, settle, timeProgram, type Measured } from './measure.ts'

const script = (name: string): string => join(import.meta.dirname, name)
const huntbench = (...args: string[]): Promise<Measured> => {
  const program = programStart('cli.js', args)
  return timeProgram(program.command, program.args, '', program.env)
}

/** Imports the same file by every way in turn, round after round, and answers a table of ratios to `sqlite3 .import`. */
export async function importBench(path: string, rounds: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'huntbench-import-'))
  const fresh = (name: string): string => {
    const target = join(folder, name)
    rmSync(target, { force: true })
    rmSync(`${target}-wal`, { force: true })
    return target
  }
  const columns = await firstLine(path)
  const typed = columns
    .map((name) => `"${name}" ${/Id$|ID$|Port$|BytesSent/.test(name) && name !== 'LogonId' ? 'INTEGER' : 'TEXT'}`)
    .join(', ')
  const previews: number[] = []
  const ways: { name: string; run(): Promise<Measured> }[] = [
    {
      name: '`sqlite3 .import`, typed table, journal and sync off',
      run: () => {
        const input = `PRAGMA journal_mode = OFF;\nPRAGMA synchronous = OFF;\nCREATE TABLE events (${typed});\n.import --csv --skip 1 "${path}" events\n`
        return timeProgram('sqlite3', [fresh('cli.db')], input)
      },
    },
    {
      name: 'DuckDB `CREATE TABLE AS`, 2 threads',
      run: () => timeProgram(process.execPath, [script('duckdbOnce.ts'), path, fresh('duck.db')]),
    },
    {
      name: 'naive: one JSON text a row, PapaParse',
      run: () => timeProgram(process.execPath, [script('naiveOnce.ts'), path, fresh('naive.db')]),
    },
    {
      name: '**Huntbench, the whole import**, of the running program, after the preview',
      run: async () => {
        const product = await startProduct()
        try {
          await settle()
          // As in the window: a file that is dropped is previewed, looked at, and imported when the analyst says so.
          const ticket = await product.app.files.offer(path)
          const dropped = performance.now()
          await product.client.call('datasets.preview', { ticket })
          previews.push((performance.now() - dropped) / 1000)
          await settle()
          const started = performance.now()
          await importInto(product, path)
          return { seconds: (performance.now() - started) / 1000, peakMb: null }
        } finally {
          await product.close()
        }
      },
    },
    {
      name: '**Huntbench, the whole import**, as one command with start and end of the program',
      run: async () => {
        // The built program, as a person runs it; its workspace is set up beforehand so that only the import is measured.
        const workspace = join(folder, 'workspace')
        rmSync(workspace, { recursive: true, force: true })
        await huntbench('call', 'settings.update', '{"analyzeOnImport":false}', '--workspace', workspace)
        return huntbench('import', path, '--hunt', 'bench', '--json', '--workspace', workspace)
      },
    },
  ]
  if (spawnSync('sqlite3', ['--version']).error) throw new Error('This measurement needs the sqlite3 program on PATH.')
  const taken = new Map<string, Measured[]>(ways.map((way) => [way.name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const way of ways) {
      taken.get(way.name)?.push(await way.run())
      await settle()
    }
  }
  rmSync(folder, { recursive: true, force: true })
  const base = median((taken.get(ways[0]?.name ?? '') ?? []).map((one) => one.seconds))
  const lines = [...taken].map(([name, all]) => {
    const seconds = median(all.map((one) => one.seconds))
    const peak = Math.max(...all.map((one) => one.peakMb ?? 0))
    return `| ${name} | ${seconds.toFixed(2)} | ${(seconds / base).toFixed(2)} | ${peak || '-'} |`
  })
  lines.push(
    `| its preview: the first 200 rows as they will be, from the drop on | ${median(previews).toFixed(2)} | ${(median(previews) / base).toFixed(2)} | - |`,
  )
  return ['| way | s (median) | ratio | peak MB |', '|---|---|---|---|', ...lines].join('\n')
}

async function firstLine(path: string): Promise<string[]> {
  const file = await open(path)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(65_536), 0, 65_536, 0)
  await file.close()
  return buffer.subarray(0, bytesRead).toString().split('\n')[0]?.split(',') ?? []
}
