import { AppError } from '#contract/appError'
import { CASE_ROWS_MAX } from '#contract/caseLinks'
import type { CaseLink, LinkInput, Resolved } from '#contract/cases'
import type { RowChoice } from '#contract/rowFilter'
import { iocTypes } from '#contract/values'
import type { Store } from '../worker/pool.ts'
import type { CaseDeps } from './caseHandlers.ts'

/** What the writer keeps of a link. */
export type KeptLink = Parameters<Store['write']['cases']['link']>[1][number]

/**
 * Links as they are kept: indicators in their usual form, rows with the text that tells most of them, everything by the name
 * that the activity will call it. AppError 'not-found' for what is not there, 'invalid-input' for what is no indicator.
 */
export async function linksToKeep(
  { store, rowsOf, named }: CaseDeps,
  links: readonly LinkInput[],
  signal: AbortSignal,
): Promise<KeptLink[]> {
  const kept: KeptLink[] = []
  for (const [n, link] of links.entries()) {
    if (link.kind === 'ioc') kept.push(await iocLink(store, link, n))
    else if (link.kind === 'row') {
      const [datasetId = '', row = ''] = link.target.toLowerCase().split('/')
      kept.push(...(await rowLinks({ store, rowsOf }, { datasetId, rows: [Number(row)] }, link.note, signal)))
    } else {
      const [place] = await placesOf(store, named, [link])
      if (place?.found !== true)
        throw new AppError('not-found', `There is no such ${link.kind}. It may have been deleted.`, {
          path: `links.${n}.target`,
          id: link.target,
        })
      kept.push({ ...link, label: place.label })
    }
  }
  return kept
}

/** The chosen rows with the text that tells most of each. AppError 'too-large' for more than CASE_ROWS_MAX, 'not-found'. */
export async function rowLinks(
  { store, rowsOf }: Pick<CaseDeps, 'store' | 'rowsOf'>,
  { datasetId, ...choice }: RowChoice,
  note: string | undefined,
  signal: AbortSignal,
): Promise<KeptLink[]> {
  const rows = await (await rowsOf(datasetId, signal)).evidence(datasetId, choice, CASE_ROWS_MAX)
  const targets = rows.map(({ row }) => ({ kind: 'row' as const, target: `${datasetId}/${row}` }))
  const places = await store.read().cases.resolve(targets, true)
  return rows.map(({ field, value }, n) => {
    const { kind, target } = targets[n] ?? { kind: 'row' as const, target: '' }
    return { kind, target, label: places[n]?.label ?? target, field, value, note }
  })
}

async function iocLink(store: Store, link: Extract<LinkInput, { kind: 'ioc' }>, n: number): Promise<KeptLink> {
  const { type, ...rest } = link
  const [meant] = await store.read().intel.lookUp([link.target], 0)
  // A domain outside of the public suffixes is one because somebody says so.
  const [named] = meant?.type ? [] : await store.read().intel.indicatorsIn([link.target])
  const found = Array.isArray(named) && named[0] ? { type: named[0].type, normal: named[0].value } : meant
  const looksLike = iocTypes.find((known) => known === found?.type)
  const iocType = type ?? looksLike
  if (iocType === undefined)
    throw new AppError(
      'invalid-input',
      `${link.target.slice(0, 100)} is no address, domain, URL, hash, mail, host name or JA4.`,
      { path: `links.${n}.target` },
    )
  const value = iocType === looksLike ? (found?.normal ?? link.target) : link.target
  return { ...rest, target: value, label: value, iocType }
}

/** What techniques are called. */
export type Naming = (technique: string) => string

/** References with their present state; `here`: rows are numbered as in this workspace. */
export async function placesOf(
  store: Store,
  named: Naming,
  references: Parameters<ReturnType<Store['read']>['cases']['resolve']>[0],
  here = false,
): Promise<Resolved[]> {
  return completed(named, await store.read().cases.resolve(references, here))
}

/** Gives techniques their names, which the workspace database does not know. */
export const completed = <T extends Pick<CaseLink, 'label'> & { kind: string; target: string }>(
  named: Naming,
  places: readonly T[],
): T[] => places.map((place) => (place.kind === 'technique' ? { ...place, label: named(place.target) } : place))
