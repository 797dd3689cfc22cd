import type { Column, Dialect } from '#contract/datasets'
import type { IocType } from '#contract/values'

/** One file to import: where it lies, what to call it, what the analyst overruled, and the dataset file to write. */
export type ImportRequest = {
  path: string
  /** Of a ZIP archive, the member to import. */
  member?: string | null | undefined
  /** Name shown to people; may hold folders of a dropped folder, with forward slashes. */
  name: string
  dialect: Dialect
  /** Path of the dataset file; must not exist. On any failure the importer removes it. */
  target: string
}

/** How the importer talks back while it works. It asks `cancelled` at least every 200 ms of work. */
export type ImportContext = {
  cancelled(): boolean
  /** `bytes` of the source read so far (as it lies on disk), `total` its size. */
  progress(state: { bytes: number; total: number; rows: number; quarantined: number }): void
}

/** What the workspace keeps about an imported file. Times in microseconds since 1970 UTC. */
export type ImportResult = {
  size: number
  sha256: string
  encoding: string
  delimiter: string
  quote: string
  header: boolean
  headerLine: number | null
  profile: string | null
  profileName: string | null
  columns: Column[]
  timeColumn: string | null
  timeZone: string
  rows: number
  quarantined: number
  firstTime: number | null
  lastTime: number | null
  rowsWithoutTime: number
  iocs: number
  iocsByType: { type: IocType; count: number }[]
  hosts: number
  warnings: string[]
}
