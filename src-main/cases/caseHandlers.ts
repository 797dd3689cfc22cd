import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '#contract/appError'
import { linkRef } from '#contract/caseLinks'
import type { HuntCase } from '#contract/cases'
import type { Output } from '#contract/contract'
import type { Ports } from '../ports.ts'
import type { Events } from '../rpc/events.ts'
import type { HandlersOf } from '../rpc/handlers.ts'
import type { Store } from '../worker/pool.ts'
import type { RemoteReads } from '../worker/procedures.ts'
import { completed, type KeptLink, linksToKeep, type Naming, placesOf, rowLinks } from './caseLinkOf.ts'
import { noteHandlers } from './noteHandlers.ts'
import { taskHandlers } from './taskHandlers.ts'

export type CaseDeps = {
  store: Store
  events: Events
  ports: Ports
  /** Name of the analyst, as the settings have it. */
  analyst(): Promise<string>
  /** The rows of a dataset that is ready. AppError 'not-found', 'unavailable'. */
  rowsOf(datasetId: string, signal: AbortSignal): Promise<RemoteReads['rows']>
  named: Naming
}

/** Cases: what belongs together and is handed on. */
export function caseHandlers(deps: CaseDeps): HandlersOf<'cases'> {
  const { store, events, named } = deps
  const now = (): number => deps.ports.clock().getTime()
  const actor = async (): Promise<{ by: string; now: number }> => ({ by: await deps.analyst(), now: now() })

  async function existing(id: string): Promise<HuntCase> {
    const found = await store.read().cases.get(id)
    if (!found) throw new AppError('not-found', 'There is no such case. It may have been deleted.', { id })
    return found
  }
  /** Makes links belong to a case; answers what is new to it. */
  async function join(id: string, kept: readonly KeptLink[]): Promise<Output<'cases.link'>> {
    const { huntIds, links, ...done } = await store.write.cases.link(id, kept, await actor())
    announce(id, huntIds)
    return { ...done, links: z.array(linkRef).parse(links) }
  }
  function announce(id: string, huntIds: readonly string[] = []): void {
    events.emit('cases.changed', { id })
    for (const huntId of huntIds) events.emit('alerts.changed', { huntId })
  }

  return {
    'cases.create': async ({ links, ...fields }, { signal }) => {
      const id = randomUUID()
      const kept = await linksToKeep(deps, links, signal)
      const { huntIds } = await store.write.cases.create(id, fields, kept, await actor())
      announce(id, huntIds)
      return existing(id)
    },
    'cases.list': (query, { signal }) => store.read({ signal }).cases.list(query),
    'cases.get': ({ id }) => existing(id),
    'cases.update': async ({ id, ...change }) => {
      await store.write.cases.update(id, change, await actor())
      announce(id)
      return existing(id)
    },
    'cases.delete': async ({ id }) => {
      await store.write.cases.remove(id, await actor())
      announce(id)
      return { ok: true }
    },
    'cases.restore': async ({ id }) => {
      await store.write.cases.restore(id, await actor())
      announce(id)
      return existing(id)
    },
    'cases.link': async ({ id, links }, { signal }) => {
      await existing(id)
      return join(id, await linksToKeep(deps, links, signal))
    },
    'cases.addRows': async ({ id, rows, note }, { signal }) => {
      await existing(id)
      return join(id, await rowLinks(deps, rows, note, signal))
    },
    'cases.unlink': async ({ id, links }) => {
      await existing(id)
      const places = await placesOf(store, named, links, true)
      const gone = links.map((link, n) => ({ ...link, label: places[n]?.label ?? link.target }))
      const { huntIds, ...done } = await store.write.cases.unlink(id, gone, await actor())
      announce(id, huntIds)
      return done
    },
    'cases.links': async ({ id, kind, limit, offset }) => {
      await existing(id)
      const { links, total } = await store.read().cases.links(id, kind, limit, offset)
      const iocs = links.filter((link) => link.kind === 'ioc').map(({ target }) => target)
      const lookups = iocs.length === 0 ? [] : await store.read().intel.lookUp(iocs, now())
      const listed = new Map(lookups.map(({ value, verdict }) => [value, verdict]))
      return {
        links: completed(named, links).map((link) => {
          const verdict = link.kind === 'ioc' && link.verdict === null ? (listed.get(link.target) ?? null) : null
          return verdict === null ? link : { ...link, verdict, verdictFrom: 'lists' as const }
        }),
        total,
      }
    },
    'cases.resolve': async ({ references }) => {
      const found = await placesOf(store, named, references)
      return { references: found, total: found.length }
    },
    ...taskHandlers({ store, actor, existing, announce }),
    ...noteHandlers({ store, actor, existing, announce }),
    'cases.activity': async ({ id, limit, offset }) => {
      await existing(id)
      return store.read().cases.activity(id, limit, offset)
    },
    'cases.verify': async ({ id }, { signal }) => {
      await existing(id)
      return store.read({ signal }).cases.verify(id)
    },
  }
}
