import { z } from 'zod'
import type { CanonicalField } from '#contract/values'
import type { Analyzer, Finding, FindingEvidence, RowView } from './analyzer.ts'
import { EVIDENCE_VALUE_MAX } from './analyzer.ts'
import { programName } from './commandText.ts'
import { findingOf, nothingGathered, shortCopy, widen } from './gathered.ts'
import { ODD_FOLDERS } from './patterns/commandPattern.ts'
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

type Value = {
  count: number
  evidence: FindingEvidence[]
  firstTime: number | null
  lastTime: number | null
  host: string
  user: string
  shown: string
}
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
  start: (settings) => {
    const children = subjectTable<{ count: number }>(() => ({ count: 0 }))
    const kinds = KINDS.map((kind) => ({ kind, rows: 0, values: subjectTable<Value>(newValue) }))

    return {
      row(row) {
        const child = row.text('process_name') === '' ? null : children.at(programName(row.text('process_name')))
        if (child !== null) child.count += 1
        for (const counted of kinds) {
          const text = counted.kind.value(row)
          if (text === '') continue
          counted.rows += 1
          const value = counted.values.at(counted.kind.id === 'ja4' ? text : sameValue(text))
          if (value === null) continue
          value.count += 1
          if (value.count > settings.maximumCount) {
            if (value.evidence.length > 0) value.evidence = []
            continue
          }
          if (value.count === 1) {
            value.shown = shortCopy(text, 300)
            value.host = shortCopy(row.text('hostname'), 256)
            value.user = shortCopy(row.text('username'), 256)
          } else {
            if (value.host.toLowerCase() !== row.text('hostname').toLowerCase()) value.host = ''
            if (value.user.toLowerCase() !== row.text('username').toLowerCase()) value.user = ''
          }
          widen(value, row.time)
          const field = counted.kind.fields[0] ?? 'process_name'
          value.evidence.push({
            datasetId: row.datasetId,
            row: row.row,
            field: row.column(field),
            value: shortCopy(row.text(field), EVIDENCE_VALUE_MAX),
          })
        }
      },
      finish: () => kinds.flatMap(({ kind, rows, values }) => rareOf(kind, rows, [...values.entries()], values.note())),
    }

    /** Its program is reported already. */
    function rareChild(name: string): boolean {
      return (children.at(name)?.count ?? 0) <= settings.maximumCount
    }

    function rareOf(kind: Kind, rows: number, values: readonly [string, Value][], note: string): Finding[] {
      if (rows < settings.minimumRows || values.length > (settings.maximumDistinctPercent / 100) * rows) return []
      const rare = values
        .filter(
          ([, value]) => value.count <= settings.maximumCount && value.count <= (settings.rarePercent / 100) * rows,
        )
        .filter(([key]) => kind.id !== 'parent' || !rareChild(key.slice(key.lastIndexOf(ARROW) + ARROW.length)))
        .map(([key, value]) => ({ key, value, odd: kind.id === 'program' && oddPlace(key) }))
        .sort(
          (a, b) =>
            Number(b.odd) - Number(a.odd) ||
            Number(inSystem(a.key)) - Number(inSystem(b.key)) ||
            a.value.count - b.value.count ||
            (a.key < b.key ? -1 : 1),
        )
      const left = rare.length - settings.maximumFindings
      return rare.slice(0, settings.maximumFindings).map(({ key, value, odd }) => {
        const system = kind.id === 'program' && inSystem(key)
        const score = kind.score + (odd ? 22 : system ? -6 : 2) - (value.count - 1) * 2
        return findingOf(
          {
            ...nothingGathered(),
            evidence: value.evidence,
            total: value.count,
            firstTime: value.firstTime,
            lastTime: value.lastTime,
            host: value.host,
            user: value.user,
          },
          {
            title: `${kind.title}: ${kind.id === 'program' ? programName(value.shown) : value.shown}`,
            description: `${value.shown} occurs in ${value.count} of ${rows.toLocaleString('en')} rows (${((100 * value.count) / rows).toPrecision(2)} %); ${values.length.toLocaleString('en')} different values in all.${left > 0 ? ` ${left.toLocaleString('en')} further rare values are not listed.` : ''}${note}`,
            severity: score >= 40 ? 'medium' : score >= 15 ? 'low' : 'info',
            score,
            mitreTechnique: odd ? 'T1036.005' : kind.technique,
            tags: ['rare', kind.id],
            falsePositives: kind.falsePositives,
            subject: `rare ${kind.id} ${key}`,
          },
        )
      })
    }
  },
}

const newValue = (): Value => ({
  count: 0,
  evidence: [],
  firstTime: null,
  lastTime: null,
  host: '',
  user: '',
  shown: '',
})

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
