import { shortCopy } from './gathered.ts'

/** Distinct subjects an analyzer keeps apart; rows of further ones are counted, and its findings say so. */
export const SUBJECTS_MAX = 200_000
const KEY_MAX = 400

/** Subjects by key, at most `max` of them. */
export type SubjectTable<T> = {
  /** The subject of the key, made when new; null when the table is full. */
  at(key: string): T | null
  entries(): MapIterator<[string, T]>
  /** A sentence for descriptions when rows were left out, else ''. */
  note(): string
}

export function subjectTable<T>(create: () => T, max: number = SUBJECTS_MAX): SubjectTable<T> {
  const subjects = new Map<string, T>()
  let left = 0
  return {
    at(key) {
      const short = key.length > KEY_MAX ? shortCopy(key, KEY_MAX) : key
      const known = subjects.get(short)
      if (known !== undefined) return known
      if (subjects.size >= max) {
        left += 1
        return null
      }
      const made = create()
      subjects.set(short, made)
      return made
    },
    entries: () => subjects.entries(),
    note: () =>
      left === 0
        ? ''
        : ` Not complete: ${max.toLocaleString('en')} subjects are kept apart, ${left.toLocaleString('en')} rows of further ones were not looked at.`,
  }
}
