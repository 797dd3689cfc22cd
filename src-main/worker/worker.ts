import { parentPort, workerData } from 'node:worker_threads'
import { AppError } from '#contract/appError'
import { createDatasetFiles } from '../sqlite/datasetFiles.ts'
import { openReadable, openWritable, sqliteFailure } from '../sqlite/db.ts'
import { addKeepGoing } from '../sqlite/keepGoing.ts'
import { migrate } from '../sqlite/migrate.ts'
import { createMarks } from '../sqlite/rowMarks.ts'
import type { ReadContext, TaskContext, WriteContext } from './contexts.ts'
import type { FromWorker, ToWorker, WorkerSetup } from './messages.ts'
import { UnsoundSegments } from '../segments/segmentFileReader.ts'
import { procedureNamed, proceduresOf } from './procedures.ts'

// The entry of every thread: builds what its role needs, then answers one call after another.

const port = parentPort
if (!port) throw new Error('This file runs as a worker thread.')
// The pool starts this file and nobody else does.
const setup = workerData as WorkerSetup
const stop = new Int32Array(setup.stop)

let current = 0
const cancelled = (): boolean => Atomics.load(stop, 0) === current
const tell = (message: FromWorker): void => port.postMessage(message)
const unprepared = (dataset: string): void => tell({ t: 'unprepared', dataset })

const progress = (state: unknown): void => tell({ t: 'progress', id: current, state })

function contextOf(): ReadContext | WriteContext | TaskContext {
  if (setup.role === 'task') {
    // Most tasks never ask for marks: the workspace is opened when one does.
    let marks: ReturnType<typeof createMarks> | undefined
    const marksOf = (id: string) => (marks ??= createMarks(openReadable(setup.workspace)))(id)
    const datasets = createDatasetFiles(setup.datasets, cancelled, marksOf, unprepared)
    return { folder: setup.datasets, workspace: setup.workspace, datasets, cancelled, progress }
  }
  if (setup.role === 'reader') {
    const db = openReadable(setup.workspace)
    return {
      db,
      datasets: createDatasetFiles(setup.datasets, cancelled, createMarks(db), unprepared),
      goOn: addKeepGoing(db, cancelled),
      progress,
    }
  }
  const db = openWritable(setup.workspace)
  migrate(db, setup.backups)
  return { db }
}

/** Readers ask the workspace as well as datasets: their questions about datasets are the noun `rows`. */
const fileOf = (noun: string): 'workspace' | 'dataset' =>
  setup.role === 'writer' || (setup.role === 'reader' && noun !== 'rows') ? 'workspace' : 'dataset'

function failed(id: number, error: unknown, noun = ''): void {
  const known = error instanceof AppError ? error : sqliteFailure(error, fileOf(noun))
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  tell({
    t: 'failure',
    id,
    failure: known
      ? { code: known.code, message: known.message, ...(known.detail === undefined ? {} : { detail: known.detail }) }
      : { code: 'internal', message: 'Unexpected error.' },
    stack: known ? null : stack,
  })
}

/** Segments that turn out to be damaged are put away, and the question is asked without them: it only takes longer. */
async function answered(context: ReadContext | WriteContext | TaskContext, ask: () => unknown): Promise<unknown> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof UnsoundSegments) || !('datasets' in context)) throw error
    context.datasets.distrustSegments(error.datasetId)
    return ask()
  }
}

try {
  const context = contextOf()
  const table = await proceduresOf(setup.role)
  // One call at a time: an asynchronous task must not share the thread's cancel flag with the next call.
  let queue: Promise<void> = Promise.resolve()
  port.on('message', (message: ToWorker) => {
    queue = queue.then(async () => {
      current = message.id
      try {
        const procedure = procedureNamed(table, message.noun, message.method)
        const value = await answered(context, () => procedure(context, ...message.args))
        tell({ t: 'value', id: message.id, value })
      } catch (error) {
        failed(message.id, error, message.noun)
      }
    })
  })
  tell({ t: 'ready' })
} catch (error) {
  failed(0, error)
}
