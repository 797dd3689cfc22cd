import { z } from 'zod'
import type { CanonicalField } from '#contract/values'
import type { Analyzer, Finding, RowSource, RowView } from './analyzer.ts'
import { programName } from './commandText.ts'
import { shortCopy } from './gathered.ts'
import { counts } from './numbers.ts'
import { ODD_FOLDERS } from './patterns/commandPattern.ts'
import { rareValues } from './rareValues.ts'
import type { RareValues } from './rareValues.ts'
import { pairNumbers } from './pairNumbers.ts'
import { rememberedNumber } from './remembered.ts'
import { newRoom } from './room.ts'
import { rowLists } from './numberLists.ts'
import { newShared } from './shared.ts'
import { subjectTable } from './subjectTable.ts'

const config = z.strictObject({
  rarePercent: z
    .number()
    .min(0)
    .max(100)
    .default(1)
    .describe('A value is rare when at most this share of the rows has it, in percent'),
  maximumCount: z.number().int().min(1).max(1_000).default(3).describe('... and when at most so many rows have it'),
  minimumRows: z
    .number()
    .int()
    .min(1)
    .max(100_000_000)
    .default(50)
    .describe('Rows with the field from which rarity means something'),
  maximumFindings: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .default(25)
    .describe('Findings per kind of value; the rarest and oddest are kept'),
  maximumDistinctPercent: z
    .number()
    .min(0)
    .max(100)
    .default(50)
    .describe(
      'A kind of value of which more than this share of rows is distinct says nothing by rarity and is left out, in percent',
    ),
})
type Config = z.infer<typeof config>

type Kind = {
  id: string
  title: string
  technique: string | null
  score: number
  fields: readonly CanonicalField[]
  value(row: RowView): string
  falsePositives: string
}

const ARROW = ' > '
/** Bytes of values and rows that are kept, and of values of one kind. */
const ROOM = 32 * 1024 * 1024
const KIND_ROOM = 20 * 1024 * 1024
/** Rows of all rare values. */
const ROWS_MAX = 500_000
/** Bytes a counted program takes beside its name. */
const EACH = 4
const RARE_PROGRAM =
  'Administration tools, updates and anything that runs once; rarity is a hint where to look, no verdict.'
const KINDS: readonly Kind[] = [
  {
    id: 'program',
    title: 'Rare program',
    technique: null,
    score: 24,
    fields: ['process_name'],
    value: (row) => row.text('process_name'),
    falsePositives: RARE_PROGRAM,
  },
  {
    id: 'parent',
    title: 'Rare parent and child',
    technique: null,
    score: 20,
    fields: ['process_name', 'parent_process_name'],
    value: (row) => {
      const [child, parent] = [row.text('process_name'), row.text('parent_process_name')]
      return child === '' || parent === '' ? '' : `${programName(parent)}${ARROW}${programName(child)}`
    },
    falsePositives: RARE_PROGRAM,
  },
  {
    id: 'service',
    title: 'Rare service',
    technique: null,
    score: 20,
    fields: ['service_name'],
    value: (row) => row.text('service_name'),
    falsePositives: 'Services of single machines.',
  },
  {
    id: 'user-agent',
    title: 'Rare user agent',
    technique: null,
    score: 22,
    fields: ['user_agent'],
    value: (row) => row.text('user_agent'),
    falsePositives: 'Phones, new versions of browsers, tools of developers.',
  },
  {
    id: 'ja4',
    title: 'Rare TLS client (JA4)',
    technique: null,
    score: 22,
    fields: ['ja4'],
    value: (row) => row.text('ja4'),
    falsePositives: 'New versions of browsers, tools of developers.',
  },
]

/**
 * Values that hardly ever occur (stack counting, "long tail analysis"): programs, parent and child pairs, services, user
 * agents and TLS clients that at most `rarePercent` of the rows and at most `maximumCount` rows have. Numbers and GUIDs
 * inside a value do not make it another value. One finding per value; severity low, medium at most where the program lies
 * in a folder of users: rarity alone is no verdict.
 */
export const frequencyAnomaly: Analyzer<Config> = {
  name: 'frequency_anomaly',
  title: 'Rare values',
  description:
    'Finds programs, parent and child pairs, services, user agents and TLS clients that hardly ever occur in the data.',
  needs: ['process_name', 'service_name', 'user_agent', 'ja4'],
  reads: ['process_name', 'parent_process_name', 'service_name', 'user_agent', 'ja4', 'hostname', 'username'],
  mitreTechniques: ['T1036.005'],
  config,
  start: (settings, shared = newShared()) => {
    const room = newRoom(ROOM, shared.room)
    const rows = rowLists(room, ROWS_MAX)
    /** Names of programs, whether they start or are started. */
    const programs = subjectTable(room, EACH)
    const childRows = counts()
    const programOf = rememberedNumber((path) => programs.at(programName(path)))
    const kinds = KINDS.map((kind) => {
      const values = rareValues({
        field: kind.fields[0] ?? 'process_name',
        maximumCount: settings.maximumCount,
        ...{ room: newRoom(KIND_ROOM, room), rows, names: shared.names },
      })
      const keyOf = (text: string): string => (kind.id === 'ja4' ? text : sameValue(text))
      return { kind, rows: 0, values, valueOf: rememberedNumber((text) => values.at(keyOf(text))) }
    })
    const pairs = pairNumbers()

    /** Parent and child by the numbers of their names: pairs are many, and repeat. */
    function pairOf(row: RowView, values: RareValues, text: () => string): number {
      const parent = programOf(row.text('parent_process_name'))
      const child = programOf(row.text('process_name'))
      if (parent < 0 || child < 0) return values.at(sameValue(text()))
      const known = pairs.find(parent, child)
      if (known >= 0) return known
      const value = values.at(sameValue(text()))
      if (value >= 0) pairs.keep(parent, child, value)
      return value
    }

    /** Its program is reported already. */
    const rareChild = (name: string): boolean => {
      const child = programs.find(name)
      return (child < 0 ? 0 : childRows.at(child)) <= settings.maximumCount
    }

    return {
      row(row) {
        const process = row.text('process_name')
        const child = process === '' ? -1 : programOf(process)
        if (child >= 0) childRows.set(child, childRows.at(child) + 1)
        for (const counted of kinds) {
          const { kind, values, valueOf } = counted
          if (kind.fields.some((field) => row.text(field) === '')) continue
          counted.rows += 1
          const value = kind.id === 'parent' ? pairOf(row, values, () => kind.value(row)) : valueOf(kind.value(row))
          if (value >= 0) values.see(value, row)
        }
      },
      *finish(source) {
        for (const { kind, rows: seen, values } of kinds) yield* rareOf(kind, seen, values, source)
      },
    }

    function* rareOf(kind: Kind, seen: number, values: RareValues, source: RowSource): Generator<Finding> {
      const different = values.size()
      if (seen < settings.minimumRows || different > (settings.maximumDistinctPercent / 100) * seen) return
      const most = Math.min(settings.maximumCount, (settings.rarePercent / 100) * seen)
      let rare = 0
      let best: Ranked[] = []
      for (let value = 0; value < different; value += 1) {
        const count = values.count(value)
        if (count > most) continue
        const key = values.key(value)
        if (kind.id === 'parent' && rareChild(key.slice(key.lastIndexOf(ARROW) + ARROW.length))) continue
        rare += 1
        best.push({ value, key, count, odd: kind.id === 'program' && oddPlace(key) })
        if (best.length >= 2 * settings.maximumFindings + RANKED_AT_ONCE) best = ranked(best, settings.maximumFindings)
      }
      const left = rare - settings.maximumFindings
      for (const { value, key, count, odd } of ranked(best, settings.maximumFindings)) {
        const shown = shortCopy(kind.value(source.at(values.firstRow(value), kind.fields)), 300)
        const system = kind.id === 'program' && inSystem(key)
        const score = kind.score + (odd ? 22 : system ? -6 : 2) - (count - 1) * 2
        yield values.finding(value, source, {
          title: `${kind.title}: ${kind.id === 'program' ? programName(shown) : shown}`,
          description: `${shown} occurs in ${count} of ${seen.toLocaleString('en')} rows (${((100 * count) / seen).toPrecision(2)} %); ${different.toLocaleString('en')} different values in all.${left > 0 ? ` ${left.toLocaleString('en')} further rare values are not listed.` : ''}${values.note()}`,
          severity: score >= 40 ? 'medium' : score >= 15 ? 'low' : 'info',
          score,
          mitreTechnique: odd ? 'T1036.005' : kind.technique,
          tags: ['rare', kind.id],
          falsePositives: kind.falsePositives,
          subject: `rare ${kind.id} ${key}`,
        })
      }
    }
  },
}

type Ranked = { value: number; key: string; count: number; odd: boolean }
/** Rare values are put in order whenever so many have come together. */
const RANKED_AT_ONCE = 1_000

/** The rarest and oddest, at most `most`. */
function ranked(values: readonly Ranked[], most: number): Ranked[] {
  return values
    .toSorted(
      (a, b) =>
        Number(b.odd) - Number(a.odd) ||
        Number(inSystem(a.key)) - Number(inSystem(b.key)) ||
        a.count - b.count ||
        (a.key < b.key ? -1 : 1),
    )
    .slice(0, most)
}

/** Lower case, with GUIDs and runs of digits or hexadecimal replaced, so that temporary names count as one. */
function sameValue(text: string): string {
  const lower = text.slice(0, 1_000).toLowerCase()
  return lower
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '*')
    .replace(/[0-9a-f]{12,}/g, '*')
    .replace(/\d{4,}/g, '*')
}

function oddPlace(path: string): boolean {
  return ODD_FOLDERS.some((folder) => path.includes(folder)) || /\\users\\[^\\]{1,100}\\[^\\]{1,100}$/.test(path)
}

const inSystem = (path: string): boolean => /^[a-z]:\\(?:windows|program files)/.test(path)
