import { randomUUID } from 'node:crypto'
import { AppError } from '#contract/appError'
import type { Input } from '#contract/contract'
import type { Dataset } from '#contract/datasets'
import { ruleDraft, type Rule, type RuleDraft, type RuleExplanation } from '#contract/rules'
import { checkConditions } from '../conditions/ruleMatcher.ts'
import type { JobRunner } from '../jobs/jobRunner.ts'
import type { Ports } from '../ports.ts'
import type { Events } from '../rpc/events.ts'
import type { HandlersOf } from '../rpc/handlers.ts'
import type { Store } from '../worker/pool.ts'
import { countedTogether } from './countedTogether.ts'
import { ruleTargets } from './ruleTargets.ts'
import { ruleTemplates } from './ruleTemplates.ts'
import type { RunOverRules } from './runOverRules.ts'
import { testRule } from './testRule.ts'

export type RuleDeps = {
  store: Store
  jobs: JobRunner
  events: Events
  ports: Ports
  runOverRules: RunOverRules
  /** AppError 'invalid-input' for an unknown analyzer or settings that it does not take. */
  checkAnalyzer(name: string, config: unknown): void
}

/** What a rule says after a change. One that becomes a rule of the other kind keeps what both kinds have. */
function changed(old: Rule, change: NonNullable<Input<'rules.update'>['rule']>): RuleDraft {
  const { name, description, enabled, huntId } = old
  const given = Object.entries(change).filter(([, value]) => value !== undefined)
  const kept = old.kind === change.kind ? old : { name, description, enabled, huntId }
  const merged = ruleDraft.safeParse({ ...kept, ...Object.fromEntries(given) })
  if (merged.success) return merged.data
  const path = ['rule', ...(merged.error.issues[0]?.path ?? [])].join('.')
  throw new AppError('invalid-input', 'A rule of another kind needs all that this kind says.', { path })
}

export function ruleHandlers(deps: RuleDeps): HandlersOf<'rules'> {
  const { store, jobs, events, ports } = deps
  const now = (): number => ports.clock().getTime()
  const missing = (id: string): AppError =>
    new AppError('not-found', 'There is no such rule. It may have been deleted.', { id })

  async function existing(id: string): Promise<Rule> {
    const rule = await store.read().rules.get(id)
    if (!rule) throw missing(id)
    return rule
  }

  const ofHunt = async (huntId: string): Promise<Dataset[]> => ruleTargets(store, { huntId })

  function check(rule: RuleDraft): void {
    if (rule.kind === 'analyzer') deps.checkAnalyzer(rule.analyzer, rule.config)
    else checkConditions(rule.conditions)
  }

  async function explained(
    rule: RuleDraft,
    dataset: Dataset,
    hunt: readonly Dataset[],
    signal: AbortSignal,
  ): Promise<RuleExplanation> {
    const { id: datasetId, huntId } = dataset
    const about = { datasetId, dataset: dataset.name, rows: dataset.rows }
    const without = { missing: [], steps: [] }
    if (rule.huntId !== null && rule.huntId !== huntId)
      return { ...about, outcome: 'failed', reason: 'The rule is for another hunt.', ...without }
    try {
      const explained = await store.task({ signal }).rules.explain(datasetId, rule)
      return { ...about, ...(await countedTogether(store, { rule, dataset, hunt, explained }, signal)) }
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'cancelled' || error.code === 'internal') throw error
      return { ...about, outcome: 'failed', reason: error.message, ...without }
    }
  }

  return {
    'rules.list': (query, { signal }) => store.read({ signal }).rules.list(query),
    'rules.get': ({ id }) => existing(id),
    'rules.create': async ({ rule, template }) => {
      check(rule)
      if (template !== undefined && !ruleTemplates.some((known) => known.id === template))
        throw new AppError('invalid-input', `There is no template "${template}".`, { path: 'template' })
      const id = randomUUID()
      await store.write.rules.create(id, rule, template ?? null, now())
      events.emit('rules.changed', { id })
      return existing(id)
    },
    'rules.update': async ({ id, rule: change, enabled }) => {
      const rule = change && changed(await existing(id), change)
      if (rule) check(rule)
      if (!(await store.write.rules.update(id, { rule, enabled }, now()))) throw missing(id)
      events.emit('rules.changed', { id })
      return existing(id)
    },
    'rules.delete': async ({ id }) => {
      const removed = await store.write.rules.remove(id)
      if (!removed) throw missing(id)
      events.emit('rules.changed', { id })
      return { ok: true, alerts: removed.alerts }
    },
    'rules.run': async ({ ids, huntId, datasetId }) => {
      const named = ids && (await Promise.all([...new Set(ids)].map(existing)))
      const single = named?.length === 1 ? named[0] : undefined
      const targets = await ruleTargets(store, { datasetId, huntId: huntId ?? single?.huntId })
      const hunts = new Set(targets.map((target) => target.huntId))
      const chosen =
        named ?? (await store.read().rules.on()).filter((rule) => rule.huntId === null || hunts.has(rule.huntId))
      return jobs.start({
        kind: 'rules',
        title: single ? `Rule ${single.name}` : `${chosen.length} rules`,
        huntId: huntId ?? single?.huntId ?? targets[0]?.huntId ?? null,
        unit: 'steps',
        run: (context) => deps.runOverRules(chosen, targets, context),
      })
    },
    'rules.test': async ({ rule, id, limit, huntId, datasetId }, { signal }) => {
      check(rule)
      const targets = await ruleTargets(store, { datasetId, huntId: huntId ?? rule.huntId })
      return testRule(store, { rule, id, targets, limit, ofHunt }, signal)
    },
    'rules.explain': async ({ id, rule, huntId, datasetId, limit, offset }, { signal }) => {
      const asked = rule ?? (await existing(id ?? ''))
      check(asked)
      const targets = await ruleTargets(store, { datasetId, huntId: huntId ?? asked.huntId })
      const datasets: RuleExplanation[] = []
      const hunts = new Map<string, Dataset[]>()
      for (const target of targets.slice(offset, offset + limit)) {
        const hunt = hunts.get(target.huntId) ?? (await ofHunt(target.huntId))
        hunts.set(target.huntId, hunt)
        datasets.push(await explained(asked, target, hunt, signal))
      }
      return { datasets, total: targets.length }
    },
    'rules.templates': async () => {
      const made = new Map((await store.read().rules.templates()).map(({ template, id }) => [template, id]))
      const templates = ruleTemplates.map(({ id, rule }) => ({ id, rule, ruleId: made.get(id) ?? null }))
      return { templates, total: templates.length }
    },
  }
}

/** Makes the templates rules, once in the life of a workspace. */
export async function seedTemplates(store: Store, now: number): Promise<void> {
  await store.write.rules.seed(
    ruleTemplates.map(({ id, rule }) => ({ template: id, id: randomUUID(), rule })),
    now,
  )
}
