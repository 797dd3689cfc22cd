import { canonicalFields } from '#contract/values'
import type { CanonicalField } from '#contract/values'
import { EVIDENCE_MAX, EVIDENCE_VALUE_MAX } from './analyzer.ts'
import type { Finding, FindingEvidence, RowSource, RowView } from './analyzer.ts'
import { bytes, counts, reals, shorts, signed } from './numbers.ts'
import { newRoom, type Room } from './room.ts'
import { rowLists, type NumberLists } from './numberLists.ts'
import { subjectTable, type SubjectTable } from './subjectTable.ts'
import type { Shared } from './shared.ts'
import type { TextTable } from './textTable.ts'

/** Characters of evidence values one run shows in full; later values are cut to SHORT_VALUE so that alerts stay readable. */
export const EVIDENCE_CHARACTERS_MAX = 64 * 1024 * 1024
/** Evidence rows one run keeps over all its subjects; later rows are counted, and kept only up to EVIDENCE_FLOOR per subject. */
export const EVIDENCE_ROWS_MAX = 500_000
export const EVIDENCE_FLOOR = 20
/** Where also those few are too many, each subject has still the first of its rows. */
const ROWS_MAX = EVIDENCE_ROWS_MAX * 1.5
/** Bytes an analyzer may take for its subjects and their rows. */
const ANALYZER_ROOM = 20 * 1024 * 1024
const SHORT_VALUE = 200
const NAME_MAX = 256
const TITLE_MAX = 200
const DESCRIPTION_MAX = 4_000
/** In the mark of a row: its value is cut to SHORT_VALUE; the rest of the mark is the number of the field. */
const SHORT = 128
/** Host or user: none seen yet, or two different ones; names are counted from 1. */
const NONE = 0
const SEVERAL = -1
/** Bytes a subject takes beside its key. */
const EACH = 64

/** What one analyzer run may keep, and the names it shares with others. */
export type Memory = { room: Room; rows: NumberLists; characters: number; names: TextTable }

/** `bytes`: for subjects and rows together. */
export function newMemory(shared: Shared, bytes: number = ANALYZER_ROOM): Memory {
  const room = newRoom(bytes, shared.room)
  return { room, rows: rowLists(room, ROWS_MAX), characters: EVIDENCE_CHARACTERS_MAX, names: shared.names }
}

type Told = Omit<Finding, 'evidence' | 'evidenceTotal' | 'host' | 'user' | 'firstTime' | 'lastTime'>

/** Subjects with the rows they stand on, their times and the one host and user they share; numbers only, whatever the rows say. */
export type GatheredSubjects = Pick<SubjectTable, 'at' | 'find' | 'key' | 'size' | 'note'> & {
  /** Adds a row to the subject: always counted, kept as evidence while there is room. `field` is what was looked at. */
  gather(subject: number, row: RowView, field: CanonicalField): void
  /** Rows gathered. */
  total(subject: number): number
  /** The row that was gathered first, and what was looked at there. */
  first(subject: number): { row: number; field: CanonicalField }
  /** The finding of what was gathered; evidence in row order. `over` names host or user where the analyzer knows better. */
  finding(
    subject: number,
    source: RowSource,
    told: Told,
    over?: { host?: string | null; user?: string | null },
  ): Finding
}

const FIELD_NUMBERS = new Map(canonicalFields.map((field, number) => [field, number]))
const ONLY: ReadonlyMap<CanonicalField, readonly CanonicalField[]> = new Map(
  canonicalFields.map((field) => [field, [field]]),
)
const fieldOf = (mark: number): CanonicalField => canonicalFields[mark % SHORT] ?? 'description'

export function gatheredSubjects(memory: Memory): GatheredSubjects {
  const { names } = memory
  const subjects = subjectTable(memory.room, EACH)
  const total = counts()
  const firstRow = counts()
  const firstField = bytes()
  const [firstTime, lastTime] = [reals(), reals()]
  const timed = bytes()
  const [host, user] = [signed(), signed()]
  const kept = shorts()
  const evidence = signed()

  function shared(known: number, now: string): number {
    if (now === '' || known === SEVERAL) return known
    const name = names.add(shortCopy(now, NAME_MAX)) + 1
    if (name === known) return known
    if (name === 0) return SEVERAL
    if (known === NONE) return name
    return names.text(known - 1).toLowerCase() === now.toLowerCase() ? known : SEVERAL
  }

  function keep(subject: number, row: RowView, field: CanonicalField): void {
    const have = kept.at(subject)
    if (have >= EVIDENCE_MAX) return
    if (memory.rows.used() >= EVIDENCE_ROWS_MAX && have >= EVIDENCE_FLOOR) return
    const short = memory.characters <= 0
    const end = memory.rows.add(evidence.at(subject), row.row, (FIELD_NUMBERS.get(field) ?? 0) + (short ? SHORT : 0))
    if (end === 0) return
    evidence.set(subject, end)
    kept.set(subject, have + 1)
    memory.characters -= Math.min(row.text(field).length, short ? SHORT_VALUE : EVIDENCE_VALUE_MAX)
  }

  const nameOf = (number: number): string | null => (number > NONE ? names.text(number - 1) : null)

  return {
    ...subjects,
    gather(subject, row, field) {
      if (total.at(subject) === 0) {
        firstRow.set(subject, row.row)
        firstField.set(subject, FIELD_NUMBERS.get(field) ?? 0)
      }
      total.set(subject, total.at(subject) + 1)
      const { time } = row
      if (time !== null) {
        const known = timed.at(subject) === 1
        if (!known || time < firstTime.at(subject)) firstTime.set(subject, time)
        if (!known || time > lastTime.at(subject)) lastTime.set(subject, time)
        timed.set(subject, 1)
      }
      host.set(subject, shared(host.at(subject), row.text('hostname')))
      user.set(subject, shared(user.at(subject), row.text('username')))
      keep(subject, row, field)
    },
    total: (subject) => total.at(subject),
    first: (subject) => ({ row: firstRow.at(subject), field: fieldOf(firstField.at(subject)) }),
    finding: (subject, source, told, over = {}) => ({
      ...plainly(told),
      evidence: evidenceOf(
        source,
        kept.at(subject) > 0
          ? memory.rows.of(evidence.at(subject))
          : [{ value: firstRow.at(subject), mark: firstField.at(subject) + SHORT }],
      ),
      evidenceTotal: total.at(subject),
      host: over.host ?? nameOf(host.at(subject)),
      user: over.user ?? nameOf(user.at(subject)),
      firstTime: timed.at(subject) === 1 ? firstTime.at(subject) : null,
      lastTime: timed.at(subject) === 1 ? lastTime.at(subject) : null,
    }),
  }
}

/** What the rows say in the fields that were looked at, in row order. */
function* evidenceOf(source: RowSource, rows: readonly { value: number; mark: number }[]): Generator<FindingEvidence> {
  for (const { value: row, mark } of rows.toSorted((a, b) => a.value - b.value)) {
    const field = fieldOf(mark)
    const view = source.at(row, ONLY.get(field) ?? [field])
    const text = shortCopy(view.text(field), mark >= SHORT ? SHORT_VALUE : EVIDENCE_VALUE_MAX)
    yield { datasetId: view.datasetId, row, field: view.column(field), value: text }
  }
}

/** A copy of the first `length` characters that does not keep the (maybe huge) cell it came from in memory. */
export function shortCopy(text: string, length: number): string {
  return text.length <= length ? text : Buffer.from(text.slice(0, length), 'utf16le').toString('utf16le')
}

/** Texts cut to what an alert holds, the score a whole number from 0 to 100. */
export function plainly<T extends Pick<Finding, 'title' | 'description' | 'score'>>(told: T): T {
  return {
    ...told,
    title: cut(told.title, TITLE_MAX),
    description: cut(told.description, DESCRIPTION_MAX),
    score: Math.max(0, Math.min(100, Math.round(told.score))),
  }
}

const cut = (text: string, length: number): string => (text.length <= length ? text : `${shortCopy(text, length - 1)}…`)
