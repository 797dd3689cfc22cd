import type { useBackend } from '../../backend/BackendContext.ts'
import { kinds, kindTypes, type Kind } from './correlateParams.ts'
import { hostThings, iocThings, techniqueThings, type Thing } from './things.ts'
import type { Answer, Question } from './useCorrelation.ts'

type Source = 'ioc' | 'host' | 'technique'
/** What is listed one after another: the question, and which lists of its answer follow each other. */
export type Listed = { question: Question; sources: readonly Source[] }

/** All of one kind, or of every kind but for those that are not shown: indicators, then hosts, then techniques. */
export function listedOf(question: Question, kind: Kind | null, without: readonly Kind[]): Listed {
  const chosen = kind === null ? kinds.filter((one) => !without.includes(one)) : [kind]
  const types = chosen.flatMap((one) => [...kindTypes[one]])
  const every = kinds.every((one) => kindTypes[one].length === 0 || chosen.includes(one))
  return {
    question: types.length === 0 || every ? question : { ...question, types },
    sources: [
      ...(types.length > 0 ? (['ioc'] as const) : []),
      ...(['host', 'technique'] as const).filter((one) => chosen.includes(one)),
    ],
  }
}

/** The things of one list of an answer. */
export const thingsOf = (answer: Answer, source: Source): Thing[] =>
  source === 'host'
    ? hostThings(answer.hosts)
    : source === 'technique'
      ? techniqueThings(answer.techniques)
      : iocThings(answer.iocs)

const countOf = ({ counts }: Answer, source: Source): number =>
  source === 'host' ? counts.hosts : source === 'technique' ? counts.techniques : counts.iocs

/** How many things are listed. `answer`: to the question of what is listed. */
export const totalOf = (answer: Answer, { sources }: Listed): number =>
  sources.reduce((sum, source) => sum + countOf(answer, source), 0)

/** A page of what is listed, which may reach over the end of one list into the next. */
export async function listedThings(
  backend: ReturnType<typeof useBackend>,
  { question, sources }: Listed,
  answer: Answer,
  { offset, limit }: { offset: number; limit: number },
  signal?: AbortSignal,
): Promise<Thing[]> {
  const things: Thing[] = []
  let skip = offset
  for (const source of sources) {
    const total = countOf(answer, source)
    const most = Math.min(limit - things.length, total - skip)
    if (most > 0) {
      const page = await backend.call(
        'correlation.run',
        { ...question, offset: skip, limit: most },
        signal ? { signal } : {},
      )
      things.push(...thingsOf(page, source))
    }
    skip = Math.max(0, skip - total)
  }
  return things
}
