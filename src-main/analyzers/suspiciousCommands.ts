import { z } from 'zod'
import type { CanonicalField } from '#contract/values'
import type { Analyzer, Finding, RowSource, RowView } from './analyzer.ts'
import { commandEvents } from './commandEvents.ts'
import { commandPatterns } from './commandPatterns.ts'
import { decodedCommand, plainCommand } from './commandText.ts'
import { EVENT_FIELDS, eventMatcher, shownField } from './eventRules.ts'
import { gatheredSubjects, newMemory, shortCopy } from './gathered.ts'
import { masquerades, masqueradeOf } from './masquerade.ts'
import { counts } from './numbers.ts'
import { PARENT } from './patterns/commandPattern.ts'
import { compilePhraseRules } from './phraseRules.ts'
import { recentAnswers } from './remembered.ts'
import { requestPatterns } from './requestPatterns.ts'
import { newShared } from './shared.ts'

const config = z.strictObject({
  minimumScore: z.number().min(0).max(100).default(0).describe('Patterns that score less are left out (0 to 100)'),
  ignorePatterns: z
    .array(z.string().max(100))
    .max(500)
    .default([])
    .describe('Ids of patterns to leave out, for example whoami'),
  ignoreText: z
    .array(z.string().min(3).max(500))
    .max(500)
    .default([])
    .describe('Command lines with any of these texts are left out, any case'),
  decode: z.boolean().default(true).describe('Decode base64 of PowerShell commands and look at what they say'),
})
type Config = z.infer<typeof config>

/** What findings of this analyzer are made of, patterns and events alike. */
type Rule = Pick<Finding, 'title' | 'severity' | 'score'> & {
  id: string
  technique: string | null
  falsePositives: string
}
type Matched = { patterns: readonly number[]; masquerade: Rule | null; decoded: boolean }

/** Events whose text is a script or a command: PowerShell, installed services, scheduled tasks. */
const SCRIPT_EVENTS = new Set(['400', '403', '600', '800', '4100', '4103', '4104', '4698', '4702', '106', '140'])
const SERVICE_EVENTS = new Set(['7045', '4697'])
/** Events of a new process; where their data was not taken apart, it stands in the description. */
const PROCESS_IDS = new Set(['1', '4688', '592'])
const PROCESS_EVENTS = new Set(['', ...PROCESS_IDS])
/** Rows that only mention a program (handles, modules, connections) count when its name alone says this much. */
const NAME_SCORE_MIN = 70
const NOTHING: Matched = { patterns: [], masquerade: null, decoded: false }
/** Command lines repeat: answers are remembered for this many distinct ones of at most CACHED_LENGTH characters. */
const CACHE_MAX = 4_096
const CACHED_LENGTH = 500
const REQUESTS_MAX = 1_024
/** A name that has a plain form of its own: no blank, quote, slash, further dot or anything disguises are made of. */
const SIMPLE_NAME = /^[a-z0-9_-]+(?:\.exe)?$/

/**
 * Command lines (and scripts, services, web requests) matched against patterns of known tradecraft. A finding is one
 * pattern on one host with all its rows. Texts are compared in a plain form without the usual disguises; encoded
 * PowerShell is decoded and matched too.
 */
export const suspiciousCommands: Analyzer<Config> = {
  name: 'suspicious_commands',
  title: 'Suspicious commands',
  description: `Finds ${commandPatterns.length + requestPatterns.length} patterns of attack tools and misused system programs in command lines, scripts and requests, and ${commandEvents.length} kinds of telling events.`,
  needs: ['command_line', 'process_name', 'event_id', 'url'],
  reads: [
    ...new Set<CanonicalField>([
      ...EVENT_FIELDS,
      'parent_process_name',
      'url',
      'user_agent',
      'process_name',
      'command_line',
    ]),
  ],
  mitreTechniques: [
    ...new Set(
      [...commandPatterns, ...commandEvents, ...requestPatterns, ...masquerades].flatMap(
        (rule) => rule.technique ?? [],
      ),
    ),
  ].sort(),
  config,
  start: (settings, shared = newShared()) => {
    const wanted = (rule: Rule): boolean =>
      rule.score >= settings.minimumScore && !settings.ignorePatterns.includes(rule.id)
    const patterns = commandPatterns.filter(wanted)
    const matchCommand = compilePhraseRules(patterns)
    const requests = requestPatterns.filter(wanted)
    const matchRequest = compilePhraseRules(requests)
    const matchEvent = eventMatcher(commandEvents.filter(wanted), shared)
    const ignored = settings.ignoreText.map((text) => text.toLowerCase())
    const subjects = gatheredSubjects(newMemory(shared))
    const rules: Rule[] = []
    /** Position in `rules`, from 1, of the rule each subject is about. */
    const ruleOf = counts()
    /** The first row of each subject whose command could be decoded, and its field; 0 where there is none. */
    const [decodedRow, decodedField] = [counts(), counts()]
    const answers = recentAnswers<Matched>(CACHE_MAX, CACHED_LENGTH)
    const requestAnswers = recentAnswers<readonly number[]>(REQUESTS_MAX, CACHED_LENGTH)

    /** The plain form of a command with the name of the program that ran it before it. */
    function plainWith(name: string, bare: string, command: string): string {
      if (!SIMPLE_NAME.test(name)) return plainCommand(`${name} ${command}`)
      const plain = shared.plain(command)
      return plain.length > 2 ? ` ${bare}${plain}` : plainCommand(`${name} ${command}`)
    }

    function matchedBy(command: string, program: string, parent: string): Matched {
      const known = answers.find(command, program, parent)
      if (known !== undefined) return known
      const lower = command.toLowerCase()
      if (ignored.some((text) => lower.includes(text))) return NOTHING
      const decoded = settings.decode ? decodedCommand(command) : null
      const name = shared.program(program)
      const bare = name.endsWith('.exe') ? name.slice(0, -4) : name
      const named = bare === '' || lower.includes(bare) ? shared.plain(command) : plainWith(name, bare, command)
      const parentName = shared.program(parent).replace(/\.exe$/, '')
      const text = `${parentName === '' ? '' : `${PARENT}${parentName}${PARENT}`}${named}${decoded === null ? '' : plainCommand(decoded)}`
      const masquerade = masqueradeOf(program)
      const matched: Matched = {
        patterns: matchCommand(text),
        masquerade: masquerade !== null && wanted(masquerade) ? masquerade : null,
        decoded: decoded !== null,
      }
      answers.keep(matched, command, program, parent)
      return matched
    }

    function matchedRequest(request: string): readonly number[] {
      const known = requestAnswers.find(request)
      if (known !== undefined) return known
      const matched = matchRequest(` ${request.toLowerCase()} `)
      requestAnswers.keep(matched, request)
      return matched
    }

    function numberOf(rule: Rule): number {
      const known = rules.indexOf(rule)
      return known < 0 ? rules.push(rule) : known + 1
    }

    function report(row: RowView, rule: Rule, field: CanonicalField, decoded: CanonicalField | null): void {
      const subject = subjects.at(`${rule.id} on ${shared.lower(row.text('hostname'))}`)
      if (subject < 0) return
      if (ruleOf.at(subject) === 0) ruleOf.set(subject, numberOf(rule))
      if (decoded !== null && decodedRow.at(subject) === 0) {
        decodedRow.set(subject, row.row)
        decodedField.set(subject, DECODED_FIELDS.indexOf(decoded))
      }
      subjects.gather(subject, row, field)
    }

    function lookAt(row: RowView, field: CanonicalField, program: string, parent: string, nameOnly: boolean): void {
      const matched = matchedBy(field === 'process_name' ? '' : textOf(row, field), program, parent)
      for (const position of matched.patterns) {
        const rule = patterns[position]
        if (rule !== undefined && (!nameOnly || rule.score >= NAME_SCORE_MIN))
          report(row, rule, field, matched.decoded ? field : null)
      }
      if (matched.masquerade !== null && !nameOnly) report(row, matched.masquerade, 'process_name', null)
    }

    /** The first row in words: what stands there, which program started it, what it says decoded. */
    function firstOf(subject: number, source: RowSource): string {
      const { row, field } = subjects.first(subject)
      const view = source.at(row, [field, 'parent_process_name'])
      const first = shortCopy(view.text(field), 300)
      const startedBy = shortCopy(shared.program(view.text('parent_process_name')), 100)
      return startedBy === '' ? `The first: ${first}` : `The first, started by ${startedBy}: ${first}`
    }

    function decodedOf(subject: number, source: RowSource): string {
      const row = decodedRow.at(subject)
      const field = DECODED_FIELDS[decodedField.at(subject)]
      if (row === 0 || field === undefined) return ''
      const decoded = decodedCommand(textOf(source.at(row, [field]), field))
      return decoded === null ? '' : `\nDecoded, it begins: ${shortCopy(decoded, 400)}`
    }

    return {
      row(row) {
        const event = shared.id(row.text('event_id'))
        const program = row.text('process_name')
        if (row.text('command_line') !== '') {
          const ownProgram = SCRIPT_EVENTS.has(event) || SERVICE_EVENTS.has(event) ? '' : program
          lookAt(row, 'command_line', ownProgram, row.text('parent_process_name'), false)
        } else if (SERVICE_EVENTS.has(event)) lookAt(row, 'file_path', '', '', false)
        else if (SCRIPT_EVENTS.has(event) || (PROCESS_IDS.has(event) && program === ''))
          lookAt(row, 'description', '', '', false)
        else if (program !== '')
          lookAt(row, 'process_name', program, row.text('parent_process_name'), !PROCESS_EVENTS.has(event))

        for (const field of REQUEST_FIELDS) {
          const request = row.text(field)
          if (request === '') continue
          for (const position of matchedRequest(request)) {
            const rule = requests[position]
            if (rule !== undefined) report(row, rule, field, null)
          }
        }
        if (event !== '') for (const rule of matchEvent(row)) report(row, rule, shownField(rule, row), null)
      },
      *finish(source) {
        for (let subject = 0; subject < subjects.size(); subject += 1) {
          const rule = rules[ruleOf.at(subject) - 1]
          if (rule === undefined) continue
          const total = subjects.total(subject)
          const rows = `${total.toLocaleString('en')} ${total === 1 ? 'row' : 'rows'}`
          yield subjects.finding(subject, source, {
            title: rule.title,
            description: `${rows}. ${firstOf(subject, source)}${decodedOf(subject, source)}${subjects.note()}`,
            severity: rule.severity,
            score: rule.score,
            mitreTechnique: rule.technique,
            tags: [rule.id],
            falsePositives: rule.falsePositives,
            subject: subjects.key(subject),
          })
        }
      },
    }
  },
}

/** Data of events is often JSON, where backslashes are doubled. */
const textOf = (row: RowView, field: CanonicalField): string =>
  field === 'description' ? row.text(field).replaceAll('\\\\', '\\') : row.text(field)

const REQUEST_FIELDS = ['url', 'user_agent'] as const
/** Where encoded commands stand. */
const DECODED_FIELDS: readonly CanonicalField[] = ['command_line', 'file_path', 'description']
