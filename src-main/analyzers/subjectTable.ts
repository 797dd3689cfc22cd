import type { Room } from './room.ts'
import { textTable } from './textTable.ts'

/** Distinct subjects an analyzer keeps apart; rows of further ones are counted, and its findings say so. */
export const SUBJECTS_MAX = 200_000

/** Subjects by key, numbered from 0 as they come. */
export type SubjectTable = {
  /** The number of the subject of the key; -1 when it is new and the table is full. */
  at(key: string): number
  /** The number of the subject of the key; -1 when there is none. */
  find(key: string): number
  key(subject: number): string
  size(): number
  /** A sentence for descriptions when rows were left out, else ''. */
  note(): string
}

/** At most `max` subjects, fewer where `room` ends before: each takes its key and `each` bytes of it. */
export function subjectTable(room: Room, each: number, max: number = SUBJECTS_MAX): SubjectTable {
  const keys = textTable(room, each, max)
  let left = 0
  return {
    at(key) {
      const subject = keys.add(key)
      if (subject < 0) left += 1
      return subject
    },
    find: (key) => keys.find(key),
    key: (subject) => keys.text(subject),
    size: () => keys.size(),
    note: () =>
      left === 0
        ? ''
        : ` Not complete: ${keys.size().toLocaleString('en')} subjects are kept apart, ${left.toLocaleString('en')} rows of further ones were not looked at.`,
  }
}
