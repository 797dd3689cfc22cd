import { createHash } from 'node:crypto'
import { AppError } from '#contract/appError'
import type { Alert } from '#contract/alerts'
import type { Output } from '#contract/contract'
import type { Rule, RuleCondition } from '#contract/rules'
import type { CallContext } from '../rpc/handlers.ts'
import type { Store } from '../worker/pool.ts'

export type ProvenanceDeps = {
  store: Store
  version: string
  /** Where the bytes of a row are, with their proof. */
  bytesOf(datasetId: string, row: number, context: CallContext): Promise<Output<'datasets.bytes'>>
}

/** Where an alert comes from: what found it, which row it stands on, where its bytes are and of which file. */
export async function provenanceOf(
  deps: ProvenanceDeps,
  alert: Alert,
  asked: { datasetId: string; row: number } | null,
  context: CallContext,
): Promise<Output<'alerts.provenance'>> {
  const { store } = deps
  const evidence = asked
    ? ((await store.read().alerts.evidenceAt(alert.id, asked.datasetId, asked.row)) ?? null)
    : (alert.evidence[0] ?? null)
  if (asked && evidence === null)
    throw new AppError('not-found', `Row ${asked.row} is no evidence of this alert.`, { row: asked.row })
  const dataset = evidence ? await store.read().datasets.get(evidence.datasetId) : null
  const newest = dataset ? await store.read().readings.newestChange(dataset.id) : null
  const bytes = evidence && dataset?.state === 'ready' ? await deps.bytesOf(dataset.id, evidence.row, context) : null
  const [row] = evidence ? await store.read().caseFiles.sourceRows([evidence]) : []
  return {
    detectedBy: await detector(deps, alert),
    evidence,
    source: dataset && {
      datasetId: dataset.id,
      dataset: dataset.name,
      file: dataset.file,
      sha256: dataset.sha256,
      size: dataset.size,
      importedAt: dataset.importedAt,
      readAnew: newest !== null,
      row: row ?? null,
    },
    bytes: bytes && { offset: bytes.offset, length: bytes.length, proof: bytes.proof, text: bytes.text },
  }
}

async function detector(
  { store, version }: ProvenanceDeps,
  alert: Alert,
): Promise<Output<'alerts.provenance'>['detectedBy']> {
  const ofAnalyzer = {
    kind: 'analyzer' as const,
    ruleId: null,
    query: null,
    version: `Huntbench ${version}`,
    changedAt: null,
  }
  if (alert.rule === null) return { ...ofAnalyzer, name: alert.analyzer, changedSince: null }
  const rule = await store.read().rules.get(alert.rule.id)
  if (!rule)
    return {
      kind: 'rule',
      name: alert.rule.name,
      ruleId: null,
      query: null,
      version: null,
      changedAt: null,
      changedSince: null,
    }
  return {
    kind: 'rule',
    name: rule.name,
    ruleId: rule.id,
    query: queryText(rule),
    version: createHash('sha256')
      .update(JSON.stringify(definitionOf(rule)))
      .digest('hex'),
    changedAt: rule.updatedAt,
    changedSince: rule.updatedAt > alert.createdAt,
  }
}

/** What a rule says, without what happens to it. */
function definitionOf(rule: Rule): unknown {
  const {
    id: _id,
    alerts: _alerts,
    lastRunAt: _ran,
    createdAt: _made,
    updatedAt: _changed,
    template: _template,
    enabled: _on,
    ...says
  } = rule
  return says
}

/** The conditions of a rule as an analyst would say them; the settings of an analyzer as JSON. */
function queryText(rule: Rule): string {
  if (rule.kind === 'analyzer') return `${rule.analyzer} ${JSON.stringify(rule.config)}`
  return rule.conditions.map(conditionText).join(' AND ')
}

function conditionText(condition: RuleCondition): string {
  switch (condition.op) {
    case 'in':
      return `${condition.field} in (${condition.values.map((value) => JSON.stringify(value)).join(', ')})`
    case 'exists':
      return `${condition.field} exists`
    case 'after_hours':
      return `outside ${condition.from}-${condition.to} ${condition.zone} on ${condition.days.join(', ')}`
    case 'threshold_count':
      return `at least ${condition.count} within ${condition.minutes} min by ${condition.field ?? 'actor'}`
    default:
      return `${condition.field} ${condition.op} ${JSON.stringify(condition.value)}`
  }
}
