import { z } from 'zod'
import type { CanonicalField } from '#contract/values'
import type { Analyzer, Finding, RowView } from './analyzer.ts'
import { commandEvents } from './commandEvents.ts'
import { commandPatterns } from './commandPatterns.ts'
import { decodedCommand, plainCommand, programName } from './commandText.ts'
import { EVENT_FIELDS, eventMatcher, plainId, shownField } from './eventRules.ts'
import { findingOf, gather, newBudget, nothingGathered, shortCopy } from './gathered.ts'
import { masquerades, masqueradeOf } from './masquerade.ts'
import { PARENT } from './patterns/commandPattern.ts'
import { compilePhraseRules } from './phraseRules.ts'
import { subjectTable } from './subjectTable.ts'
import { requestPatterns } from './requestPatterns.ts'

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
type Subject = ReturnType<typeof nothingGathered> & {
  rule: Rule | null
  /** Text of the first row, and what started it: a program, '' where the row does not say. */
  first: string
  startedBy: string
  decoded: string | null
}
type Matched = { patterns: readonly number[]; masquerade: Rule | null; decoded: string | null }

/** Events whose text is a script or a command: PowerShell, installed services, scheduled tasks. */
const SCRIPT_EVENTS = new Set(['400', '403', '600', '800', '4100', '4103', '4104', '4698', '4702', '106', '140'])
const SERVICE_EVENTS = new Set(['7045', '4697'])
/** Events of a new process; where their data was not taken apart, it stands in the description. */
const PROCESS_IDS = new Set(['1', '4688', '592'])
const PROCESS_EVENTS = new Set(['', ...PROCESS_IDS])
/** Rows that only mention a program (handles, modules, connections) count when its name alone says this much. */
const NAME_SCORE_MIN = 70
const NOTHING: Matched = { patterns: [], masquerade: null, decoded: null }
/** Command lines repeat: answers are remembered for this many distinct ones of at most CACHED_LENGTH characters. */
const CACHE_MAX = 20_000
const CACHED_LENGTH = 1_000

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
  start: (settings) => {
    const wanted = (rule: Rule): boolean =>
      rule.score >= settings.minimumScore && !settings.ignorePatterns.includes(rule.id)
    const patterns = commandPatterns.filter(wanted)
    const matchCommand = compilePhraseRules(patterns)
    const requests = requestPatterns.filter(wanted)
    const matchRequest = compilePhraseRules(requests)
    const matchEvent = eventMatcher(commandEvents.filter(wanted))
    const ignored = settings.ignoreText.map((text) => text.toLowerCase())
    const subjects = subjectTable<Subject>(() => ({
      ...nothingGathered(),
      rule: null,
      first: '',
      startedBy: '',
      decoded: null,
    }))
    const budget = newBudget()
    const cache = new Map<string, Matched>()

    function matchedBy(command: string, program: string, parent: string): Matched {
      const key = `${parent}\n${program}\n${command}`
      const known = key.length <= CACHED_LENGTH ? cache.get(key) : undefined
      if (known !== undefined) return known
      const lower = command.toLowerCase()
      if (ignored.some((text) => lower.includes(text))) return NOTHING
      const decoded = settings.decode ? decodedCommand(command) : null
      const name = programName(program)
      const bare = name.endsWith('.exe') ? name.slice(0, -4) : name
      const named = bare === '' || lower.includes(bare) ? command : `${name} ${command}`
      const parentName = programName(parent).replace(/\.exe$/, '')
      const text = `${parentName === '' ? '' : `${PARENT}${parentName}${PARENT}`}${plainCommand(named)}${decoded === null ? '' : plainCommand(decoded)}`
      const masquerade = masqueradeOf(program)
      const matched: Matched = {
        patterns: matchCommand(text),
        masquerade: masquerade !== null && wanted(masquerade) ? masquerade : null,
        decoded: decoded === null ? null : shortCopy(decoded, 400),
      }
      if (key.length <= CACHED_LENGTH) {
        if (cache.size >= CACHE_MAX) cache.clear()
        cache.set(key, matched)
      }
      return matched
    }

    function report(row: RowView, rule: Rule, field: CanonicalField, decoded: string | null): void {
      const subject = subjects.at(`${rule.id} on ${row.text('hostname').toLowerCase()}`)
      if (subject === null) return
      if (subject.rule === null) {
        subject.rule = rule
        subject.first = shortCopy(row.text(field), 300)
        subject.startedBy = shortCopy(programName(row.text('parent_process_name')), 100)
      }
      subject.decoded ??= decoded
      gather(subject, row, field, budget)
    }

    function lookAt(row: RowView, field: CanonicalField, program: string, parent: string, nameOnly: boolean): void {
      const matched = matchedBy(field === 'process_name' ? '' : textOf(row, field), program, parent)
      for (const position of matched.patterns) {
        const rule = patterns[position]
        if (rule !== undefined && (!nameOnly || rule.score >= NAME_SCORE_MIN)) report(row, rule, field, matched.decoded)
      }
      if (matched.masquerade !== null && !nameOnly) report(row, matched.masquerade, 'process_name', null)
    }

    return {
      row(row) {
        const event = plainId(row.text('event_id'))
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
          for (const position of matchRequest(` ${request.toLowerCase()} `)) {
            const rule = requests[position]
            if (rule !== undefined) report(row, rule, field, null)
          }
        }
        if (event !== '') for (const rule of matchEvent(row)) report(row, rule, shownField(rule, row), null)
      },
      finish() {
        const findings: Finding[] = []
        for (const [subject, found] of subjects.entries()) {
          if (found.rule === null) continue
          const rows = `${found.total.toLocaleString('en')} ${found.total === 1 ? 'row' : 'rows'}`
          const decoded = found.decoded === null ? '' : `\nDecoded, it begins: ${found.decoded}`
          findings.push(
            findingOf(found, {
              title: found.rule.title,
              description: `${rows}. ${firstOf(found)}${decoded}${subjects.note()}`,
              severity: found.rule.severity,
              score: found.rule.score,
              mitreTechnique: found.rule.technique,
              tags: [found.rule.id],
              falsePositives: found.rule.falsePositives,
              subject,
            }),
          )
        }
        return findings
      },
    }
  },
}

/** The first row in words: what stands there, and which program started it. */
const firstOf = ({ first, startedBy }: Subject): string =>
  startedBy === '' ? `The first: ${first}` : `The first, started by ${startedBy}: ${first}`

/** Data of events is often JSON, where backslashes are doubled. */
const textOf = (row: RowView, field: CanonicalField): string =>
  field === 'description' ? row.text(field).replaceAll('\\\\', '\\') : row.text(field)

const REQUEST_FIELDS = ['url', 'user_agent'] as const
