import { plainCommand, programName } from './commandText.ts'
import { plainId, sourceOf } from './eventSource.ts'
import type { EventSource } from './eventSource.ts'
import { remembered } from './remembered.ts'
import { newRoom, type Room } from './room.ts'
import { textTable, type TextTable } from './textTable.ts'

/** What the analyzers of one run share, so that what a row says is worked out once and kept once. */
export type Shared = {
  /** Everything that all analyzers keep of one dataset comes out of this. */
  room: Room
  /** Names of hosts and users that findings may tell. */
  names: TextTable
  kept(): Kept
  lower(text: string): string
  /** See programName, plainId, sourceOf. */
  program(path: string): string
  id(event: string): string
  source(eventType: string): EventSource | null
  /** plainCommand of the text asked for last is remembered. */
  plain(command: string): string
}

/** Bytes. With what the program takes anyway it stays below 300 MB, whatever the rows hold. */
const ROOM = 80 * 1024 * 1024
const NAMES_MAX = 200_000
/** Bytes of names kept; findings tell no host or user beyond. */
const NAMES_ROOM = 8 * 1024 * 1024

/** What the analyzers of one run kept of a dataset: bytes of the room, names and bytes of names. */
export type Kept = { bytes: number; names: number; nameBytes: number }

/** Whether analyzers that kept so much apart would have found room for all of it together: then they tell the same. */
export function fitTogether(kept: readonly Kept[]): boolean {
  const sum = (of: (one: Kept) => number): number => kept.reduce((all, one) => all + of(one), 0)
  return (
    sum(({ bytes }) => bytes) < ROOM &&
    sum(({ names }) => names) <= NAMES_MAX &&
    sum(({ nameBytes }) => nameBytes) < NAMES_ROOM
  )
}

export function newShared(): Shared {
  let command = ''
  let plain = plainCommand('')
  const room = newRoom(ROOM)
  const nameRoom = newRoom(NAMES_ROOM, room)
  const names = textTable(nameRoom, 0, NAMES_MAX)
  return {
    room,
    names,
    kept: () => ({ bytes: ROOM - room.bytes, names: names.size(), nameBytes: NAMES_ROOM - nameRoom.bytes }),
    lower: remembered((text) => text.toLowerCase()),
    program: remembered(programName),
    id: remembered(plainId),
    source: remembered(sourceOf),
    plain(text) {
      if (text !== command) {
        plain = plainCommand(text)
        command = text
      }
      return plain
    },
  }
}
