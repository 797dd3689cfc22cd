import { AppError } from '#contract/appError'
import type { Alert } from '#contract/alerts'
import type { CaseLink, Reference } from '#contract/cases'
import type { CaseLinkKind } from '#contract/values'
import type { Ports } from '../ports.ts'
import { markdownBlocks, referencesIn } from '../../src-shared/markdownTree.ts'
import type { CaseContent } from '../reporting/content.ts'
import type { Store } from '../worker/pool.ts'
import { type SearchedDeps, searchedWithoutResult } from './searched.ts'

/** What a report holds at most; what is beyond is said in it. */
const [ALERTS_MAX, LINKS_MAX, NOTES_MAX, TASKS_MAX, SOURCES_MAX] = [2_000, 5_000, 500, 500, 2_000]
const PAGE = 500
const REFERENCES_PAGE = 500
/** Who wrote what ships with the program. */
const OURS = 'The Huntbench authors'

export type GatherDeps = SearchedDeps & {
  ports: Ports
  analyst(): Promise<string>
  technique(id: string): { name: string; tactics: string[] }
  /** The links of a case with names and verdicts, as cases.links answers them. */
  links(id: string, kind: CaseLinkKind, limit: number, offset: number): Promise<{ links: CaseLink[]; total: number }>
  resolve(references: readonly Reference[]): Promise<CaseContent['references'][string][]>
}

/** Everything a report of a case says. AppError 'not-found', 'cancelled'. */
export async function gather(deps: GatherDeps, caseId: string, signal: AbortSignal): Promise<CaseContent> {
  const { store, ports } = deps
  const read = (): ReturnType<Store['read']> => store.read({ signal })
  const item = await read().cases.get(caseId)
  if (!item) throw new AppError('not-found', 'There is no such case. It may have been deleted.', { id: caseId })
  const leftOut: string[] = []

  /** Everything of a list, up to `most`; what is beyond is noted. */
  async function all<T>(
    what: string,
    most: number,
    page: (limit: number, offset: number) => Promise<{ items: T[]; total: number }>,
  ): Promise<T[]> {
    const items: T[] = []
    for (;;) {
      signal.throwIfAborted()
      const { items: more, total } = await page(Math.min(PAGE, most - items.length), items.length)
      items.push(...more)
      if (items.length >= total || more.length === 0) return items
      if (items.length >= most) {
        leftOut.push(`${(total - most).toLocaleString('en-US')} of ${total.toLocaleString('en-US')} ${what}.`)
        return items
      }
    }
  }
  const linked = (kind: CaseLinkKind, what: string): Promise<CaseLink[]> =>
    all(what, LINKS_MAX, async (limit, offset) => {
      const { links, total } = await deps.links(caseId, kind, limit, offset)
      return { items: links, total }
    })

  const alerts = await all('alerts', ALERTS_MAX, async (limit, offset) => {
    const found = await read().alerts.list({ caseId, sort: 'score', limit, offset })
    return { items: await byTheirSource(store, found.alerts), total: found.total }
  })
  const huntIds = [
    ...new Set([...(await linked('hunt', 'hunts')).map(({ target }) => target), ...alerts.map(({ huntId }) => huntId)]),
  ]
  const hunts = (await Promise.all(huntIds.map((id) => read().hunts.get(id)))).filter((hunt) => hunt !== null)
  const nameOf = new Map(hunts.map(({ id, name }) => [id, name]))
  const sources = []
  for (const hunt of hunts)
    sources.push(
      ...(await all('source files', SOURCES_MAX, async (limit, offset) => {
        const found = await read().datasets.list({ huntId: hunt.id, state: 'ready', limit, offset })
        return { items: found.datasets.map((dataset) => ({ ...dataset, hunt: hunt.name })), total: found.total }
      })),
    )
  const own = await linked('technique', 'techniques')
  const ids = [
    ...new Set([...own.map(({ target }) => target), ...alerts.flatMap(({ mitreTechnique }) => mitreTechnique ?? [])]),
  ].sort()
  const hypotheses = (
    await Promise.all((await linked('hypothesis', 'hypotheses')).map(({ target }) => read().hypotheses.get(target)))
  ).filter((hypothesis) => hypothesis !== null)
  const notes = await all('notes', NOTES_MAX, async (limit, offset) => {
    const found = await read().cases.notes(caseId, limit, offset)
    return { items: found.notes, total: found.total }
  })
  const tasks = await all('tasks', TASKS_MAX, async (limit, offset) => {
    const found = await read().cases.tasks(caseId, undefined, limit, offset)
    return { items: found.tasks, total: found.total }
  })
  const rows = await linked('row', 'rows')
  const madeAt = ports.clock().toISOString()
  return {
    item,
    madeAt,
    madeBy: await deps.analyst(),
    version: ports.version,
    hunts,
    alerts: alerts.map((alert) => ({ ...alert, hunt: nameOf.get(alert.huntId) ?? '' })),
    iocs: await linked('ioc', 'indicators'),
    techniques: ids.map((id) => ({
      id,
      ...deps.technique(id),
      note: own.find(({ target }) => target === id)?.note ?? '',
    })),
    hypotheses,
    rows: await Promise.all(rows.map(async (row) => ({ ...row, time: await timeOf(store, row, signal) }))),
    tasks,
    notes,
    references: await resolved(deps, [item.description, ...notes.map(({ text }) => text)]),
    sources,
    rules: await rulesOf(store, alerts),
    searched: await searchedWithoutResult(deps, hunts, { leftOut, madeAt }, signal),
    maps: (await Promise.all((await linked('map', 'maps')).map(({ target }) => read().maps.get(target)))).filter(
      (map) => map !== null,
    ),
    verification: await read().cases.verify(caseId),
    leftOut,
  }
}

/** Alerts whose evidence has the row numbers of the source, which a reader can look up there. */
async function byTheirSource<T extends Pick<Alert, 'evidence'>>(store: Store, alerts: readonly T[]): Promise<T[]> {
  const numbers = await store.read().caseFiles.sourceRows(alerts.flatMap(({ evidence }) => evidence))
  let n = 0
  return alerts.map((alert) => ({
    ...alert,
    evidence: alert.evidence.map((one) => ({ ...one, row: numbers[n++] ?? one.row })),
  }))
}

/** The time of a row; null without one, and when its dataset is not there. */
async function timeOf(store: Store, { target, found }: CaseLink, signal: AbortSignal): Promise<string | null> {
  const [datasetId = '', row = ''] = target.split('/')
  const dataset = found ? await store.read().datasets.get(datasetId) : null
  if (dataset?.state !== 'ready') return null
  return (await store.read({ signal, key: datasetId }).rows.record(datasetId, Number(row))).time
}

async function resolved(deps: GatherDeps, texts: readonly string[]): Promise<CaseContent['references']> {
  const asked = new Map(
    texts.flatMap((text) => referencesIn(markdownBlocks(text))).map((one) => [`${one.kind}:${one.target}`, one]),
  )
  const list = [...asked.values()]
  const known: CaseContent['references'] = {}
  for (let n = 0; n < list.length; n += REFERENCES_PAGE)
    for (const place of await deps.resolve(list.slice(n, n + REFERENCES_PAGE)))
      known[`${place.kind}:${place.target}`] = place
  return known
}

/** The rules and analyzers behind alerts with their authors; a rule may have been deleted since. */
async function rulesOf(
  store: Store,
  alerts: readonly { analyzer: string; rule: { id: string; name: string } | null }[],
): Promise<CaseContent['rules']> {
  const counts = new Map<string, { name: string; alerts: number; rule: string | null }>()
  for (const { rule, analyzer } of alerts) {
    const key = rule?.id ?? analyzer
    const name = rule?.name ?? `Analyzer ${analyzer}`
    counts.set(key, { name, alerts: (counts.get(key)?.alerts ?? 0) + 1, rule: rule?.id ?? null })
  }
  return Promise.all(
    [...counts.values()].map(async ({ rule: id, ...counted }) => {
      if (id === null) return { ...counted, author: OURS }
      const rule = await store.read().rules.get(id)
      return { ...counted, author: rule === null ? 'deleted since' : authorOf(rule) }
    }),
  )
}

/** Rules of others name their author; those that ship are of this program. */
function authorOf(rule: { template: string | null }): string {
  const author: unknown = Reflect.get(rule, 'author')
  if (typeof author === 'string' && author !== '') return author
  return rule.template === null ? 'written in this workspace' : OURS
}
