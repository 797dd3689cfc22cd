import { randomUUID } from 'node:crypto'
import { AppError } from '#contract/appError'
import { EVIDENCE_MAX, type Hypothesis } from '#contract/hypotheses'
import type { RowChoice } from '#contract/rowFilter'
import type { Ports } from '../ports.ts'
import type { Events } from '../rpc/events.ts'
import type { HandlersOf } from '../rpc/handlers.ts'
import type { RemoteReads } from '../worker/procedures.ts'
import type { Store } from '../worker/pool.ts'

export type HypothesisDeps = {
  store: Store
  events: Events
  ports: Ports
  /** Name of the analyst, as the settings have it. */
  analyst(): Promise<string>
  /** The rows of a dataset that is ready. AppError 'not-found', 'unavailable'. */
  rowsOf(datasetId: string, signal: AbortSignal): Promise<RemoteReads['rows']>
}

/** What is supposed to have happened, and the rows that speak for it. */
export function hypothesisHandlers(deps: HypothesisDeps): HandlersOf<'hypotheses'> {
  const { store, events, ports } = deps
  const now = (): number => ports.clock().getTime()
  const missing = (id: string): AppError =>
    new AppError('not-found', 'There is no such hypothesis. It may have been deleted.', { id })

  async function existing(id: string): Promise<Hypothesis> {
    const hypothesis = await store.read().hypotheses.get(id)
    if (!hypothesis) throw missing(id)
    return hypothesis
  }

  /** The chosen rows with the text that tells most of each. */
  async function evidenceOf({ datasetId, ...choice }: RowChoice, note: string, signal: AbortSignal) {
    const rows = await (await deps.rowsOf(datasetId, signal)).evidence(datasetId, choice, EVIDENCE_MAX)
    return rows.map((row) => ({ ...row, datasetId, note }))
  }

  function announce(huntId: string): void {
    events.emit('hypotheses.changed', { huntId })
  }

  return {
    'hypotheses.create': async ({ evidence, ...hypothesis }, { signal }) => {
      const id = randomUUID()
      const rows = []
      for (const { datasetId, row, note } of evidence)
        rows.push(...(await evidenceOf({ datasetId, rows: [row] }, note, signal)))
      const author = await deps.analyst()
      await store.write.hypotheses.create({ id, author, ...hypothesis }, rows, EVIDENCE_MAX, now())
      announce(hypothesis.huntId)
      return existing(id)
    },
    'hypotheses.list': (query, { signal }) => store.read({ signal }).hypotheses.list(query),
    'hypotheses.get': ({ id }) => existing(id),
    'hypotheses.evidence': async ({ id, limit, offset }) => {
      const { evidenceTotal } = await existing(id)
      return { evidence: await store.read().hypotheses.evidence(id, limit, offset), total: evidenceTotal }
    },
    'hypotheses.update': async ({ id, ...change }) => {
      const place = await store.write.hypotheses.update(id, change, now())
      if (!place) throw missing(id)
      announce(place.huntId)
      return existing(id)
    },
    'hypotheses.addEvidence': async ({ id, rows, alertId, note }, { signal }) => {
      const { huntId } = await existing(id)
      const added = rows
        ? await store.write.hypotheses.addEvidence(id, await evidenceOf(rows, note, signal), EVIDENCE_MAX, now())
        : await store.write.hypotheses.addAlert(id, { id: alertId ?? '', note }, EVIDENCE_MAX, now())
      announce(huntId)
      return added
    },
    'hypotheses.noteEvidence': async ({ id, ...row }) => {
      const { huntId } = await existing(id)
      if (!(await store.write.hypotheses.noteEvidence(id, row, now())))
        throw new AppError('not-found', `Row ${row.row} is no evidence of this hypothesis.`, { row: row.row })
      announce(huntId)
      return { ok: true }
    },
    'hypotheses.removeEvidence': async ({ id, rows }) => {
      const { huntId } = await existing(id)
      const removed = await store.write.hypotheses.removeEvidence(id, rows, now())
      announce(huntId)
      return removed
    },
    'hypotheses.delete': async ({ id }) => {
      const place = await store.write.hypotheses.remove(id, now())
      if (!place) throw missing(id)
      announce(place.huntId)
      return { ok: true }
    },
    'hypotheses.restore': async ({ id }) => {
      const place = await store.write.hypotheses.restore(id)
      if (!place) throw new AppError('not-found', 'There is no deleted hypothesis of this id.', { id })
      announce(place.huntId)
      return existing(id)
    },
  }
}
