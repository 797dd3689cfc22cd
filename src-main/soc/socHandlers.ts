import { AppError } from '#contract/appError'
import type { JobContext, JobRunner } from '../jobs/jobRunner.ts'
import type { HandlersOf } from '../rpc/handlers.ts'
import type { Ports } from '../ports.ts'
import type { Events } from '../rpc/events.ts'
import { classifyHandlers } from './classify.ts'
import { estimate } from './estimate.ts'
import { freezePart, type Frozen } from './freezePart.ts'
import { panels } from './index.ts'
import type { Panel, Statement } from './panel.ts'
import { runPart } from './runPart.ts'
import type { SocServer } from './server.ts'
import { signatureHandlers } from './browserSignatureWrites.ts'

export type SocDeps = {
  ports: Ports
  events: Events
  jobs: JobRunner
  /** The server of a connection, opened when it is not yet. */
  server(connection: string): Promise<SocServer>
  /** What makes datasets of frozen answers in a hunt. AppError 'not-found'. */
  importInto(huntId: string): Promise<ImportFrozen>
}
/** Answers the report of the import. */
type ImportFrozen = (frozen: Frozen, analyze: boolean | undefined, context: JobContext) => Promise<object>

/** All parts that fail so have no server. */
const AWAY = new Set<unknown>(['unavailable', 'unauthorised'])

type Asked = {
  panel: string
  params: Record<string, unknown>
  only?: string[] | undefined
  from?: string | undefined
  to?: string | undefined
  last?: number | undefined
}

export function socHandlers(deps: SocDeps): HandlersOf<'soc'> {
  const { ports, jobs, server, importInto } = deps
  const byId = new Map<string, Panel>(panels.map((one) => [one.shape.id, one]))

  function panelOf(panel: string): Panel {
    const found = byId.get(panel)
    if (!found) throw new AppError('not-found', `There is no panel ${panel}.`, { panel })
    return found
  }

  function statementsOf({ panel, params, only, from, to, last }: Asked, { databases }: SocServer): Statement[] {
    const found = panelOf(panel)
    if (last !== undefined && (from !== undefined || to !== undefined))
      throw new AppError('invalid-input', 'last: give it without from and to', { path: 'last' })
    const all = found.statements(params, databases, {
      ...(from === undefined ? {} : { from: Date.parse(from) / 1000 }),
      ...(to === undefined ? {} : { to: Date.parse(to) / 1000 }),
      ...(last === undefined ? {} : { last }),
    })
    if (only === undefined) return all
    const unknown = only.find((name) => !all.some((one) => one.name === name))
    if (unknown !== undefined)
      throw new AppError('invalid-input', `only: there is no part ${unknown}`, { path: 'only' })
    return all.filter(({ name }) => only.includes(name))
  }

  return {
    ...classifyHandlers(deps),
    ...signatureHandlers(deps),
    'soc.panels': () => ({ panels: panels.map(({ shape }) => shape), total: panels.length }),
    'soc.estimate': async (asked, { signal }) => {
      const there = await server(asked.connection)
      return estimate(statementsOf(asked, there), { server: there, signal, totals: true })
    },
    'soc.panel': async ({ totals, consent, ...asked }, { signal }) => {
      const there = await server(asked.connection)
      const statements = statementsOf(asked, there)
      const { version, readonly, clockSkewMs } = there.clickhouse
      const told = { version, readonly, clockSkewMs }
      if (!consent) {
        const expected = await estimate(statements, { server: there, signal, totals })
        if (expected.rows > there.askAboveRows) return { parts: [], needsConsent: expected, server: told }
      }
      const context = { server: there, signal, totals, now: ports.clock }
      const parts = await Promise.all(statements.map((one) => runPart(one, context)))
      // Nobody is there: the page keeps what it has and says so.
      const [first] = parts
      if (first?.failure && parts.every(({ failure }) => AWAY.has(failure?.code))) throw AppError.from(first.failure)
      return { parts, needsConsent: null, server: told }
    },
    'soc.freeze': async ({ huntId, name, analyze, part, ...asked }) => {
      const importFrozen = await importInto(huntId)
      const there = await server(asked.connection)
      const [statement] = statementsOf({ ...asked, only: [part] }, there)
      if (!statement) throw new AppError('not-found', `There is no part ${part}.`, { part })
      const panel = panelOf(asked.panel)
      return jobs.start({
        kind: 'freeze',
        title: name ?? panel.shape.title,
        huntId,
        unit: 'rows',
        run: async (context) => {
          const frozen = await freezePart(panel, statement, there, ports.clock, context)
          return importFrozen(name === undefined ? frozen : { ...frozen, name }, analyze, context)
        },
      })
    },
  }
}
