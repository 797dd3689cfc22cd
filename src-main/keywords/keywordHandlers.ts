import { randomUUID } from 'node:crypto'
import { AppError } from '#contract/appError'
import type { Keyword, KeywordTheme } from '#contract/keywords'
import type { JobRunner } from '../jobs/jobRunner.ts'
import type { Ports } from '../ports.ts'
import type { Events } from '../rpc/events.ts'
import type { HandlersOf } from '../rpc/handlers.ts'
import type { Store } from '../worker/pool.ts'
import { readBuiltinThemes } from './builtinThemes.ts'
import { readKeyword, readLine } from './keywordLine.ts'
import { createRunScan } from './runScan.ts'
import { scanTargets } from './scanTargets.ts'

/** Lines that are named of those that cannot be keywords. */
const REFUSED_MAX = 100
/** Characters of a refused line that are told. */
const LINE_MAX = 100

export function keywordHandlers(deps: {
  store: Store
  jobs: JobRunner
  events: Events
  ports: Ports
}): HandlersOf<'keywords'> {
  const { store, jobs, events, ports } = deps
  const runScan = createRunScan(deps)
  const now = (): number => ports.clock().getTime()
  const changed = (): void => events.emit('keywords.changed', { huntId: null })
  const noTheme = (id: string): AppError =>
    new AppError('not-found', 'There is no such theme. It may have been deleted.', { id })

  async function themeOf(id: string): Promise<KeywordTheme> {
    const theme = await store.read().keywords.theme(id)
    if (!theme) throw noTheme(id)
    return theme
  }

  return {
    'keywords.themes': async ({ huntId }) => {
      const themes = await store.read().keywords.themes(huntId ?? null)
      return { themes, total: themes.length }
    },
    'keywords.createTheme': async (theme) => {
      const id = randomUUID()
      await store.write.keywords.createTheme({ id, ...theme }, now())
      changed()
      return themeOf(id)
    },
    'keywords.updateTheme': async ({ id, ...change }) => {
      if (!(await store.write.keywords.updateTheme(id, change, now()))) throw noTheme(id)
      changed()
      return themeOf(id)
    },
    'keywords.deleteTheme': async ({ id }) => {
      if (!(await store.write.keywords.removeTheme(id))) throw noTheme(id)
      changed()
      return { ok: true }
    },
    'keywords.list': async (query, { signal }) => {
      await themeOf(query.themeId)
      return store.read({ signal }).keywords.list(query)
    },
    'keywords.add': async ({ themeId, text, kind }): Promise<Keyword> => {
      const keyword = readKeyword(kind, text)
      if ('reason' in keyword) throw new AppError('invalid-input', keyword.reason, { path: 'text' })
      const id = randomUUID()
      const added = await store.write.keywords.add(themeId, [{ id, ...keyword }], now())
      if (added === null) throw noTheme(themeId)
      if (added === 0) throw new AppError('conflict', `The theme has ${keyword.text} already.`, { path: 'text' })
      changed()
      const saved = await store.read().keywords.get(id)
      if (!saved) throw new AppError('not-found', 'The keyword was deleted meanwhile.', { id })
      return saved
    },
    'keywords.bulkAdd': async ({ themeId, text }) => {
      const keywords = []
      const refused = []
      let refusedTotal = 0
      for (const [n, line] of text.split(/\r\n|\r|\n/).entries()) {
        const read = readLine(line)
        if (read === null) continue
        if (!('reason' in read)) keywords.push({ id: randomUUID(), ...read })
        else if (++refusedTotal <= REFUSED_MAX)
          refused.push({ line: n + 1, text: line.trim().slice(0, LINE_MAX), reason: read.reason })
      }
      const added = await store.write.keywords.add(themeId, keywords, now())
      if (added === null) throw noTheme(themeId)
      if (added > 0) changed()
      return { added, known: keywords.length - added, refused, refusedTotal }
    },
    'keywords.update': async ({ ids, enabled }) => {
      const updated = await store.write.keywords.update(ids, enabled)
      changed()
      return { updated }
    },
    'keywords.delete': async ({ ids }) => {
      const deleted = await store.write.keywords.remove(ids)
      changed()
      return { deleted }
    },
    'keywords.scan': async ({ huntId, datasetIds, themeIds, columns }) => {
      const { title, targets } = await scanTargets(store, { huntId, datasetIds })
      for (const id of themeIds ?? []) await themeOf(id)
      return jobs.start({
        kind: 'keywords',
        title: `Keywords in ${title}`,
        huntId: targets[0]?.huntId ?? huntId ?? null,
        unit: 'rows',
        run: (context) => runScan(targets, { themeIds, columns }, context),
      })
    },
    'keywords.hits': (query, { signal }) => store.read({ signal }).keywords.hits(query),
    'keywords.counts': (filter, { signal }) => store.read({ signal }).keywords.counts(filter),
  }
}

/** Makes the themes of the program, each once in the life of a workspace. */
export async function seedThemes(store: Store, folder: string, now: number): Promise<void> {
  const seeds = readBuiltinThemes(folder).map(({ builtin, name, colour, lines }) => ({
    builtin,
    theme: { id: randomUUID(), name, colour, enabled: true },
    keywords: lines.flatMap((line) => {
      const read = readLine(line)
      return read === null || 'reason' in read ? [] : [{ id: randomUUID(), ...read }]
    }),
  }))
  await store.write.keywords.seed(seeds, now)
}
