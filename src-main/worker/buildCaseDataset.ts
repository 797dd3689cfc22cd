import { AppError } from '#contract/appError'
import { caseFileNouns } from '#contract/values'
import type { ImportResult } from '../importer/importRequest.ts'
import { datasetShape, isSharedRow, sharedReject, type DatasetShape } from '../sharing/datasetShape.ts'
import { parsedLines } from '../sharing/jsonLines.ts'
import { datasetPart, sourcePart } from '../sharing/parts.ts'
import { openCaseFile, type OpenCaseFile } from '../sharing/readCaseFile.ts'
import { altered } from '../sharing/refusals.ts'
import { caseRows, type SourceRow } from '../sqlite/caseRows.ts'
import type { QuarantineEntry } from '../sqlite/datasetCells.ts'
import { writingFailure } from '../sqlite/datasetWriter.ts'
import { rowSetOf, rowsOf, type RowSet } from '../sqlite/rowSet.ts'
import type { TaskContext } from './contexts.ts'
import { FAST_FROM, fillRows } from './fillRows.ts'
import { sharedBeginning } from './sharedBeginning.ts'
import { writeStream } from './writeStream.ts'

const ROWS_PER_STEP = 1_000

export type BuildRequest = {
  /** The case file, not encrypted. */
  path: string
  /** Id of the dataset in it. */
  from: string
  /** The dataset file to write; must not exist. */
  target: string
  /** The dataset of this workspace whose rows are to be kept, with their numbers in the source. */
  here: { id: string; excerpt: RowSet } | null
  /** Where the source goes if it is in the file; null: it is not wanted. */
  source: string | null
}
export type BuildResult = { result: ImportResult; excerpt: RowSet | null; of: number; source: boolean }

/**
 * Makes a dataset file of the rows of a case file, with those that are here already. Nothing but texts is taken over: tables,
 * types, times, indicators and hosts are made by this program as in an import. AppError 'cancelled', 'invalid-input', 'disk-full'.
 */
export async function buildCaseDataset(context: TaskContext, request: BuildRequest): Promise<BuildResult> {
  const file = await openCaseFile(request.path, caseFileNouns)
  try {
    const large = file.sizeOf(datasetPart(request.from, 'rows')) >= FAST_FROM
    const built =
      (large ? await build(context, request, file, true) : null) ?? (await build(context, request, file, false))
    if (!built) throw new AppError('internal', 'The rows of the case file were taken by neither way.')
    return built
  } catch (error) {
    throw writingFailure(error)
  } finally {
    await file.close()
    if (request.here) context.datasets.close(request.here.id)
  }
}

/** By one of both ways; null where the fast one declines. */
async function build(
  context: TaskContext,
  request: BuildRequest,
  file: OpenCaseFile,
  fast: boolean,
): Promise<BuildResult | null> {
  const dataset = file.contents.datasets.find(({ id }) => id === request.from)
  if (!dataset) throw altered('it has no such dataset')
  const shape = await shapeOf(file, request.from)
  const beginning = sharedBeginning(shape)
  const { size, sha256 } = dataset
  const to = { target: request.target, beginning, source: { size, sha256 }, more: { shape } }
  const filling = fillRows(context, to, fast, () => goOn(context))
  try {
    const { sources } = beginning.plan
    const numbers: number[] = []
    let rows = 0
    const add = ({ row, offset, length, line, cells }: SourceRow): void => {
      // A million numbers are a few kB as a set; of a whole dataset nobody needs them.
      if (dataset.rows < dataset.of || request.here) numbers.push(row)
      filling.row(cells, { offset, length, line })
      if (++rows % ROWS_PER_STEP !== 0) return
      goOn(context)
      context.progress({ rows })
    }
    const own = ownRows(context, request)
    let next = own.next()
    for await (const { line, value } of parsedLines(file.read(datasetPart(request.from, 'rows')), 'rows')) {
      if (!isSharedRow(value) || value.length !== 4 + sources)
        throw altered(`row ${line} of ${dataset.name} has another number of cells`)
      const [row, offset, length, at, ...cells] = value
      for (; !next.done && next.value.row < row; next = own.next()) add(next.value)
      if (!next.done && next.value.row === row) {
        add(next.value)
        next = own.next()
      } else add({ row, offset, length, line: at, cells })
    }
    for (; !next.done; next = own.next()) add(next.value)
    const result = await filling.end(rejectsOf(file, request.from))
    if ('declined' in result) return null
    const source = request.source !== null && dataset.source
    if (source && request.source !== null)
      await writeStream(request.source, file.read(sourcePart(request.from)), () => goOn(context))
    return { result, excerpt: rows === dataset.of ? null : rowSetOf(numbers), of: dataset.of, source }
  } catch (error) {
    await filling.discard()
    throw error
  }
}

async function* rejectsOf(file: OpenCaseFile, id: string): AsyncGenerator<QuarantineEntry> {
  const name = datasetPart(id, 'quarantine')
  if (!file.parts.includes(name)) return
  for await (const { value } of parsedLines(file.read(name), 'quarantine')) {
    const [n, line, offset, length, reason, raw] = sharedReject.parse(value)
    yield { id: n, line, offset, length, reason, raw }
  }
}

async function shapeOf(file: OpenCaseFile, id: string): Promise<DatasetShape> {
  const blocks: Buffer[] = []
  for await (const block of file.read(datasetPart(id, 'reading'))) blocks.push(block)
  return datasetShape.parse(JSON.parse(Buffer.concat(blocks).toString('utf8')))
}

/** The rows that are here, by their numbers in the source. */
function* ownRows(context: TaskContext, { here }: BuildRequest): Generator<SourceRow> {
  if (!here) return
  const handle = context.datasets.open(here.id)
  const numbers = rowsOf(here.excerpt)
  for (const row of caseRows(handle, [[1, handle.rows]])) {
    const number = numbers.next()
    if (number.done) return
    yield { ...row, row: number.value, cells: [...row.cells] }
  }
}

function goOn(context: TaskContext): void {
  if (context.cancelled()) throw new AppError('cancelled', 'Cancelled. Nothing was changed.')
}
