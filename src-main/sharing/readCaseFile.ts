import { open, type FileHandle } from 'node:fs/promises'
import { createInflateRaw } from 'node:zlib'
import { AppError } from '#contract/appError'
import { decrypted, type Key } from './age.ts'
import { contents as contentsShape, manifest as manifestShape, type Contents, type Manifest } from './contents.ts'
import { through } from './drained.ts'
import {
  BOMB_FROM,
  BOMB_RATIO,
  CONTENTS,
  CONTENTS_MAX,
  datasetPart,
  FORMAT,
  MANIFEST,
  recordsPart,
  sourcePart,
  VERSIONS,
} from './parts.ts'
import { readDirectory, readPart, type ReadPart } from './readZip.ts'
import { altered } from './refusals.ts'
import { LOCAL_BYTES, localHeader, DEFLATED, type Entry } from './zipLayout.ts'

/** A case file whose directory, contents and manifest fit together. Its other parts are proved as they are read. */
export type OpenCaseFile = {
  contents: Contents
  manifest: Manifest
  /** SHA-256 of the manifest. */
  fingerprint: string
  /** Names of all parts between contents and manifest. */
  parts: readonly string[]
  /** Bytes of a part, unpacked; 0 where it is not in the file. */
  sizeOf(name: string): number
  /** The bytes of a part; at its end they are what the manifest says, or AppError 'invalid-input'. */
  read(name: string): AsyncGenerator<Buffer>
  close(): Promise<void>
}

/** Opens a case file that is not encrypted (any more). AppError 'invalid-input', which says what is wrong. */
export async function openCaseFile(path: string, nouns: readonly string[]): Promise<OpenCaseFile> {
  const file = await open(path)
  try {
    const entries = await readDirectory(file, (await file.stat()).size)
    const [first, last] = [entries[0], entries.at(-1)]
    if (first?.name !== CONTENTS || last?.name !== MANIFEST)
      throw altered('it does not begin with its contents or not end with its manifest')
    const proof: { [K in 'contents' | 'manifest']?: ReadPart } = {}
    const contents = checked(await wholePart(file, first, (part) => (proof.contents = part)), contentsShape, CONTENTS)
    const manifest = checked(await wholePart(file, last, (part) => (proof.manifest = part)), manifestShape, MANIFEST)
    checkParts(entries, contents, manifest, nouns)
    if (manifest.parts[0]?.sha256 !== proof.contents?.sha256)
      throw altered(`the SHA-256 of ${CONTENTS} is not the one in the manifest`)
    const byName = new Map(entries.map((entry, n) => [entry.name, { entry, said: manifest.parts[n] }]))
    return {
      contents,
      manifest,
      fingerprint: proof.manifest?.sha256 ?? '',
      parts: entries.slice(1, -1).map(({ name }) => name),
      sizeOf: (name) => byName.get(name)?.entry.size ?? 0,
      read(name) {
        const part = byName.get(name)
        if (!part) throw altered(`it has no part ${name}`)
        const { entry, said } = part
        return readPart(file, entry, ({ sha256 }) => {
          if (sha256 !== said?.sha256) throw altered(`the SHA-256 of ${name} is not the one in the manifest`)
        })
      },
      close: () => file.close(),
    }
  } catch (error) {
    await file.close()
    throw error
  }
}

async function wholePart(file: FileHandle, entry: Entry, done: (part: ReadPart) => void): Promise<Buffer> {
  const blocks: Buffer[] = []
  for await (const block of readPart(file, entry, done)) blocks.push(block)
  return Buffer.concat(blocks)
}

function checked<T>(
  bytes: Buffer,
  shape: { safeParse(value: unknown): { success: true; data: T } | { success: false; error: Error } },
  name: string,
): T {
  let value: unknown
  try {
    value = JSON.parse(bytes.toString('utf8'))
  } catch (error) {
    throw altered(`${name} is no JSON`, error)
  }
  if (
    typeof value === 'object' &&
    value !== null &&
    'version' in value &&
    'format' in value &&
    value.format === FORMAT &&
    !VERSIONS.some((known) => known === value.version)
  )
    throw new AppError(
      'invalid-input',
      `The case file has version ${JSON.stringify(value.version)}; this Huntbench reads versions ${VERSIONS.join(' and ')}. A newer Huntbench may have written it.`,
      { path: 'ticket' },
    )
  const parsed = shape.safeParse(value)
  if (!parsed.success) throw altered(`${name} does not say what it should: ${firstIssue(parsed.error)}`, parsed.error)
  return parsed.data
}

/** What zod complains about first, in one line. */
export function firstIssue(error: Error): string {
  const issues: unknown = 'issues' in error ? error.issues : null
  const [issue] = Array.isArray(issues) ? issues : []
  if (typeof issue !== 'object' || issue === null) return 'it has another shape'
  return `${Array.isArray(issue.path) ? issue.path.join('.').slice(0, 200) : ''}: ${String(issue.message).slice(0, 200)}`
}

/** Parts are those that the contents ask for, each once, as large as the manifest says, and no bombs. */
function checkParts(entries: readonly Entry[], contents: Contents, manifest: Manifest, nouns: readonly string[]): void {
  const { datasets } = contents
  const strange = Object.keys(contents.records).find((noun) => !nouns.includes(noun))
  if (strange !== undefined)
    throw new AppError(
      'invalid-input',
      `The case file holds ${JSON.stringify(strange.slice(0, 50))}, which this Huntbench does not know. A newer one may have written it.`,
      { path: 'ticket' },
    )
  const ids = new Set(datasets.map(({ id }) => id))
  if (ids.size !== datasets.length) throw altered('its contents name a dataset twice')
  const hunts = new Set(contents.hunts.map(({ id }) => id))
  if (datasets.some(({ huntId }) => !hunts.has(huntId))) throw altered('its contents name a dataset of no hunt')
  const wanted = [
    CONTENTS,
    ...Object.keys(contents.records).map(recordsPart),
    ...datasets.flatMap(({ id }) => [
      datasetPart(id, 'reading'),
      datasetPart(id, 'rows'),
      ...(contents.rows === 'all' ? [datasetPart(id, 'quarantine')] : []),
    ]),
    ...datasets.flatMap(({ id, source }) => (source ? [sourcePart(id)] : [])),
  ]
  const found = entries.slice(0, -1).map(({ name }) => name)
  const missing = wanted.find((name) => !found.includes(name))
  if (missing !== undefined) throw altered(`${missing} is missing`)
  if (found.length !== wanted.length || manifest.parts.length !== wanted.length)
    throw altered('it has parts that its contents do not speak of')
  for (const [n, { name, size }] of entries.slice(0, -1).entries()) {
    const said = manifest.parts[n]
    if (said?.name !== name || said.size !== size)
      throw altered(`the manifest does not say of ${name} what the directory says`)
  }
  for (const { id, sha256, size } of datasets) {
    const said = manifest.sources.find(({ datasetId }) => datasetId === id)
    if (said?.sha256 !== sha256 || said.size !== size) throw altered('contents and manifest name different sources')
  }
  const [size, packed] = [sum(entries, 'size'), sum(entries, 'packed')]
  if (size > BOMB_FROM && size > packed * BOMB_RATIO)
    throw new AppError(
      'too-large',
      `The case file would unpack to ${size} bytes, ${Math.round(size / packed)} times what it has, as an archive bomb does. It was not opened.`,
      { path: 'ticket' },
    )
}

const sum = (entries: readonly Entry[], what: 'size' | 'packed'): number =>
  entries.reduce((total, entry) => total + entry[what], 0)

/** The contents of an encrypted file: its beginning is enough, and it stands as the encryption proves it. AppError 'invalid-input'. */
export async function peekContents(path: string, key: Key): Promise<Contents> {
  const skip = LOCAL_BYTES + CONTENTS.length
  let head = Buffer.alloc(0)
  const rest = async function* (): AsyncGenerator<Uint8Array> {
    for await (const piece of decrypted(path, key)) {
      if (head.length === skip) {
        yield piece
        continue
      }
      const missing = skip - head.length
      head = Buffer.concat([head, piece.subarray(0, missing)])
      if (head.length === skip && !head.equals(localHeader(CONTENTS, DEFLATED)))
        throw altered('it does not begin with its contents')
      if (piece.length > missing) yield piece.subarray(missing)
    }
  }
  const blocks: Buffer[] = []
  let size = 0
  try {
    // What stands behind the contents is left: an end of deflated data says itself where it is.
    for await (const block of through(rest(), createInflateRaw())) {
      size += block.length
      if (size > CONTENTS_MAX) throw altered(`${CONTENTS} is larger than ${CONTENTS_MAX} bytes`)
      blocks.push(block)
    }
  } catch (error) {
    throw error instanceof AppError ? error : altered(`${CONTENTS} cannot be unpacked`, error)
  }
  return checked(Buffer.concat(blocks), contentsShape, CONTENTS)
}
