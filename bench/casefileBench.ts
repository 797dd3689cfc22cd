import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { programStart } from '../scripts/paths.mjs'
import { settle, timeProgram, type Ran } from './measure.ts'

const PASSPHRASE = 'correct horse battery staple'

/**
 * Writes, looks into, verifies and reads a case file with all rows and the source of a file, not encrypted and encrypted, one
 * command of the built program a step: seconds, those of its threads, and peak memory of the whole program. Needs about four
 * times the size of the file on the disk.
 */
export async function casefileBench(path: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'huntbench-casefile-'))
  const [anna, ben] = [join(folder, 'anna'), join(folder, 'ben')]
  try {
    await step(anna, 'settings.update', { analyzeOnImport: false })
    const hunt = await step(anna, 'hunts.create', { name: 'bench' })
    const huntId = told(hunt, 'id')
    const files = [{ ticket: `@${path}` }]
    const lines = [
      '| step | s | CPU s | peak MB |',
      '|---|---|---|---|',
      line('import of the CSV file, to compare', await step(anna, 'datasets.import', { huntId, files })),
    ]
    for (const lock of [{}, { passphrase: PASSPHRASE }]) {
      const how = 'passphrase' in lock ? 'encrypted for a passphrase' : 'not encrypted'
      const all = { huntIds: [huntId], rows: 'all', sources: true, to: 'folder', ...lock }
      const written = await step(anna, 'caseFiles.export', all)
      const file = told(written, 'path')
      const ticket = { ticket: `@${file}`, ...lock }
      lines.push(line(`**written**, ${how}: ${(statSync(file).size / 1e6).toFixed(0)} MB`, written))
      lines.push(line('looked into', await step(ben, 'caseFiles.inspect', ticket)))
      lines.push(line('every hash checked', await step(ben, 'caseFiles.verify', ticket)))
      lines.push(line('**read** into an empty workspace', await step(ben, 'caseFiles.import', ticket)))
      lines.push(line('read a second time', await step(ben, 'caseFiles.import', ticket)))
      rmSync(ben, { recursive: true, force: true })
      rmSync(file)
    }
    return lines.join('\n')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const line = (what: string, { seconds, cpu, peakMb }: Ran): string =>
  `| ${what} | ${seconds.toFixed(1)} | ${cpu?.toFixed(1) ?? '-'} | ${peakMb ?? '-'} |`

async function step(workspace: string, call: string, input: object): Promise<Ran> {
  await settle()
  const program = programStart('cli.js', ['call', call, JSON.stringify(input), '--workspace', workspace])
  const ran = await timeProgram(program.command, program.args, '', program.env)
  console.error(`${call}: ${ran.seconds.toFixed(1)} s, CPU ${ran.cpu ?? '-'} s, ${ran.peakMb ?? '-'} MB`)
  return ran
}

/** A text of what was printed. */
function told({ printed }: Ran, name: string): string {
  const text = new RegExp(`"${name}":\\s*"([^"]*)"`).exec(printed)?.[1]
  if (text === undefined) throw new Error(`There is no ${name} in ${printed.slice(0, 500)}`)
  return text
}
