import { AppError } from '#contract/appError'
import type { CaseFileNoun } from '#contract/values'
import { caseFileNouns } from '#contract/values'
import type { Contents } from './contents.ts'
import { datasetShape, isSharedRow, sharedReject, type DatasetShape } from './datasetShape.ts'
import { parsedLines } from './jsonLines.ts'
import { kinds } from './kinds/index.ts'
import { datasetPart, partKind, recordsPart, sourcePart } from './parts.ts'
import { firstIssue, type OpenCaseFile } from './readCaseFile.ts'
import { isOfTheFuture, recordCheck, type CaseRecord } from './record.ts'
import { altered } from './refusals.ts'
import { sharedTags, type SharedTags } from './tags.ts'

/** Lines between two looks at whether it was cancelled. */
const LINES_PER_STEP = 1_000

export type CaseChecks = {
  now: number
  /** Throws where it was cancelled; told the bytes that were read. */
  goOn(bytes: number): void
  record?(noun: CaseFileNoun, record: CaseRecord | SharedTags): void
  /** How a dataset is read; throws where that cannot be. */
  shape?(id: string, shape: DatasetShape): void
  /** A part that is not what it should be. Throwing ends the check. */
  problem(part: string, error: AppError): void
}

/** Reads every part of a case file to its end: hashes, lines, shapes, counts. Answers the bytes that were read. */
export async function checkCaseFile(file: OpenCaseFile, checks: CaseChecks): Promise<number> {
  let bytes = 0
  const counted = async function* (name: string): AsyncGenerator<Buffer> {
    for await (const block of file.read(name)) {
      bytes += block.length
      checks.goOn(bytes)
      yield block
    }
  }
  for (const name of file.parts) {
    try {
      await checkPart(file, name, counted(name), checks, () => checks.goOn(bytes))
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'cancelled') throw error
      checks.problem(name, error)
    }
  }
  return bytes
}

async function checkPart(
  { contents }: OpenCaseFile,
  name: string,
  blocks: AsyncGenerator<Buffer>,
  checks: CaseChecks,
  look: () => void,
): Promise<void> {
  switch (partKind(name)) {
    case 'records':
      return checkRecords(contents, name, blocks, checks, look)
    case 'reading': {
      const pieces: Buffer[] = []
      for await (const block of blocks) pieces.push(block)
      const id = name.split('/')[1] ?? ''
      const parsed = datasetShape.safeParse(jsonOf(Buffer.concat(pieces), name))
      if (!parsed.success) throw altered(`${name} does not say what it should: ${firstIssue(parsed.error)}`)
      return checks.shape?.(id, parsed.data)
    }
    case 'rows':
      return checkRows(contents, name, blocks, look)
    case 'quarantine': {
      for await (const { line, value } of parsedLines(blocks, name)) {
        if (line % LINES_PER_STEP === 0) look()
        if (!sharedReject.safeParse(value).success) throw altered(`line ${line} of ${name} is no rejected record`)
      }
      return
    }
    default:
      // A source: its bytes are whatever they are, and were hashed on the way.
      for await (const block of blocks) void block
  }
}

function jsonOf(bytes: Buffer, name: string): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch (error) {
    throw altered(`${name} is no JSON`, error)
  }
}

async function checkRecords(
  contents: Contents,
  name: string,
  blocks: AsyncGenerator<Buffer>,
  checks: CaseChecks,
  look: () => void,
): Promise<void> {
  const noun = caseFileNouns.find((known) => recordsPart(known) === name)
  const kind = kinds.find((known) => known.noun === noun)
  if (noun === undefined) throw altered(`${name} is no part of a case file`)
  const check = kind ? recordCheck(kind) : sharedTags
  const ids = new Set<string>()
  let lines = 0
  for await (const { line, value } of parsedLines(blocks, name)) {
    if (line % LINES_PER_STEP === 0) look()
    const parsed = check.safeParse(value)
    if (!parsed.success)
      throw altered(`line ${line} of ${name} does not hold what it should: ${firstIssue(parsed.error)}`)
    const record = parsed.data
    checkExtent(contents, record, () => altered(`line ${line} of ${name} speaks of more rows than the file has`))
    if (kind && 'id' in record && isOfTheFuture(kind, record, checks.now))
      throw altered(`line ${line} of ${name} was changed in the future`)
    const id = 'id' in record ? record.id : `${record.dataset_id} ${record.tag}`
    if (ids.has(id)) throw altered(`line ${line} of ${name} repeats a record`)
    ids.add(id)
    lines++
    checks.record?.(noun, record)
  }
  if (lines !== contents.records[noun])
    throw altered(`${name} has ${lines} lines, the contents say ${contents.records[noun] ?? 0}`)
}

/** Sets of rows are no larger than what the file holds of their dataset: a run of four thousand million rows is one line. */
function checkExtent({ datasets }: Contents, record: CaseRecord | SharedTags, refusal: () => AppError): void {
  if (record.rows === null) return
  const id = 'values' in record ? record.values['dataset_id'] : record.dataset_id
  const rows = record.rows.reduce((sum, [from, to]) => sum + to - from + 1, 0)
  if (rows > (datasets.find((dataset) => dataset.id === id)?.rows ?? 0)) throw refusal()
}

async function checkRows(
  contents: Contents,
  name: string,
  blocks: AsyncGenerator<Buffer>,
  look: () => void,
): Promise<void> {
  const dataset = contents.datasets.find(({ id }) => datasetPart(id, 'rows') === name)
  let [rows, last] = [0, 0]
  for await (const { line, value } of parsedLines(blocks, name)) {
    if (line % LINES_PER_STEP === 0) look()
    if (!isSharedRow(value)) throw altered(`line ${line} of ${name} is no row`)
    const [row] = value
    if (row <= last) throw altered(`line ${line} of ${name} is out of order`)
    last = row
    rows++
  }
  if (rows !== dataset?.rows || last > dataset.of || rows > dataset.of)
    throw altered(`${name} has ${rows} rows, the contents say ${dataset?.rows ?? 0} of ${dataset?.of ?? 0}`)
}

/** What a part is, for people. */
export function aboutPart({ datasets }: Contents, name: string): string {
  const noun = caseFileNouns.find((known) => recordsPart(known) === name)
  if (noun !== undefined) return `Records: ${noun}`
  for (const { id, name: dataset, file } of datasets) {
    if (name === sourcePart(id)) return `Source ${file}`
    if (name === datasetPart(id, 'rows')) return `Rows of ${dataset}`
    if (name === datasetPart(id, 'quarantine')) return `Quarantine of ${dataset}`
    if (name === datasetPart(id, 'reading')) return `Columns of ${dataset}`
  }
  return name
}
