import { randomUUID } from 'node:crypto'
import { AppError } from '#contract/appError'
import type { HuntSample } from '#contract/values'
import type { Hunt } from '#contract/hunts'
import type { JobRunner } from '../jobs/jobRunner.ts'
import type { Ports } from '../ports.ts'
import type { Events } from '../rpc/events.ts'
import type { HandlersOf } from '../rpc/handlers.ts'
import type { Store } from '../worker/pool.ts'
import { huntOverview, type Techniques } from './huntOverview.ts'

export type HuntDeps = {
  store: Store
  jobs: JobRunner
  events: Events
  ports: Ports
  techniques: Techniques
  /** Removes dataset files that no hunt knows any more. */
  discardFiles(datasetIds: readonly string[]): Promise<void>
  /** The default of new hunts. */
  analyzeOnImport(): Promise<boolean>
  /** Starts the import of the sample evidence into a hunt. */
  importSample(huntId: string, sample: HuntSample): Promise<{ jobId: string }>
}

/** The sample hunt's name and what it says about itself. */
const SAMPLES: Record<HuntSample, { name: string; description: string }> = {
  workstation: {
    name: 'Workstation 1 triage (sample)',
    description:
      'Real evidence of a scripted attack on one Windows host, published by its authors under a permissive licence.',
  },
  apt29: {
    name: 'APT29 evaluation, day 1 (sample)',
    description: 'Connections of an emulated intrusion as Zeek recorded them, with a map of what happened.',
  },
}

export function huntHandlers(deps: HuntDeps): HandlersOf<'hunts'> {
  const { store, jobs, events, ports } = deps

  async function existing(id: string): Promise<Hunt> {
    const hunt = await store.read().hunts.get(id)
    if (!hunt) throw new AppError('not-found', 'There is no such hunt. It may have been deleted.', { id })
    return hunt
  }

  async function create(name: string, description: string, analyzeOnImport: boolean): Promise<Hunt> {
    const id = randomUUID()
    await store.write.hunts.create({ id, name, description, analyzeOnImport, now: ports.clock().getTime() })
    events.emit('hunts.changed', { id })
    return existing(id)
  }

  return {
    'hunts.create': async ({ name, description, analyzeOnImport }) =>
      create(name, description, analyzeOnImport ?? (await deps.analyzeOnImport())),
    'hunts.list': (query, { signal }) => store.read({ signal }).hunts.list(query),
    'hunts.get': ({ id }) => existing(id),
    'hunts.update': async (change) => {
      if (!(await store.write.hunts.update(change, ports.clock().getTime()))) await existing(change.id)
      events.emit('hunts.changed', { id: change.id })
      return existing(change.id)
    },
    'hunts.delete': async ({ id }) => {
      await existing(id)
      await jobs.cancelAll((job) => job.huntId === id)
      const removed = await store.write.hunts.remove(id)
      // One that began in between has nothing to work for; it removes what it wrote.
      await jobs.cancelAll((job) => job.huntId === id)
      await deps.discardFiles(removed?.datasets ?? [])
      events.emit('hunts.changed', { id })
      return { ok: true, datasets: removed?.datasets.length ?? 0, alerts: removed?.alerts ?? 0 }
    },
    'hunts.progress': async ({ id }) => {
      const hunt = await existing(id)
      const total = async (state: 'ready' | 'importing' | 'failed'): Promise<number> =>
        (await store.read().datasets.list({ huntId: id, state, limit: 1, offset: 0 })).total
      return {
        id,
        total: hunt.datasets,
        ready: await total('ready'),
        importing: await total('importing'),
        failed: await total('failed'),
        rows: hunt.rows,
        quarantined: hunt.quarantined,
        jobs: jobs.list().filter((job) => job.huntId === id && job.finishedAt === null),
      }
    },
    'hunts.overview': async ({ id, buckets }, { signal }) =>
      huntOverview(store, deps.techniques, await existing(id), buckets, signal),
    'hunts.openSample': async ({ sample }) => {
      const { name, description } = SAMPLES[sample]
      const hunt = await create(name, description, true)
      return { huntId: hunt.id, ...(await deps.importSample(hunt.id, sample)) }
    },
  }
}
