import { randomUUID } from 'node:crypto'
import { AppError } from '#contract/appError'
import type { IntelList } from '#contract/intel'
import type { Tickets } from '../files/tickets.ts'
import type { JobRunner } from '../jobs/jobRunner.ts'
import type { Ports } from '../ports.ts'
import type { Events } from '../rpc/events.ts'
import type { HandlersOf } from '../rpc/handlers.ts'
import type { Store } from '../worker/pool.ts'
import { createImportList } from './importList.ts'
import type { MatchLists } from './matchLists.ts'
import { sweepIndicators } from './sweepIndicators.ts'

export type IntelDeps = {
  store: Store
  jobs: JobRunner
  events: Events
  ports: Ports
  tickets: Tickets
  matchLists: MatchLists
  /** The ready datasets of a hunt, or the one named. AppError 'not-found', 'unavailable'. */
  targets(which: {
    huntId?: string | undefined
    datasetId?: string | undefined
  }): Promise<{ id: string; huntId: string }[]>
}

/** Name of the list that intel.allow makes. */
const OWN_ALLOW_LIST = 'Allow list of this workspace'

export function intelHandlers(deps: IntelDeps): HandlersOf<'intel'> {
  const { store, jobs, events, ports } = deps
  const now = (): number => ports.clock().getTime()
  const missing = (id: string): AppError =>
    new AppError('not-found', 'There is no such list. It may have been deleted.', { id })
  const importList = createImportList(deps)

  async function existing(id: string): Promise<IntelList> {
    const list = await store.read().intel.get(id)
    if (!list) throw missing(id)
    return list
  }
  const changed = (id: string): void => events.emit('intel.changed', { id })

  return {
    'intel.import': async (input) =>
      importList(input, input.listId === undefined ? null : await existing(input.listId)),
    'intel.list': (query, { signal }) => store.read({ signal }).intel.lists(query),
    'intel.get': ({ id }) => existing(id),
    'intel.update': async ({ id, expiresAt, ...change }) => {
      const expires = typeof expiresAt === 'string' ? Date.parse(expiresAt) : expiresAt
      if (!(await store.write.intel.update(id, { ...change, expiresAt: expires }, now()))) throw missing(id)
      changed(id)
      return existing(id)
    },
    'intel.delete': async ({ id }) => {
      if (!(await store.write.intel.remove(id))) throw missing(id)
      changed(id)
      await sweepIndicators(store)
      return { ok: true }
    },
    'intel.indicators': async ({ id, ...query }, { signal }) => {
      const found = await store.read({ signal }).intel.indicators(id, query, now())
      if (!found) throw missing(id)
      return found
    },
    'intel.rejects': async ({ id, limit, offset }, { signal }) => {
      const found = await store.read({ signal }).intel.rejects(id, limit, offset)
      if (!found) throw missing(id)
      return found
    },
    'intel.lookup': async ({ values }, { signal }) => {
      const lookups = await store.read({ signal }).intel.lookUp(values, now())
      return { lookups, total: lookups.length }
    },
    'intel.allow': async ({ values }) => {
      const found = await allowed(store, values)
      const fresh = { id: randomUUID(), name: OWN_ALLOW_LIST }
      const indicators = found.map((one) => ({ ...one, ...NOTHING_SAID }))
      const answer = await store.write.intel.allow(fresh, indicators, now())
      changed(answer.listId)
      return answer
    },
    'intel.disallow': async ({ values }) => {
      const { listId, removed } = await store.write.intel.disallow(await allowed(store, values), now())
      if (listId !== null) changed(listId)
      return { removed }
    },
    'intel.match': async ({ huntId, datasetId, listIds, verdicts, types }) => {
      for (const id of listIds ?? []) await existing(id)
      const targets = await deps.targets({ huntId, datasetId })
      return jobs.start({
        kind: 'intel',
        title: 'Indicator lists',
        huntId: huntId ?? targets[0]?.huntId ?? null,
        unit: 'steps',
        run: (context) => deps.matchLists({ listIds, verdicts, types }, targets, context),
      })
    },
  }
}

const NOTHING_SAID = { verdict: null, confidence: null, source: null, note: null, expiresAt: null, line: 0 }

/** The indicators that values name; AppError 'invalid-input' with the first that names none. */
async function allowed(store: Store, values: readonly string[]) {
  const found = await store.read().intel.indicatorsIn(values)
  return found.flatMap((one, n) => {
    if (typeof one !== 'string') return one
    throw new AppError('invalid-input', `${values[n]?.slice(0, 200)}: ${one}.`, { path: `values.${n}` })
  })
}
