import type { Alert } from '#contract/alerts'
import type { Hunt, HuntOverview } from '#contract/hunts'
import type { IocType } from '#contract/values'
import type { Store } from '../worker/pool.ts'

/** Names of ATT&CK techniques. */
export type Techniques = { named(id: string): { name: string; tactics: string[] } }

/** Alerts shown in an overview. */
const ALERTS_SHOWN = 11
/** Of what their first evidence row says, in characters. */
const EVIDENCE_SHOWN = 200

/** The command, address or name that tells alerts of one title apart, on one line. */
const firstValue = ({ evidence }: Alert): string =>
  evidence.find(({ value }) => value.trim() !== '')?.value.replace(/\s+/g, ' ') ?? ''

/** What came in and what is alarming, from the summaries that datasets and alerts keep. */
export async function huntOverview(
  store: Store,
  names: Techniques,
  hunt: Hunt,
  buckets: number,
  signal: AbortSignal,
): Promise<HuntOverview> {
  const read = store.read({ signal })
  const ready = await read.datasets.readyOf(hunt.id)
  const parts = await store.read({ signal, key: hunt.id }).rows.overview(
    ready.map((dataset) => dataset.id),
    buckets,
  )
  const open = await read.alerts.open(hunt.id, ALERTS_SHOWN)
  const [techniques, marks] = [await read.alerts.techniques(hunt.id), await read.alerts.marks(hunt.id)]

  const size = (parts.bucketSeconds ?? 1) * 1e6
  const from = parts.from ?? 0
  const timeline = new Map(parts.buckets.map((bucket) => [bucket.start, { rows: bucket.rows, critical: 0, high: 0 }]))
  for (const mark of marks) {
    const bucket = timeline.get(from + Math.floor((mark.time - from) / size) * size)
    if (bucket) bucket[mark.severity]++
  }
  const iso = (us: number): string => new Date(us / 1000).toISOString()
  const dated = parts.buckets.reduce((sum, bucket) => sum + bucket.rows, 0)
  const byType = new Map<IocType, number>()
  for (const { type, count } of ready.flatMap((dataset) => dataset.iocsByType))
    byType.set(type, (byType.get(type) ?? 0) + count)

  return {
    hunt,
    alertsBySeverity: open.bySeverity,
    topAlerts: open.top.map((alert) => ({
      id: alert.id,
      title: alert.title,
      severity: alert.severity,
      score: alert.score,
      mitreTechnique: alert.mitreTechnique,
      rows: alert.evidenceTotal,
      host: alert.host,
      user: alert.user,
      evidence: firstValue(alert).slice(0, EVIDENCE_SHOWN),
      firstTime: alert.firstTime,
    })),
    hosts: parts.hosts,
    hostTotal: parts.hostTotal,
    iocTotal: parts.iocTotal,
    iocsByType: [...byType].map(([type, count]) => ({ type, count })).sort((a, b) => b.count - a.count),
    techniques: techniques.map((technique) => ({ ...technique, ...names.named(technique.id) })),
    timeline: {
      from: parts.from === null ? null : iso(parts.from),
      to: parts.to === null ? null : iso(parts.to),
      bucketSeconds: parts.bucketSeconds,
      buckets: [...timeline].map(([start, counts]) => ({ start: iso(start), ...counts })),
      rowsWithoutTime: hunt.rows - dated,
    },
  }
}
