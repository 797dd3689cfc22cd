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
import { rowsBefore, type RulePart } from '../conditions/ruleRows.ts'
import { placeOf } from '../conditions/sameAlert.ts'
import type { DatasetHandle } from '../sqlite/datasetFiles.ts'
import { isoOfUsOrNull } from '../sqlite/conditions.ts'
import { writeFindings } from '../sqlite/findingsFile.ts'
import { rowSource } from './analyzeDataset.ts'
import type { TaskContext } from './contexts.ts'
import { ruleSource } from './ruleSource.ts'

export type RuleToRun = RuleDraft & { id: string }

/** Alerts of one rule in one dataset that a trial looks at. */
const TRIAL_MAX = 50_000

/** The datasets that are asked together; `target` is the one whose turn it is. */
export type RuleDatasets = {
  target: string
  together: readonly string[]
  /** Whether no rule ever ran over the target: where it has no row for a rule, the others tell nothing new. */
  fresh: boolean
}

export type RunRulesResult = {
  /** The file with the findings, for rules.keepFound, which removes it; null where nothing was found. */
  file: string | null
  /** The rules that could run, and over which datasets: of these, alerts that were not found again are stale. */
  ran: { ruleId: string; datasetIds: string[] }[]
  skipped: { ruleId: string; datasetId: string; reason: string }[]
  /** Findings of each rule in each dataset that it could be asked of; what a rule is about may not be in it at all. */
  byRule: Record<string, Record<string, number>>
}

/** Runs rules over datasets, one after another. AppError 'cancelled', 'dataset-damaged', 'disk-full'. */
export function runRules(context: TaskContext, datasets: RuleDatasets, rules: readonly RuleToRun[]): RunRulesResult {
  return overDatasets(context, datasets, (find) => {
    // Named as what a crash leaves behind is (workspace/workspaceFolders.ts).
    const file = join(context.folder, `.${datasets.target}.${randomUUID()}.db`)
    const result: RunRulesResult = { file: null, ran: [], skipped: [], byRule: {} }
    let [found, written] = [0, false]
    function* all(): Generator<AnalyzerFinding> {
      for (const [n, rule] of rules.entries()) {
        context.progress({ rules: n })
        const blind = new Set<string>()
        const note: Note = (reason, { datasetId = datasets.target, nothingToAsk = false } = {}) => {
          if (nothingToAsk) blind.add(datasetId)
          result.skipped.push({ ruleId: rule.id, datasetId, reason })
        }
        const counts: Record<string, number> = {}
        const asked = yield* attempted(counted(find(rule, note), counts, datasets.target), note)
        if (asked === null) continue
        result.ran.push({ ruleId: rule.id, datasetIds: [...asked] })
        const seeing = asked.filter((id) => !blind.has(id))
        result.byRule[rule.id] = Object.fromEntries(seeing.map((id) => [id, counts[id] ?? 0]))
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

/** Hands findings on and counts in which datasets they lie. */
function* counted<Answer>(
  findings: Generator<AnalyzerFinding, Answer>,
  counts: Record<string, number>,
  target: string,
): Generator<AnalyzerFinding, Answer> {
  for (;;) {
    const next = findings.next()
    if (next.done === true) return next.value
    const { parts, datasetId = target } = next.value
    for (const id of parts?.map((part) => part.datasetId) ?? [datasetId]) counts[id] = (counts[id] ?? 0) + 1
    yield next.value
  }
}

/** Hands findings on; what a rule cannot be asked in these datasets is noted. Null where it did not run to its end. */
function* attempted(
  findings: Generator<AnalyzerFinding, readonly string[]>,
  note: (reason: string) => void,
): Generator<AnalyzerFinding, readonly string[] | null> {
  try {
    return yield* findings
  } catch (error) {
    if (!(error instanceof AppError) || (error.code !== 'invalid-input' && error.code !== 'too-large')) throw error
    note(error.message)
    return null
  }
}

export type TrialFinding = {
  analyzer: string
  datasetId: string
  subject: string
  title: string
  severity: Severity
  rows: number
  firstRow: number
  firstTime: string | null
  /** Datasets with rows of it. */
  datasetIds: string[]
  /** Alerts of before that began with one of its rows (conditions/sameAlert.ts), as they were handed over. */
  begun: string[]
}
export type TrialResult = { findings: TrialFinding[]; skipped: { datasetId: string; reason: string }[] }

/**
 * What one rule would find in datasets that are asked together; nothing is written. `begins`: where alerts of the rule begin
 * now. AppError as runRules.
 */
export function tryRule(
  context: TaskContext,
  datasets: Omit<RuleDatasets, 'fresh'>,
  rule: RuleToRun,
  begins: readonly string[],
): TrialResult {
  const { target } = datasets
  const known = new Set(begins)
  return overDatasets(context, { ...datasets, fresh: false }, (find) => {
    const skipped: TrialResult['skipped'] = []
    const findings: TrialFinding[] = []
    const note: Note = (reason, { datasetId = target } = {}) => void skipped.push({ datasetId, reason })
    for (const finding of find(rule, note)) {
      stopIfCancelled(context)
      if (findings.length === TRIAL_MAX) {
        note(`Only the first ${TRIAL_MAX} alerts of this dataset are counted.`)
        break
      }
      findings.push(triedOut(finding, target, known))
    }
    return { findings, skipped }
  })
}

function triedOut(finding: AnalyzerFinding, target: string, begins: ReadonlySet<string>): TrialFinding {
  const { analyzer, datasetId = target, subject, title, severity, evidenceTotal, firstTime, parts } = finding
  const again = new Set(finding.again)
  const begun: string[] = []
  let firstRow = 0
  for (const { datasetId: from, row } of finding.evidence) {
    firstRow ||= row
    if (begins.size === 0) break
    const place = placeOf(from, row)
    if (begins.has(place) && !again.has(place)) begun.push(place)
  }
  return {
    ...{ analyzer, datasetId, subject, title, severity, firstRow, begun },
    rows: evidenceTotal,
    firstTime: isoOfUsOrNull(firstTime),
    datasetIds: parts?.map((part) => part.datasetId) ?? [datasetId],
  }
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
      const { findings } = tryRule(context, { target: datasetId, together: [datasetId] }, { ...rule, id: '' }, [])
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
type Note = (reason: string, about?: { datasetId?: string; nothingToAsk?: boolean }) => void
/** Answers the datasets that it was asked of. */
type Find = (rule: RuleToRun, note: Note) => Generator<AnalyzerFinding, readonly string[]>

/** Opens datasets, hands out what finds, and closes them: a file may be replaced or deleted before this thread is asked again. */
function overDatasets<T>(context: TaskContext, datasets: RuleDatasets, run: (find: Find) => T): T {
  const { target, together } = datasets
  try {
    const handle = context.datasets.open(target)
    // A read transaction begins with it, so that it is made once and last.
    let analyzed: ReturnType<typeof rowSource> | undefined
    return run(function* (rule, note) {
      if (rule.kind === 'condition') return yield* findingsOfConditions(context, datasets, rule, note)
      const selected = parseAnalyzerConfig(rule.analyzer, rule.config)
      analyzed ??= rowSource(handle, context)
      const { findings, skipped } = runAnalyzers(analyzed, [selected], fieldsOf(handle))
      for (const { reason } of skipped) note(reason, { nothingToAsk: true })
      const named = { id: rule.id, name: rule.name }
      for (const finding of findings) yield { ...finding, severity: rule.severity ?? finding.severity, rule: named }
      return [target]
    })
  } finally {
    for (const id of new Set([target, ...together])) context.datasets.close(id)
  }
}

function* findingsOfConditions(
  context: TaskContext,
  { target, together, fresh }: RuleDatasets,
  rule: RuleToRun & { kind: 'condition' },
  note: Note,
): Generator<AnalyzerFinding, readonly string[]> {
  const parts = together.flatMap((datasetId) => {
    const handle = context.datasets.open(datasetId)
    const source = ruleSource(handle)
    const matcher = ruleMatcher(rule, source.layout, source.watch)
    if (matcher.missing.length > 0) note(unmapped(matcher.missing), { datasetId, nothingToAsk: true })
    else if (matcher.needsTime && handle.timeColumn === null)
      note('The rows of this dataset have no time.', { datasetId, nothingToAsk: true })
    else return [{ source, matcher }]
    return []
  })
  if (fresh && together.length > 1) {
    const own = parts.find(({ source }) => source.datasetId === target)
    if (!own || hasNone(own)) return [target]
  }
  yield* ruleFindings(rule, parts, note)
  return together
}

/** Whether no row meets what is not a count. */
function hasNone({ matcher: { steps, needsTime }, source }: RulePart): boolean {
  for (const _row of rowsBefore(steps, needsTime, source)) return false
  return true
}

const fieldsOf = (handle: DatasetHandle): Set<CanonicalField> =>
  new Set(handle.columns.flatMap((column) => column.fields))

function stopIfCancelled(context: TaskContext): void {
  if (context.cancelled()) throw new AppError('cancelled', 'Cancelled.')
}
