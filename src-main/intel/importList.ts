import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { AppError } from '#contract/appError'
import type { Parsed } from '#contract/contract'
import type { IntelList, IntelReport } from '#contract/intel'
import type { Verdict } from '#contract/values'
import type { OfferedFile, Tickets } from '../files/tickets.ts'
import type { JobContext, JobRunner } from '../jobs/jobRunner.ts'
import type { Ports } from '../ports.ts'
import type { Events } from '../rpc/events.ts'
import type { Store } from '../worker/pool.ts'
import { isBeingWritten, sweepIndicators, whileWriting } from './sweepIndicators.ts'

/** Lists whose names are looked at for one that is free. */
const NAMES_MAX = 10_000

type Deps = { store: Store; jobs: JobRunner; events: Events; ports: Ports; tickets: Tickets }
type Request = Parsed<'intel.import'>

/** Starts the import of a list. `old`: the list that gets new indicators; what it says stays unless the request says otherwise. */
export function createImportList(deps: Deps): (request: Request, old: IntelList | null) => Promise<{ jobId: string }> {
  const { jobs, tickets } = deps

  async function offered({ ticket, text }: Request): Promise<OfferedFile> {
    if (ticket !== undefined) return tickets.take(ticket)
    const upload = await tickets.upload('pasted.txt')
    upload.write.write(text ?? '')
    return tickets.take(await upload.done())
  }

  return async (request, old) => {
    const file = await offered(request)
    const name = request.name ?? old?.name ?? (request.ticket === undefined ? 'Pasted indicators' : file.name)
    return jobs.start({
      kind: 'intel-import',
      title: name,
      huntId: null,
      unit: 'bytes',
      run: async (context) => {
        try {
          return await importList(deps, { request, old, name, file }, context)
        } finally {
          // Uploads are not kept: a list is all that was in it.
          await tickets.discard(file)
        }
      },
    })
  }
}

/** Publishers call all their files alike: a list that is not named otherwise is told apart by a number. */
async function freeName(store: Store, wanted: string): Promise<string> {
  const { lists } = await store.read().intel.lists({ limit: NAMES_MAX, offset: 0 })
  const taken = new Set(lists.map(({ name }) => name))
  let name = wanted
  for (let n = 2; taken.has(name); n++) name = `${wanted} (${n})`
  return name
}

async function importList(
  { store, events, ports }: Deps,
  { request, old, name: wanted, file }: { request: Request; old: IntelList | null; name: string; file: OfferedFile },
  context: JobContext,
): Promise<IntelReport> {
  const purpose = old?.purpose ?? request.purpose
  const onProgress = (state: unknown): void => context.progress(bytesIn(state))
  const decided = request.verdict !== undefined || purpose === 'allow'
  const read = await store.task({ signal: context.signal, onProgress }).intel.read(file.path, decided)
  try {
    if (read.indicators === 0) throw nothingIn(wanted, read)
    const now = ports.clock().getTime()
    const name = request.name === undefined && old === null ? await freeName(store, wanted) : wanted
    const list = {
      ...{ id: old?.id ?? randomUUID(), name, purpose, format: `${read.format}${otherWords(read.otherVerdicts)}` },
      verdict: request.verdict ?? old?.verdict ?? usualVerdict(purpose, read.counts),
      source: request.source === undefined ? (old?.source ?? null) : request.source,
      confidence: request.confidence === undefined ? (old?.confidence ?? null) : request.confidence,
      expiresAt: msOf(request.expiresAt === undefined ? (old?.expiresAt ?? null) : request.expiresAt),
      subdomains: request.subdomains ?? old?.subdomains ?? false,
      file: request.ticket === undefined ? null : file.name,
    }
    context.progress({ note: 'Writing' })
    const content = await freshContent(store, now)
    await whileWriting(content, async () => {
      let from = await store.write.intel.addPart(content, read.file, null)
      while (from !== null) {
        if (context.signal.aborted) throw new AppError('cancelled', 'Cancelled.')
        from = await store.write.intel.addPart(content, read.file, from)
      }
      const { indicators, duplicates, rejected, counts } = read
      await store.write.intel.settle(list, old !== null, content, { indicators, duplicates, rejected, counts }, now)
    })
    events.emit('intel.changed', { id: list.id })
    return {
      ...{ listId: list.id, name, format: read.format, verdict: list.verdict, indicators: read.indicators },
      ...{ duplicates: read.duplicates, rejected: read.rejected, firstRejected: read.firstRejected },
      otherVerdicts: read.otherVerdicts,
    }
  } finally {
    await rm(read.file, { force: true })
    // What an import that was cancelled has written, and what new content took the place of.
    await sweepIndicators(store).catch((error: unknown) =>
      ports.log('warn', 'Old indicators could not be removed', error),
    )
  }
}

/** What stays with the list about words for a verdict that are none; '' where there are none. */
function otherWords({ lines, words }: IntelReport['otherVerdicts']): string {
  if (lines === 0) return ''
  const said = words.map(({ word, lines: of }) => `${word} ${of}`).join(', ')
  return `; ${lines === 1 ? '1 line says' : `${lines} lines say`} a verdict by another word (${said}) and took that of the list`
}

/** Of lines that say none; where every line says one, what most of them say. */
function usualVerdict(
  purpose: IntelList['purpose'],
  counts: readonly { verdict: Verdict | ''; count: number }[],
): Verdict {
  if (purpose === 'allow') return 'clean'
  const said = counts.toSorted((a, b) => b.count - a.count).flatMap(({ verdict }) => (verdict === '' ? [] : verdict))
  return said.length === counts.length ? (said[0] ?? 'malicious') : 'malicious'
}

async function freshContent(store: Store, now: number): Promise<number> {
  let content = await store.write.intel.newContent(now)
  while (isBeingWritten(content)) content++
  return content
}

const msOf = (iso: string | null): number | null => (iso === null ? null : Date.parse(iso))

function nothingIn(
  name: string,
  read: { rejected: number; firstRejected: readonly { line: number; reason: string }[] },
): AppError {
  const [first] = read.firstRejected
  const why = first ? ` Line ${first.line}: ${first.reason}.` : ''
  return new AppError('invalid-input', `${name} holds no indicator that can be used.${why}`, {
    path: 'ticket',
    rejected: read.rejected,
  })
}

function bytesIn(state: unknown): { done?: number; total?: number } {
  if (typeof state !== 'object' || state === null) return {}
  const number = (name: string): number | undefined => {
    const value: unknown = Reflect.get(state, name)
    return typeof value === 'number' ? value : undefined
  }
  const [done, total] = [number('bytes'), number('total')]
  return { ...(done === undefined ? {} : { done }), ...(total === undefined ? {} : { total }) }
}
