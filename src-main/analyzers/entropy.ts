import { z } from 'zod'
import type { Analyzer, RowView } from './analyzer.ts'
import { entropyOf, mixtureOf } from './entropyOf.ts'
import { gatheredSubjects, newMemory, shortCopy } from './gathered.ts'
import { bytes, counts, reals } from './numbers.ts'
import { recentAnswers } from './remembered.ts'
import type { RecentAnswers } from './remembered.ts'
import { newShared } from './shared.ts'
import type { Shared } from './shared.ts'
import { wordsOf } from './wordsOf.ts'

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
/** Most values repeat: answers about so many, of at most so many characters, are remembered. */
const ANSWERS_MAX = 1_024
const ANSWER_LENGTH = 300
/** Base64 and the like of this length and entropy is more than a name or a token. */
const BLOB_LENGTH = 80
const BLOB_BITS = 5
type RandomWord = { word: string; bits: number; length: number }

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
  start: (settings, shared = newShared()) => {
    const subjects = gatheredSubjects(newMemory(shared))
    /** By subject: field (position in FIELDS), the row with the longest word, its length and bits. */
    const [fieldOf, longestRow, longest, bitsOf] = [bytes(), counts(), counts(), reals()]
    const fields = settings.fields.map((field) => ({
      field,
      answers: recentAnswers<RandomWord | 'none'>(ANSWERS_MAX, ANSWER_LENGTH),
    }))

    /** The longest random word of a text. */
    function randomWordOf(text: string): RandomWord | null {
      let best: RandomWord | null = null
      for (const { from, length } of wordsOf(text, settings.minimumLength, CELL_MAX)) {
        if (best !== null && length <= best.length) continue
        const word = text.slice(from, from + Math.min(length, WORD_MAX))
        const bits = entropyOf(word)
        if (bits >= settings.minimumBits && mixtureOf(word) >= settings.minimumMixture) best = { word, bits, length }
      }
      return best
    }

    function randomWord(text: string, answers: RecentAnswers<RandomWord | 'none'>): RandomWord | null {
      if (text.length < settings.minimumLength) return null
      const known = answers.find(text)
      if (known !== undefined) return known === 'none' ? null : known
      const found = randomWordOf(text)
      answers.keep(found ?? 'none', text)
      return found
    }

    return {
      row(row) {
        for (const { field, answers } of fields) {
          const text = row.text(field)
          const found = randomWord(text, answers)
          if (found === null) continue
          const group = groupOf(field, row, text, shared)
          const subject = subjects.at(`${field} ${group} on ${shared.lower(row.text('hostname'))}`)
          if (subject < 0) continue
          if (found.length > longest.at(subject)) {
            longestRow.set(subject, row.row)
            longest.set(subject, found.length)
            bitsOf.set(subject, found.bits)
          }
          fieldOf.set(subject, FIELDS.indexOf(field))
          subjects.gather(subject, row, field)
        }
      },
      *finish(source) {
        for (let subject = 0; subject < subjects.size(); subject += 1) {
          const field = FIELDS[fieldOf.at(subject)] ?? 'command_line'
          const [length, bits, total] = [longest.at(subject), bitsOf.at(subject), subjects.total(subject)]
          const word = shortCopy(randomWordOf(source.at(longestRow.at(subject), [field]).text(field))?.word ?? '', 80)
          const blob = field === 'command_line' && length >= BLOB_LENGTH && bits >= BLOB_BITS
          const score = blob ? 44 : Math.min(39, 22 + (bits - 4.5) * 8 + Math.min(8, length / 40))
          const key = subjects.key(subject)
          yield subjects.finding(subject, source, {
            title: `${TITLES[field]}${groupIn(key)}`,
            description: `${total.toLocaleString('en')} ${total === 1 ? 'row' : 'rows'}. The longest such word has ${length.toLocaleString('en')} characters and ${bits.toFixed(2)} bits each: ${word}${length > 80 ? '…' : ''}${subjects.note()}`,
            severity: blob ? 'medium' : 'low',
            score,
            mitreTechnique: field === 'domain' || field === 'url' ? 'T1568.002' : 'T1027',
            tags: ['entropy', field],
            falsePositives: 'Keys, identifiers, tokens and hashes of ordinary software look random too.',
            subject: key,
          })
        }
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
function groupOf(field: Field, row: RowView, text: string, shared: Shared): string {
  const whole = text.slice(0, 2_000).toLowerCase()
  if (field === 'command_line')
    return (
      shared.program(row.text('process_name')) || shared.program(whole.trim().split(/\s/, 1)[0] ?? '').slice(0, 100)
    )
  if (field === 'domain') return whole.split('.').slice(-2).join('.').slice(-100)
  if (field === 'url')
    return (/^[a-z]{2,10}:\/\/([^/:]{1,200})/.exec(whole)?.[1] ?? shared.program(row.text('domain'))).slice(-100)
  if (field === 'file_path' || field === 'process_name')
    return whole.slice(0, Math.max(whole.lastIndexOf('\\'), whole.lastIndexOf('/'), 0)).slice(0, 200)
  return ''
}

function groupIn(subject: string): string {
  const rest = subject.slice(subject.indexOf(' ') + 1)
  const group = rest.slice(0, rest.lastIndexOf(' on '))
  return group === '' ? '' : `: ${group}`
}
