// The parts of a case file, by the closed grammar of their names. CASEFILE.md describes each.

const ID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'

export const FORMAT = 'huntbench-case-file'
/** The version that this program writes. */
export const VERSION = 2
/** Those that it reads. Version 1 has no part `detectorRuns`. */
export const VERSIONS = [1, VERSION] as const

/** First in the file: what it holds, for `inspect`. */
export const CONTENTS = 'contents.json'
/** Last in the file: size and SHA-256 of every other part. */
export const MANIFEST = 'manifest.json'

export type PartKind = 'records' | 'reading' | 'rows' | 'quarantine' | 'source'

export const recordsPart = (noun: string): string => `records/${noun}.jsonl`
export const datasetPart = (id: string, what: 'reading' | 'rows' | 'quarantine'): string =>
  `datasets/${id}/${what}.${what === 'reading' ? 'json' : 'jsonl'}`
export const sourcePart = (id: string): string => `sources/${id}`

const GRAMMAR: readonly [RegExp, PartKind][] = [
  [/^records\/[a-z][A-Za-z]{0,40}\.jsonl$/, 'records'],
  [new RegExp(`^datasets/${ID}/reading\\.json$`), 'reading'],
  [new RegExp(`^datasets/${ID}/rows\\.jsonl$`), 'rows'],
  [new RegExp(`^datasets/${ID}/quarantine\\.jsonl$`), 'quarantine'],
  [new RegExp(`^sources/${ID}$`), 'source'],
]

/** What kind of part has that name; null for the first and the last part, undefined for a name that no case file holds. */
export function partKind(name: string): PartKind | null | undefined {
  if (name === CONTENTS || name === MANIFEST) return null
  return GRAMMAR.find(([form]) => form.test(name))?.[1]
}

/** Bytes, unpacked, that a part may have at most by its kind: rows and sources as much as a disk takes. */
export const PART_MAX: Record<PartKind, number> = {
  records: 1024 ** 3,
  reading: 32 * 1024 ** 2,
  rows: 1024 ** 4,
  quarantine: 256 * 1024 ** 3,
  source: 1024 ** 4,
}
export const CONTENTS_MAX = 16 * 1024 ** 2
export const MANIFEST_MAX = 16 * 1024 ** 2
export const PARTS_MAX = 10_000
/** One line of a part, in bytes: a row of 16 MB, every character of it escaped. */
export const LINE_MAX = 112 * 1024 ** 2
/** Beyond this ratio and size a file is taken for a bomb. What this program writes is packed at most 229 : 1, whatever it is. */
export const BOMB_RATIO = 250
export const BOMB_FROM = 256 * 1024 ** 2
