import type { ProcessLink } from '#contract/values'
import type { ParentHint, RecordSource } from './processRecord.ts'

/** How the parent of a process is known. Links by PID alone, by name alone, or to a parent nobody recorded are guesses. */
export type LinkBy = ProcessLink

export type Place = { dataset: number; row: number }

/** One process of a host, from every row that is about it. Times in microseconds since 1970 UTC. */
export type Process = {
  /** Names it in URLs: PID and start, as readable as can be. */
  id: string
  pid: number | null
  /** As its start tells it, then others that its events have. */
  guids: string[]
  name: string
  command: string
  user: string
  /** The user is who it runs as; the Security log may only tell who started it. */
  userSure: boolean
  start: number | null
  /** First seen, where the start is not in the evidence. */
  seen: number | null
  end: number | null
  sources: Set<RecordSource>
  /** Rows that are about it, first those that tell of its start. */
  rows: Place[]
  hint: ParentHint | null
  /** No row is about it: only its children name it. */
  ghost: boolean
  /** Place in the list of the host; -1: none. */
  parent: number
  link: LinkBy | null
  /** Its parent would be itself or one of its descendants: that link was cut. */
  cut: boolean
  children: number[]
  /** All below it. */
  below: number
}

/** All processes of one host, ghosts included. */
export type HostTree = {
  /** As it is named most fully in the evidence; '' where rows name none. */
  host: string
  /** What the screen and URLs call it. */
  key: string
  processes: Process[]
  roots: number[]
  /** `dataset:row` to the place of the process that the row is about. */
  byRow: Map<string, number>
  byGuid: Map<string, number>
  byPid: Map<number, number[]>
}

export const rowKey = (dataset: number, row: number): string => `${dataset}:${row}`

/** When it is first known: orders children and roots. */
export const firstKnown = ({ start, seen, end }: Process): number => start ?? seen ?? end ?? Infinity
