import { EVIDENCE_VALUE_MAX, type FindingEvidence, type FindingPart } from '../analyzers/analyzer.ts'
import type { AnalyzerFinding } from '../analyzers/analyzer.ts'
import type { ConditionRule } from '#contract/rules'
import type { Severity } from '#contract/values'
import { alertGroups, type AlertGroup, type PlacedRow } from './alertGroups.ts'
import { isCellCondition } from './conditionTest.ts'
import { fieldSource, type FieldSource } from './fieldSource.ts'
import { messageText } from './messageText.ts'
import { countersOf, sourceTexts } from './ruleMatcher.ts'
import { rowsOfRule, type RulePart, type RuleSource } from './ruleRows.ts'
import { placeOf, subjectOf } from './sameAlert.ts'

/** The name under which alerts of condition rules stand beside those of analyzers. */
export const CONDITION_RULE = 'condition_rule'
/** A rule makes so many alerts in one dataset; one that would make more is too wide to be read by anybody. */
export const ALERTS_MAX = 50_000

const MINUTE_US = 60_000_000
const TITLE_MAX = 200
const SCORES: Record<Severity, number> = { critical: 90, high: 75, medium: 50, low: 30, info: 10 }

type IdentifiedRule = ConditionRule & { id: string }

/**
 * What a rule finds in datasets that are asked together, one alert after another, evidence to be read before the next is asked
 * for. `tell` hears what must be known about the run. No matcher may have a missing field.
 */
export function* ruleFindings(
  rule: IdentifiedRule,
  parts: readonly RulePart[],
  tell: (note: string) => void,
): Generator<AnalyzerFinding> {
  const counters = countersOf(parts[0]?.matcher.steps ?? [])
  const groups = alertGroups(rule.dedupeMinutes * MINUTE_US)
  const told = toldBy(rule, parts)
  let made = 0
  for (const arrival of rowsOfRule(parts, counters)) {
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

function toldBy(rule: IdentifiedRule, parts: readonly RulePart[]): (group: AlertGroup) => AnalyzerFinding {
  const cited = parts.map((part) => citedField(rule, part))
  return (group) => {
    const home = parts[group.first.source]?.source
    const rows = group.rows.toSorted((a, b) => a.source - b.source || a.row - b.row)
    return {
      analyzer: CONDITION_RULE,
      rule: { id: rule.id, name: rule.name },
      datasetId: home?.datasetId,
      parts: partsOf(group, parts),
      again: group.again.map(({ source, row }) => placeOf(parts[source]?.source.datasetId ?? '', row)),
      subject: subjectOf(rule.id, group.first.row, group.actor),
      title: cut(group.actor === '' ? rule.name : `${rule.name}: ${group.actor}`, TITLE_MAX),
      description: home ? description(rule, group, group.first.row, home) : '',
      severity: rule.severity,
      score: SCORES[rule.severity],
      evidence: evidenceOf(rows, cited, parts),
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

/** What each dataset gives to an alert that stands on several; undefined where it is one. */
function partsOf(group: AlertGroup, parts: readonly RulePart[]): FindingPart[] | undefined {
  if (group.parts.size < 2) return undefined
  return [...group.parts].flatMap(([source, part]) => {
    const datasetId = parts[source]?.source.datasetId
    return datasetId === undefined ? [] : [{ datasetId, ...part }]
  })
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
function citedField(rule: ConditionRule, { source, matcher }: RulePart): FieldSource | null {
  for (const condition of rule.conditions) {
    const cites = isCellCondition(condition) && condition.op !== 'neq'
    const found = cites ? fieldSource(condition.field, source.layout) : null
    if (found) return found
  }
  return matcher.actor
}

function* evidenceOf(
  rows: readonly PlacedRow[],
  cited: readonly (FieldSource | null)[],
  parts: readonly RulePart[],
): Generator<FindingEvidence> {
  for (const { source: place, row } of rows) {
    const source = parts[place]?.source
    if (!source) continue
    const field = cited[place] ?? null
    const cell = field && source.at(row, field.columns)
    const column = field?.columns.find((one) => cell?.(one) !== '') ?? field?.columns[0]
    const value = field && cell ? (sourceTexts(field, cell)[0] ?? '') : ''
    yield { datasetId: source.datasetId, row, field: column?.name ?? '_row', value: cut(value, EVIDENCE_VALUE_MAX) }
  }
}

const cut = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length - 1)}…`)
