import { rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { severities } from '#contract/values'
import type { Store } from '../worker/pool.ts'
import { fitTogether } from './shared.ts'

/** Below so many rows a second thread takes longer to begin than it saves. */
const WORTH_ROWS = 100_000
/** They look at the same texts of commands, which are worked out once; the others take about as long together. */
const OF_COMMANDS: ReadonlySet<string> = new Set(['suspicious_commands', 'persistence'])

type AnalyzeResult = Awaited<ReturnType<ReturnType<Store['task']>['evidence']['analyze']>>
export type SharedResult = Omit<AnalyzeResult, 'file' | 'kept'> & { files: string[] }
/** Runs some analyzers over every row of the dataset in a thread of their own; `rows` hears how many rows they have seen. */
export type RunShare = (names: string[], rows: (done: number) => void) => Promise<AnalyzeResult>

/** Which analyzers run in one thread each, over a dataset of so many rows. */
export function sharesOf(names: readonly string[], rows: number, processors = availableParallelism()): string[][] {
  if (rows < WORTH_ROWS || processors < 2) return [[...names]]
  const shares = [true, false].map((commands) => names.filter((name) => OF_COMMANDS.has(name) === commands))
  return shares.filter((share) => share.length > 0)
}

/**
 * Runs analyzers over a dataset in as many threads as there are shares, with the result of one: the same findings, counts and
 * reasons. Analyzers know nothing of one another, but what they keep comes out of one room; where that may have ended for one of
 * them, all run once more in one thread. `rows` hears how many rows all of them have seen. Fails as `run`; no file is left then.
 */
export async function analyzeInShares(
  shares: readonly string[][],
  run: RunShare,
  rows: (done: number) => void,
): Promise<SharedResult> {
  const done = shares.map(() => 0)
  const settled = await Promise.allSettled(
    shares.map((names, share) =>
      run(names, (seen) => {
        done[share] = seen
        rows(Math.min(...done))
      }),
    ),
  )
  const results = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const failed = settled.find((one) => one.status === 'rejected')
  if (failed === undefined && (results.length === 1 || fitTogether(results.map(({ kept }) => kept))))
    return together(results, shares.flat())
  const files = results.flatMap(({ file }) => file ?? [])
  await Promise.all(files.map((file) => rm(file, { force: true })))
  if (failed !== undefined) throw failed.reason
  return analyzeInShares([shares.flat()], run, rows)
}

function together(results: readonly AnalyzeResult[], names: readonly string[]): SharedResult {
  const all: SharedResult = { files: [], found: 0, bySeverity: {}, byAnalyzer: {}, rowsAnalyzed: 0, skipped: [] }
  for (const { file, found, bySeverity, byAnalyzer, rowsAnalyzed, skipped } of results) {
    if (file !== null) all.files.push(file)
    all.found += found
    all.rowsAnalyzed = rowsAnalyzed
    all.skipped.push(...skipped)
    for (const severity of severities)
      all.bySeverity[severity] = (all.bySeverity[severity] ?? 0) + (bySeverity[severity] ?? 0)
    Object.assign(all.byAnalyzer, byAnalyzer)
  }
  all.skipped.sort((a, b) => names.indexOf(a.analyzer) - names.indexOf(b.analyzer))
  return all
}
