import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '#contract/appError'
import type { RuleDraft, RuleExplanation } from '#contract/rules'
import type { CanonicalField, Severity } from '#contract/values'
import { parseAnalyzerConfig } from '../analyzers/analyzerConfig.ts'
import type { AnalyzerFinding } from '../analyzers/analyzer.ts'
import { runAnalyzers } from '../analyzers/runAnalyzers.ts'
import { explainRule } from '../conditions/explainRule.ts'
import { ruleFindings } from '../conditions/ruleFindings.ts'
import { ruleMatcher, unmapped } from '../conditions/ruleMatcher.ts'
import type { DatasetHandle } from '../sqlite/datasetFiles.ts'
import { isoOfUsOrNull } from '../sqlite/conditions.ts'
import { writeFindings } from '../sqlite/findingsFile.ts'
import { rowSource } from './analyzeDataset.ts'
import type { TaskContext } from './contexts.ts'
import { ruleSource } from './ruleSource.ts'

export type RuleToRun = RuleDraft & { id: string }

/** Alerts of one rule in one dataset that a trial looks at. */
const TRIAL_MAX = 50_000

export type RunRulesResult = {
  /** The file with the findings, for rules.keepFound, which removes it; null where nothing was found. */
  file: string | null
  /** The rules that could run: of these, alerts that were not found again are stale. */
  ran: string[]
  skipped: { ruleId: string; reason: string }[]
  /** Findings of each rule that could be asked here; what a rule is about may not be in the dataset at all. */
  byRule: Record<string, number>
}

/** Runs rules over one dataset, one after another. AppError 'cancelled', 'dataset-damaged', 'disk-full'. */
export function runRules(context: TaskContext, datasetId: string, rules: readonly RuleToRun[]): RunRulesResult {
  return overDataset(context, datasetId, (find) => {
    // Named as what a crash leaves behind is (workspace/workspaceFolders.ts).
    const file = join(context.folder, `.${datasetId}.${randomUUID()}.db`)
    const result: RunRulesResult = { file: null, ran: [], skipped: [], byRule: {} }
    let [found, written] = [0, false]
    function* all(): Generator<AnalyzerFinding> {
      for (const [n, rule] of rules.entries()) {
        context.progress({ rules: n })
        let blind = false
        const note: Note = (reason, nothingToAsk = false) => {
          blind ||= nothingToAsk
          result.skipped.push({ ruleId: rule.id, reason })
        }
        const before = found
        if (!(yield* attempted(find(rule, note), note))) continue
        result.ran.push(rule.id)
        if (!blind) result.byRule[rule.id] = found - before
      }
    }
    try {
      writeFindings(file, all(), () => {
        found += 1
        stopIfCancelled(context)
      })
      written = found > 0
    } finally {
      if (!written) rmSync(file, { force: true })
    }
    return { ...result, file: written ? file : null }
  })
}

/** Hands findings on; what a rule cannot be asked in this dataset is noted. Whether it ran to its end. */
function* attempted(
  findings: Generator<AnalyzerFinding, boolean>,
  note: (reason: string) => void,
): Generator<AnalyzerFinding, boolean> {
  try {
    return yield* findings
  } catch (error) {
    if (!(error instanceof AppError) || (error.code !== 'invalid-input' && error.code !== 'too-large')) throw error
    note(error.message)
    return false
  }
}

export type TrialFinding = {
  analyzer: string
  subject: string
  title: string
  severity: Severity
  rows: number
  firstRow: number
  firstTime: string | null
}
export type TrialResult = { findings: TrialFinding[]; skipped: string[] }

/** What one rule would find in a dataset; nothing is written. AppError as runRules. */
export function tryRule(context: TaskContext, datasetId: string, rule: RuleToRun): TrialResult {
  return overDataset(context, datasetId, (find) => {
    const skipped: string[] = []
    const findings: TrialFinding[] = []
    for (const finding of find(rule, (reason) => skipped.push(reason))) {
      stopIfCancelled(context)
      if (findings.length === TRIAL_MAX) {
        skipped.push(`Only the first ${TRIAL_MAX} alerts of this dataset are counted.`)
        break
      }
      const { analyzer, subject, title, severity, evidenceTotal, firstTime } = finding
      let firstRow = 0
      for (const { row } of finding.evidence) {
        firstRow = row
        break
      }
      findings.push({
        ...{ analyzer, subject, title, severity, firstRow },
        rows: evidenceTotal,
        firstTime: isoOfUsOrNull(firstTime),
      })
    }
    return { findings, skipped }
  })
}

/** Why a rule did not fire in a dataset. AppError as runRules. */
export function explain(
  context: TaskContext,
  datasetId: string,
  rule: RuleDraft,
): Omit<RuleExplanation, 'datasetId' | 'dataset' | 'rows'> {
  try {
    const handle = context.datasets.open(datasetId)
    if (rule.kind === 'condition') return explainRule(rule, ruleSource(handle), handle.timeColumn !== null)
    const { analyzer } = parseAnalyzerConfig(rule.analyzer, rule.config)
    const fed = fieldsOf(handle)
    if (analyzer.needs.some((field) => fed.has(field))) {
      const { findings } = tryRule(context, datasetId, { ...rule, id: '' })
      const none = findings.length === 0
      return {
        outcome: none ? 'never-true' : 'fires',
        reason: none ? 'The analyzer ran over every row and found nothing.' : `It makes ${findings.length} alerts.`,
        missing: [],
        steps: [],
      }
    }
    const reason = `No column feeds any of ${analyzer.needs.join(', ')}.`
    return { outcome: 'field-unmapped', reason, missing: [...analyzer.needs], steps: [] }
  } finally {
    context.datasets.close(datasetId)
  }
}

/** Hears why a rule could not be asked, or what it left out; `nothingToAsk`: the dataset has nothing that it is about. */
type Note = (reason: string, nothingToAsk?: boolean) => void
type Find = (rule: RuleToRun, note: Note) => Generator<AnalyzerFinding, boolean>

/** Opens a dataset, hands out what finds, and closes it: the file may be replaced or deleted before this thread is asked again. */
function overDataset<T>(context: TaskContext, datasetId: string, run: (find: Find) => T): T {
  try {
    const handle = context.datasets.open(datasetId)
    const conditions = ruleSource(handle)
    // A read transaction begins with it, so that it is made once and last.
    let analyzed: ReturnType<typeof rowSource> | undefined
    return run(function* (rule, note) {
      if (rule.kind === 'condition') {
        const { missing, needsTime } = ruleMatcher(rule, conditions.layout)
        if (missing.length > 0) note(unmapped(missing), true)
        else if (needsTime && handle.timeColumn === null) note('The rows of this dataset have no time.', true)
        else yield* ruleFindings(rule, conditions, note)
        return true
      }
      const selected = parseAnalyzerConfig(rule.analyzer, rule.config)
      analyzed ??= rowSource(handle, context)
      const { findings, skipped } = runAnalyzers(analyzed, [selected], fieldsOf(handle))
      for (const { reason } of skipped) note(reason, true)
      const named = { id: rule.id, name: rule.name }
      for (const finding of findings) yield { ...finding, severity: rule.severity ?? finding.severity, rule: named }
      return true
    })
  } finally {
    context.datasets.close(datasetId)
  }
}

const fieldsOf = (handle: DatasetHandle): Set<CanonicalField> =>
  new Set(handle.columns.flatMap((column) => column.fields))

function stopIfCancelled(context: TaskContext): void {
  if (context.cancelled()) throw new AppError('cancelled', 'Cancelled.')
}
