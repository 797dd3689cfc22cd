import { randomUUID } from 'node:crypto'
import type { JobContext } from '../jobs/jobRunner.ts'
import type { Ports } from '../ports.ts'
import type { Store } from '../worker/pool.ts'
import { digestMessage, TOP_MAX, worstOf } from './messages.ts'

/** New alerts of a dataset, all of them kept at the same moment (milliseconds since 1970). */
export type AlertsMade = { huntId: string; datasetId: string; at: number }

export type AlertNews = {
  /** Takes note; when the job ends, all its new alerts become one message for each channel. */
  made(alerts: AlertsMade, context: JobContext): void
  /** Waits until what was noted is written. */
  close(): Promise<void>
}

type NewsDeps = { store: Store; ports: Ports; on(): Promise<boolean>; wake(): void; changed(): void }

/** Turns the new alerts of a job into notifications that wait to be sent. It costs the job nothing: it works after its end. */
export function createAlertNews(deps: NewsDeps): AlertNews {
  const { store, ports } = deps
  const byJob = new Map<string, AlertsMade[]>()
  const working = new Set<Promise<void>>()

  async function tell(all: readonly AlertsMade[]): Promise<void> {
    if (!(await deps.on())) return
    const channels = (await store.read().notifications.channels()).filter(({ enabled }) => enabled)
    const deliveries = []
    for (const huntId of new Set(all.map((one) => one.huntId))) {
      const made = all.filter((one) => one.huntId === huntId)
      for (const channel of channels) {
        if (channel.huntId !== null && channel.huntId !== huntId) continue
        const digest = await store.read().notifications.digest(huntId, made, channel, TOP_MAX)
        if (digest === null) continue
        const { title } = digestMessage(digest)
        deliveries.push({ id: randomUUID(), channelId: channel.id, title, severity: worstOf(digest), digest })
      }
    }
    if (deliveries.length === 0) return
    await store.write.notifications.enqueue(deliveries, ports.clock().getTime())
    deps.changed()
    deps.wake()
  }

  return {
    made(alerts, context) {
      const known = byJob.get(context.jobId)
      if (known) return void known.push(alerts)
      const all = [alerts]
      byJob.set(context.jobId, all)
      context.atEnd(() => {
        byJob.delete(context.jobId)
        const work: Promise<void> = tell(all)
          .catch((error: unknown) => ports.log('error', 'New alerts could not be told', error))
          .finally(() => working.delete(work))
        working.add(work)
      })
    },
    close: async () => void (await Promise.all(working)),
  }
}
