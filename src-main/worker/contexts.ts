import type { DatasetFiles } from '../sqlite/datasetFiles.ts'
import type { ReadDb, WriteDb } from '../sqlite/db.ts'

/** What a reading procedure has: the workspace, read only, the dataset files, what throws once the call was cancelled, a way to tell how far it is. */
export type ReadContext = { db: ReadDb; datasets: DatasetFiles; goOn(): void; progress(state: unknown): void }
/** What a writing procedure has. */
export type WriteContext = { db: WriteDb }
/** What a long task has: dataset files, a flag to ask and a way to tell how far it is. */
export type TaskContext = {
  folder: string
  /** The workspace database, for what must be read in one piece; nobody writes it here. */
  workspace: string
  datasets: DatasetFiles
  cancelled(): boolean
  progress(state: unknown): void
}
