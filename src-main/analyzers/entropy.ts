import { z } from 'zod'
import type { Analyzer, Finding, RowView } from './analyzer.ts'
import { programName } from './commandText.ts'
import { entropyOf, mixtureOf } from './entropyOf.ts'
import { findingOf, gather, newBudget, nothingGathered, shortCopy } from './gathered.ts'
import { subjectTable } from './subjectTable.ts'

const FIELDS = [
  'command_line',
  'file_name',
  'file_path',
  'domain',
  'url',
  'user_agent',
  'registry_value',
  'service_name',
  'process_name',
] as const
type Field = (typeof FIELDS)[number]

const config = z.strictObject({
  minimumBits: z
    .number()
    .min(0)
    .max(7)
    .default(4.5)
    .describe('Shannon entropy of a word from which it counts as random, in bits per character'),
  minimumLength: z
    .number()
    .int()
    .min(8)
    .max(10_000)
    .default(20)
    .describe('Length of a word from which it is looked at, in characters'),
  minimumMixture: z
    .number()
    .min(0)
    .max(1)
    .default(0.34)
    .describe(
      'Share of neighbouring characters that differ in kind (lower, upper, digit, other) from which a word is no name (0 to 1)',
    ),
  fields: z
    .array(z.enum(FIELDS))
    .min(1)
    .default([...FIELDS])
    .describe('Fields to look at'),
})
type Config = z.infer<typeof config>

/** Words longer than this are judged by their beginning; longer ones are judged alike. */
const WORD_MAX = 4_096
/** Text of one cell is looked at up to here. */
const CELL_MAX = 262_144
const CLEAN_MAX = 20_000
const CLEAN_LENGTH = 300
/** Base64 and the like of this length and entropy is more than a name or a token. */
const BLOB_LENGTH = 80
const BLOB_BITS = 5
type Subject = ReturnType<typeof nothingGathered> & { field: Field | null; word: string; bits: number; length: number }

/**
 * Random-looking words: base64, keys, generated names. Looked at word by word and not by the whole text, as every long
 * command line has many different characters; and only where the characters are mixed as in random data. A finding is one
 * program (for command lines), folder, domain or name per host; low, or medium for long blobs: randomness is no verdict.
 */
export const entropy: Analyzer<Config> = {
  name: 'entropy',
  title: 'Random-looking text',
  description:
    'Finds words with high Shannon entropy in command lines, names, domains, addresses and registry values: encoded or encrypted content, generated names.',
  needs: [...FIELDS],
  reads: [...FIELDS, 'hostname', 'username'],
  mitreTechniques: ['T1027', 'T1027.010', 'T1568.002'],
  config,
  start: (settings) => {
    const budget = newBudget()
    const subjects = subjectTable<Subject>(() => ({ ...nothingGathered(), field: null, word: '', bits: 0, length: 0 }))
    const wanted = new RegExp(`[^\\s"'\`\\\\/,;:=&?|<>()\\[\\]{}@._-]{${settings.minimumLength},}={0,2}`, 'g')

    /** Texts known to hold no random word; most values repeat. */
    const clean = new Set<string>()

    function randomWord(text: string): { word: string; bits: number; length: number } | null {
      if (text.length < settings.minimumLength || clean.has(text)) return null
      let best: { word: string; bits: number; length: number } | null = null
      for (const match of text.slice(0, CELL_MAX).matchAll(wanted)) {
        const word = match[0].slice(0, WORD_MAX)
        if (best !== null && match[0].length <= best.length) continue
        const bits = entropyOf(word)
        if (bits >= settings.minimumBits && mixtureOf(word) >= settings.minimumMixture)
          best = { word, bits, length: match[0].length }
      }
      if (best === null && text.length <= CLEAN_LENGTH) {
        if (clean.size >= CLEAN_MAX) clean.clear()
        clean.add(text)
      }
      return best
    }

    return {
      row(row) {
        for (const field of settings.fields) {
          const text = row.text(field)
          const found = randomWord(text)
          if (found === null) continue
          const subject = subjects.at(`${field} ${groupOf(field, row, text)} on ${row.text('hostname').toLowerCase()}`)
          if (subject === null) continue
          if (found.length > subject.length) {
            subject.word = shortCopy(found.word, 80)
            subject.bits = found.bits
            subject.length = found.length
          }
          subject.field = field
          gather(subject, row, field, budget)
        }
      },
      finish() {
        const findings: Finding[] = []
        for (const [subject, found] of subjects.entries()) {
          if (found.field === null) continue
          const blob = found.field === 'command_line' && found.length >= BLOB_LENGTH && found.bits >= BLOB_BITS
          const score = blob ? 44 : Math.min(39, 22 + (found.bits - 4.5) * 8 + Math.min(8, found.length / 40))
          findings.push(
            findingOf(found, {
              title: `${TITLES[found.field]}${groupIn(subject)}`,
              description: `${found.total.toLocaleString('en')} ${found.total === 1 ? 'row' : 'rows'}. The longest such word has ${found.length.toLocaleString('en')} characters and ${found.bits.toFixed(2)} bits each: ${found.word}${found.length > 80 ? '…' : ''}${subjects.note()}`,
              severity: blob ? 'medium' : 'low',
              score,
              mitreTechnique: found.field === 'domain' || found.field === 'url' ? 'T1568.002' : 'T1027',
              tags: ['entropy', found.field],
              falsePositives: 'Keys, identifiers, tokens and hashes of ordinary software look random too.',
              subject,
            }),
          )
        }
        return findings
      },
    }
  },
}

const TITLES: Record<Field, string> = {
  command_line: 'Random-looking argument',
  file_name: 'Random-looking file name',
  file_path: 'Random-looking path',
  domain: 'Random-looking domain',
  url: 'Random-looking address',
  user_agent: 'Random-looking user agent',
  registry_value: 'Random-looking registry value',
  service_name: 'Random-looking service',
  process_name: 'Random-looking program',
}

/** What the word belongs to: the program, folder or site, not the word itself, which differs each time. */
function groupOf(field: Field, row: RowView, text: string): string {
  const whole = text.slice(0, 2_000).toLowerCase()
  if (field === 'command_line')
    return programName(row.text('process_name')) || programName(whole.trim().split(/\s/, 1)[0] ?? '').slice(0, 100)
  if (field === 'domain') return whole.split('.').slice(-2).join('.').slice(-100)
  if (field === 'url')
    return (/^[a-z]{2,10}:\/\/([^/:]{1,200})/.exec(whole)?.[1] ?? programName(row.text('domain'))).slice(-100)
  if (field === 'file_path' || field === 'process_name')
    return whole.slice(0, Math.max(whole.lastIndexOf('\\'), whole.lastIndexOf('/'), 0)).slice(0, 200)
  return ''
}

function groupIn(subject: string): string {
  const rest = subject.slice(subject.indexOf(' ') + 1)
  const group = rest.slice(0, rest.lastIndexOf(' on '))
  return group === '' ? '' : `: ${group}`
}
