import { AppError } from '#contract/appError'
import type { Output, Parsed } from '#contract/contract'
import type { AskedCopies, KnownCopy } from './askedCopies.ts'
import type { CopyDeps } from './copyHandlers.ts'
import {
  timeline,
  timelineHistogram,
  timelinePosition,
  type Hunted,
  type LeftOut,
  type MakesEvents,
  type TimelineCopy,
} from './copyTimeline.ts'

/** Copies on one timeline, as datasets on that of this computer. */
const COPIES_MAX = 500

type Named = { id: string; name: string }
type Which = { huntId: string; connection: string; datasetIds?: string[] | undefined }
type Ask<K extends 'rows.timeline' | 'rows.timelinePosition' | 'rows.timelineHistogram'> = Omit<
  Parsed<K>,
  'huntId' | 'connection' | 'datasetIds'
>

/** The timeline of a hunt over its copies on one server; what the server has nothing of is left out and says so. */
export function timelinesOf({ store, server }: Pick<CopyDeps, 'store' | 'server'>, asked: AskedCopies) {
  /** `here`: the datasets of the hunt that can be read, in their order. */
  async function hunted({ huntId, connection, datasetIds }: Which, here: readonly Named[], signal: AbortSignal) {
    const { name } = await server(connection)
    const found = await store.read().copies.ofHunt(huntId, connection)
    const wanted = ({ id }: { id: string }): boolean => datasetIds === undefined || datasetIds.includes(id)
    const without: LeftOut[] = []
    const chosen: KnownCopy[] = []
    for (const dataset of here.filter(wanted)) {
      const copy = found.find(({ datasetId }) => datasetId === dataset.id)
      if (copy && !copy.stale) chosen.push(copy)
      else
        without.push({
          ...dataset,
          leftOut: copy ? `It was read otherwise since it was sent to ${name}.` : `It was not sent to ${name}.`,
        })
    }
    // Datasets that were deleted here are still there.
    chosen.push(...found.filter(({ gone, datasetId }) => gone && wanted({ id: datasetId })))
    if (chosen.length === 0)
      throw new AppError('conflict', `Nothing of this hunt is on ${name} as it is here. Send it again.`, {
        id: connection,
      })
    if (chosen.length > COPIES_MAX)
      throw new AppError(
        'too-large',
        `A timeline takes at most ${COPIES_MAX} copies; ${chosen.length} are there. Name the datasets.`,
      )
    const facts = new Map(chosen.map((copy) => [copy.datasetId, copy]))
    const copies = await Promise.all(
      chosen.map(async (copy): Promise<TimelineCopy> => {
        const { datasetId: id, datasetName: called } = copy
        return { id, name: called, copy: await asked.ask(copy, signal), span: copy.facts?.span }
      }),
    )
    return { hunted: { copies, without } satisfies Hunted, make: eventsOf(facts, huntId, signal) }
  }

  function eventsOf(facts: ReadonlyMap<string, KnownCopy>, huntId: string, signal: AbortSignal): MakesEvents {
    const reader = store.read({ signal, key: `timeline ${huntId}` }).rows
    const sourceOf = ({ id }: TimelineCopy) => {
      const known = facts.get(id)
      return {
        id,
        columns: known?.columns ?? [],
        profile: known?.facts?.profile ?? null,
        unset: known?.facts?.unset ?? [],
      }
    }
    return {
      columns: (of) => reader.timelineColumns(sourceOf(of)),
      events: (of, rows, cells) => reader.timelineEvents(sourceOf(of), rows, cells),
    }
  }

  return {
    async page(
      which: Which,
      here: readonly Named[],
      question: Ask<'rows.timeline'>,
      signal: AbortSignal,
    ): Promise<Output<'rows.timeline'>> {
      const { hunted: of, make } = await hunted(which, here, signal)
      return timeline(of, question, make)
    },
    position: async (
      which: Which,
      here: readonly Named[],
      question: Ask<'rows.timelinePosition'>,
      signal: AbortSignal,
    ) => timelinePosition((await hunted(which, here, signal)).hunted, question),
    histogram: async (
      which: Which,
      here: readonly Named[],
      question: Ask<'rows.timelineHistogram'>,
      signal: AbortSignal,
    ) => timelineHistogram((await hunted(which, here, signal)).hunted, question),
  }
}
