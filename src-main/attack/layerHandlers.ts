import { readFile, stat } from 'node:fs/promises'
import { AppError } from '#contract/appError'
import type { LinkInput } from '#contract/cases'
import { safeStem } from '../files/exportTargets.ts'
import type { Tickets } from '../files/tickets.ts'
import type { JobContext } from '../jobs/jobRunner.ts'
import { type LayerTechnique, techniquesOfLayer } from '../reporting/navigator.ts'
import type { CallContext, HandlersOf } from '../rpc/handlers.ts'

/** A layer of every technique with long comments is far smaller, in bytes. */
const LAYER_BYTES_MAX = 10_000_000
/** Links of a case are written so many at once. */
const LINKS_AT_ONCE = 1_000

type Place = { path: string; replace: boolean }
export type LayerDeps = {
  tickets: Pick<Tickets, 'take' | 'discard'>
  writeJob(
    what: { title: string; name: string; to: string | undefined },
    write: (target: Place, context: JobContext) => Promise<{ bytes: number; leftOut: number }>,
  ): Promise<{ jobId: string }>
  hunt(id: string): Promise<{ name: string } | null>
  /** Techniques that the alerts of a hunt name. */
  used(huntId: string): Promise<{ id: string; alerts: number; rows: number }[]>
  layer(
    request: { name: string; description: string; techniques: LayerTechnique[]; target: Place },
    signal: AbortSignal,
  ): Promise<number>
  ofCase(caseId: string, to: string | undefined, context: CallContext): Promise<{ jobId: string }> | { jobId: string }
  intoCase(
    caseId: string,
    links: LinkInput[],
    context: CallContext,
  ): Promise<{ added: number; known: number }> | { added: number; known: number }
}

/** ATT&CK Navigator layers, out and in. */
export function layerHandlers(
  deps: LayerDeps,
): Pick<HandlersOf<'attack'>, 'attack.exportLayer' | 'attack.importLayer'> {
  return {
    'attack.exportLayer': async ({ caseId, huntId, to }, context) => {
      if (caseId !== undefined) return deps.ofCase(caseId, to, context)
      const id = huntId ?? ''
      const hunt = await deps.hunt(id)
      if (!hunt)
        throw new AppError('not-found', 'There is no such hunt. It may have been deleted.', { path: 'huntId', id })
      const name = `${safeStem(hunt.name, 'hunt')}.layer.json`
      return deps.writeJob({ title: `Techniques of ${hunt.name}`, name, to }, async (target, { signal }) => {
        const techniques = (await deps.used(id)).map(({ id: technique, alerts, rows }) => ({
          ...{ id: technique, score: alerts, severity: null },
          comment: `${alerts} alerts, ${rows} rows`,
        }))
        const place = { path: target.path, replace: target.replace }
        const bytes = await deps.layer({ name: hunt.name, description: '', techniques, target: place }, signal)
        return { bytes, leftOut: 0 }
      })
    },
    'attack.importLayer': async ({ caseId, ticket }, context) => {
      const file = deps.tickets.take(ticket)
      try {
        if ((await stat(file.path)).size > LAYER_BYTES_MAX)
          throw new AppError('too-large', `${file.name} is larger than 10 MB: that is no layer of ATT&CK Navigator.`)
        const layer = techniquesOfLayer(await readFile(file.path, 'utf8'))
        if (!layer)
          throw new AppError('invalid-input', `${file.name} is no layer of ATT&CK Navigator.`, { path: 'ticket' })
        let [added, known] = [0, 0]
        for (let n = 0; n < layer.techniques.length; n += LINKS_AT_ONCE) {
          const links = layer.techniques.slice(n, n + LINKS_AT_ONCE).map(({ id, comment }): LinkInput => ({
            ...{ kind: 'technique', target: id },
            ...(comment.trim() === '' ? {} : { note: comment.trim() }),
          }))
          const done = await deps.intoCase(caseId, links, context)
          added += done.added
          known += done.known
        }
        return { name: layer.name, added, known, wrong: layer.wrong }
      } finally {
        await deps.tickets.discard(file)
      }
    },
  }
}
