import { EVIDENCE_VALUE_MAX, type FindingEvidence } from '../analyzers/analyzer.ts'
import type { AnalyzerFinding } from '../analyzers/analyzer.ts'
import type { ConditionRule } from '#contract/rules'
import type { Severity } from '#contract/values'
import { alertGroups, type AlertGroup } from './alertGroups.ts'
import { isCellCondition } from './conditionTest.ts'
import { fieldSource, type FieldSource } from './fieldSource.ts'
import { messageText } from './messageText.ts'
import { countersOf, ruleMatcher, sourceTexts, type RuleMatcher } from './ruleMatcher.ts'
import { rowsOfRule, type RuleSource } from './ruleRows.ts'

/** The name under which alerts of condition rules stand beside those of analyzers. */
export const CONDITION_RULE = 'condition_rule'
/** A rule makes so many alerts in one dataset; one that would make more is too wide to be read by anybody. */
export const ALERTS_MAX = 50_000

const MINUTE_US = 60_000_000
const TITLE_MAX = 200
const SCORES: Record<Severity, number> = { critical: 90, high: 75, medium: 50, low: 30, info: 10 }

/**
 * What a rule finds in a dataset, one alert after another, evidence to be read before the next is asked for. `tell` hears
 * what must be known about the run. The matcher must have no missing field.
 */
export function* ruleFindings(
  rule: ConditionRule & { id: string },
  source: RuleSource,
  tell: (note: string) => void,
): Generator<AnalyzerFinding> {
  const { layout } = source
  const matcher = ruleMatcher(rule, layout, source.watch)
  const counters = countersOf(matcher.steps)
  const groups = alertGroups(rule.dedupeMinutes * MINUTE_US)
  const told = toldBy(rule, source, matcher)
  let made = 0
  for (const arrival of rowsOfRule(matcher, counters, source, {
    host: fieldSource('hostname', layout),
    user: fieldSource('username', layout),
  })) {
    for (const group of groups.add(arrival)) {
      if (++made > ALERTS_MAX) return tell(tooMany)
      yield told(group)
    }
  }
  for (const group of groups.rest()) {
    if (++made > ALERTS_MAX) return tell(tooMany)
    yield told(group)
  }
  if (counters.some(({ counts }) => counts.limited()))
    tell('More actors were active at once than can be counted; those that were quiet longest were left out.')
}

const tooMany = `The rule makes more than ${ALERTS_MAX} alerts in this dataset; the later ones are left out.`

function toldBy(
  rule: ConditionRule & { id: string },
  source: RuleSource,
  matcher: RuleMatcher,
): (group: AlertGroup) => AnalyzerFinding {
  const cited = citedField(rule, source, matcher)
  return (group) => {
    const rows = group.rows.toSorted((a, b) => a - b)
    return {
      analyzer: CONDITION_RULE,
      rule: { id: rule.id, name: rule.name },
      subject: `${rule.id} ${group.first} ${group.actor}`,
      title: cut(group.actor === '' ? rule.name : `${rule.name}: ${group.actor}`, TITLE_MAX),
      description: description(rule, group, group.first, source),
      severity: rule.severity,
      score: SCORES[rule.severity],
      evidence: evidenceOf(rows, cited, source),
      evidenceTotal: group.total,
      mitreTechnique: rule.mitreTechnique,
      tags: rule.tags,
      falsePositives: rule.falsePositives,
      host: group.host === '' ? null : group.host,
      user: group.user === '' ? null : group.user,
      firstTime: group.firstTime,
      lastTime: group.lastTime,
    }
  }
}

function description(rule: ConditionRule, group: AlertGroup, row: number, source: RuleSource): string {
  const valueOf = (field: string): string => {
    if (field === 'actor') return group.actor
    if (field === 'count') return String(group.total)
    if (field === 'rule') return rule.name
    const found = fieldSource(field, source.layout)
    return found === null ? '' : (sourceTexts(found, source.at(row, found.columns))[0] ?? '')
  }
  const text = messageText(rule.message, valueOf)
  const rows = group.total === 1 ? '1 row' : `${group.total} rows`
  return text.trim() === '' ? `${rows} match the rule ${rule.name}.` : text
}

/** What evidence shows: the field of the first condition that looks at a cell, or else the actor's. */
function citedField(rule: ConditionRule, { layout }: RuleSource, { actor }: RuleMatcher): FieldSource | null {
  for (const condition of rule.conditions) {
    const found = isCellCondition(condition) && condition.op !== 'neq' ? fieldSource(condition.field, layout) : null
    if (found) return found
  }
  return actor
}

function* evidenceOf(
  rows: readonly number[],
  cited: FieldSource | null,
  source: RuleSource,
): Generator<FindingEvidence> {
  for (const row of rows) {
    const cell = cited && source.at(row, cited.columns)
    const column = cited?.columns.find((one) => cell?.(one) !== '') ?? cited?.columns[0]
    const value = cited && cell ? (sourceTexts(cited, cell)[0] ?? '') : ''
    yield { datasetId: source.datasetId, row, field: column?.name ?? '_row', value: cut(value, EVIDENCE_VALUE_MAX) }
  }
}

const cut = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length - 1)}…`)
