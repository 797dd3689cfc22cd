import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runTerminal } from './headless.ts'

const NAME = 'HUNTBENCH_SAMPLED'

/** A workspace with the sample hunt and its alerts, made once before all flows; they work on copies of it. */
export const sampledWorkspace = (): string => process.env[NAME] ?? ''

export default async function makeSampled(): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'huntbench-sample-'))
  const { code, out } = await runTerminal(folder, 'call', 'hunts.openSample')
  if (code !== 0) throw new Error(`The sample hunt could not be made: ${out}`)
  process.env[NAME] = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
