import { noiseKinds, type IocType, type NoiseKind } from '#contract/values'
import { setParams, useRoute, type ParamChanges } from '../../state/route.ts'
import type { EntityType } from '../../ui/EntityMark.tsx'

/** What a matrix shows together; the word stands in the URL. */
export const kinds = ['address', 'domain', 'url', 'email', 'hash', 'ja4', 'host', 'technique'] as const
export type Kind = (typeof kinds)[number]

export const kindTitle: Record<Kind, string> = {
  address: 'Addresses',
  domain: 'Domains',
  url: 'URLs',
  email: 'E-mail addresses',
  hash: 'Hashes',
  ja4: 'JA4',
  host: 'Hosts',
  technique: 'Techniques',
}
export const kindTypes: Record<Kind, readonly IocType[]> = {
  address: ['ipv4', 'ipv6'],
  domain: ['domain'],
  url: ['url'],
  email: ['email'],
  hash: ['md5', 'sha1', 'sha256'],
  ja4: ['ja4'],
  host: [],
  technique: [],
}
export const kindEntity = (kind: Kind): EntityType | null => (kind === 'technique' ? null : kind)
export const kindOf = (type: IocType): Kind => kinds.find((kind) => kindTypes[kind].includes(type)) ?? 'host'

/** Noise that a matrix leaves out until somebody says otherwise. */
const HIDDEN_AT_FIRST: readonly NoiseKind[] = ['well-known', 'allow-list']

export type CorrelateParams = {
  /** null: all hunts. */
  hunts: readonly string[] | null
  hide: readonly NoiseKind[]
  maxDatasets: number | null
  maxRows: number | null
  /** One kind alone, all of it; null: the most frequent of each. */
  kind: Kind | null
  /** Kinds that are not shown. */
  without: readonly Kind[]
  text: string
  as: 'matrix' | 'table'
  /** Key of the selected thing. */
  sel: string | null
}

const words = (text: string | null): string[] => (text ?? '').split(',').filter((word) => word !== '')
const number = (text: string | null): number | null => (/^[1-9]\d{0,8}$/.test(text ?? '') ? Number(text) : null)

/** Reads the URL; what it does not understand it leaves out. */
export function correlateParams(params: URLSearchParams): CorrelateParams {
  const hunts = params.get('hunts')
  const hide = params.get('hide')
  return {
    hunts: hunts === null ? null : words(hunts).filter((id) => /^[0-9a-f-]{36}$/i.test(id)),
    hide: hide === null ? HIDDEN_AT_FIRST : noiseKinds.filter((noise) => words(hide).includes(noise)),
    maxDatasets: number(params.get('datasets')),
    maxRows: number(params.get('rows')),
    kind: kinds.find((kind) => kind === params.get('kind')) ?? null,
    without: kinds.filter((kind) => words(params.get('without')).includes(kind)),
    text: params.get('q') ?? '',
    as: params.get('as') === 'table' ? 'table' : 'matrix',
    sel: params.get('sel'),
  }
}

export const useCorrelateParams = (): CorrelateParams => correlateParams(useRoute().params)

/** What of the choice belongs into the links to the other tabs. */
export const scopeParams = ({ hunts, hide }: CorrelateParams): ParamChanges => ({
  hunts: hunts === null ? null : hunts.join(',') || 'none',
  hide: hideParam(hide),
})

export function hideParam(hide: readonly NoiseKind[]): string | null {
  const same = hide.length === HIDDEN_AT_FIRST.length && HIDDEN_AT_FIRST.every((noise) => hide.includes(noise))
  return same ? null : hide.join(',') || 'none'
}

/** A choice of what is compared is a step in the history. */
export const change = (changes: ParamChanges): void => setParams(changes, { replace: false })
