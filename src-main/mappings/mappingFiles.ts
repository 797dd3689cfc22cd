import { readFile, stat, writeFile } from 'node:fs/promises'
import { AppError } from '#contract/appError'
import { mappingFile, type Mapping, type MappingFile } from '#contract/mappings'

/** A file of 2,000 mappings is smaller, in bytes. */
const FILE_BYTES_MAX = 20_000_000

/** Writes mappings as a file for a colleague; answers its size in bytes. */
export async function writeMappings(path: string, replace: boolean, mappings: readonly Mapping[]): Promise<number> {
  const file: MappingFile = {
    kind: 'huntbench-mappings',
    version: 1,
    mappings: mappings.map(({ name, headers, reading }) => ({ name, headers, reading })),
  }
  const text = `${JSON.stringify(file, null, 2)}\n`
  await writeFile(path, text, { flag: replace ? 'w' : 'wx' })
  return Buffer.byteLength(text)
}

/** The mappings of such a file. AppError 'too-large', or 'invalid-input' that says where it is wrong. */
export async function readMappings(path: string, name: string): Promise<MappingFile['mappings']> {
  if ((await stat(path)).size > FILE_BYTES_MAX)
    throw new AppError('too-large', `${name} is larger than 20 MB: that is no file of mappings.`)
  const wrong = (why: string): AppError =>
    new AppError('invalid-input', `${name} is no file of mappings: ${why}`, { path: 'ticket' })
  let content: unknown
  try {
    content = JSON.parse((await readFile(path, 'utf8')).replace(/^\uFEFF/, ''))
  } catch {
    throw wrong('it is not JSON.')
  }
  const parsed = mappingFile.safeParse(content)
  if (parsed.success) return parsed.data.mappings
  const [issue] = parsed.error.issues
  const at = issue?.path.join('.') ?? ''
  if (at === '' || at === 'kind') throw wrong('it does not say "kind": "huntbench-mappings".')
  if (at === 'version') throw wrong('a newer version of the program wrote it.')
  throw wrong(`${at}: ${issue?.message ?? 'not as expected'}.`)
}
