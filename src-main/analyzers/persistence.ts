import { z } from 'zod'
import type { CanonicalField } from '#contract/values'
import type { Analyzer, Finding, RowSource, RowView } from './analyzer.ts'
import type { Autostart } from './autostart.ts'
import { autostarts } from './autostarts.ts'
import { EVENT_FIELDS, eventMatcher, shownField } from './eventRules.ts'
import { gatheredSubjects, newMemory, shortCopy } from './gathered.ts'
import { bytes, counts } from './numbers.ts'
import { ODD_FOLDERS } from './patterns/commandPattern.ts'
import { persistenceEvents } from './persistenceEvents.ts'
import { compilePhraseRules } from './phraseRules.ts'
import { remembered } from './remembered.ts'
import { newShared } from './shared.ts'

const config = z.strictObject({
  minimumScore: z
    .number()
    .min(0)
    .max(100)
    .default(0)
    .describe('Places and events that score less are left out (0 to 100)'),
  ignoreRules: z
    .array(z.string().max(100))
    .max(500)
    .default([])
    .describe('Ids of places and events to leave out, for example run-key'),
  ignoreText: z
    .array(z.string().min(3).max(500))
    .max(500)
    .default(['\\microsoft\\onedrive\\', '\\microsoft\\edgeupdate\\', '\\google\\update\\'])
    .describe('Entries with any of these texts are left out, any case'),
  inventory: z
    .boolean()
    .default(true)
    .describe('Also report entries of listings (Autoruns, registry exports), at low severity'),
})
type Config = z.infer<typeof config>

type Rule = Pick<Finding, 'title' | 'severity' | 'score'> & {
  id: string
  technique: string | null
  falsePositives: string
}
/** Sysmon 12-14 (key and value), 4657 and 5039: something was written. */
const REGISTRY_WRITES = new Set(['12', '13', '14', '4657', '5039'])
/** Only asked for, opened or read. */
const REGISTRY_READS = new Set([
  '4656',
  '4663',
  '4658',
  '4660',
  '4661',
  '4662',
  '4670',
  '4690',
  '10',
  '1',
  '5',
  '7',
  '3',
])
const FILE_WRITES = new Set(['', '11', '15', '2', '23', '26', '5145', '4663'])
/** A command line counts when it changes something: `>` or one of these must be in it. */
const CHANGES =
  / add | import |set-item|new-item|copy|regwrite|setvalue|createkey|out-file|add-content|echo |reg add|\bmove\b|\bsc create/
// By itself, since the others are looked for in steps of several characters, and this one in steps of many.
const changesSomething = (plain: string): boolean => plain.includes('>') || CHANGES.test(plain)
/** What makes an entry of an autostart place likelier to be bad. */
const ODD_DATA = [
  ...ODD_FOLDERS,
  'powershell',
  'mshta',
  'rundll32',
  'regsvr32',
  'wscript',
  'cscript',
  'cmd /c',
  'cmd.exe /c',
  'http:',
  'https:',
  '-enc',
  'frombase64',
  '.vbs',
  '.js',
  '.bat',
  '.ps1',
  '.scr',
]
const RAISE = 14
/** What is raised stays below the scores of critical findings, so that lists by score go from worse to better. */
const HIGH_MAX = 84

/**
 * Ways to stay on a computer: writes to autostart places of the registry and the file system, services, tasks, accounts
 * and groups. A finding is one place (or kind of event) on one host and, for places, one entry; entries that name a
 * script host or a folder of users score higher.
 */
export const persistence: Analyzer<Config> = {
  name: 'persistence',
  title: 'Persistence',
  description: `Finds entries in ${autostarts.length} autostart places (Run keys, services, Winlogon, IFEO, shell folders ...) and ${persistenceEvents.length} kinds of events that make services, tasks, accounts and group members.`,
  needs: ['registry_key', 'file_path', 'command_line', 'event_id'],
  reads: [...EVENT_FIELDS],
  mitreTechniques: [...new Set([...autostarts, ...persistenceEvents].flatMap((rule) => rule.technique ?? []))].sort(),
  config,
  start: (settings, shared = newShared()) => {
    const wanted = (rule: Rule): boolean =>
      rule.score >= settings.minimumScore && !settings.ignoreRules.includes(rule.id)
    const places = autostarts.filter(wanted)
    const match = compilePhraseRules(places)
    const matchEvent = eventMatcher(persistenceEvents.filter(wanted), shared)
    const ignored = settings.ignoreText.map((text) => text.toLowerCase())
    const subjects = gatheredSubjects(newMemory(shared))
    const rules: Rule[] = []
    /** Position in `rules`, from 1, of the rule each subject is about. */
    const ruleOf = counts()
    const [oddly, writtenTo] = [bytes(), bytes()]
    const positionsIn = remembered((text) => match(` ${text.toLowerCase()} `))
    const changes = remembered((eventType) => /set|creat|renam|modif/i.test(eventType))

    function numberOf(rule: Rule): number {
      const known = rules.indexOf(rule)
      return known < 0 ? rules.push(rule) : known + 1
    }

    function report(
      row: RowView,
      rule: Rule,
      field: CanonicalField,
      entry: string,
      odd: boolean,
      written: boolean,
    ): void {
      const subject = subjects.at(`${rule.id} ${entry} on ${shared.lower(row.text('hostname'))}`)
      if (subject < 0) return
      if (ruleOf.at(subject) === 0) ruleOf.set(subject, numberOf(rule))
      if (odd) oddly.set(subject, 1)
      if (written) writtenTo.set(subject, 1)
      subjects.gather(subject, row, field)
    }

    function look(
      row: RowView,
      field: CanonicalField,
      where: Autostart['where'],
      text: string,
      data: string,
      written: boolean,
    ): void {
      const positions = positionsIn(text)
      if (positions.length === 0) return
      const all = ` ${text.toLowerCase()} ${data.toLowerCase()}`
      if (ignored.some((phrase) => all.includes(phrase))) return
      const odd = ODD_DATA.some((phrase) => (where === 'registry' ? data.toLowerCase() : all).includes(phrase))
      for (const position of positions) {
        const rule = places[position]
        if (rule === undefined || rule.where !== where || (field === 'command_line' && rule.commands === false))
          continue
        report(row, rule, field, entryOf(text), odd, written)
      }
    }

    function lookAtCommand(row: RowView, command: string): void {
      const plain = shared.plain(command)
      if (!changesSomething(plain)) return
      look(row, 'command_line', 'registry', plain, plain, true)
      if (/copy|move|out-file|add-content|>/.test(plain)) look(row, 'command_line', 'file', plain, plain, true)
    }

    /** What the row says that the subject's first row is. */
    function firstOf(subject: number, source: RowSource): string {
      const { row, field } = subjects.first(subject)
      const view = source.at(row, [field, 'registry_value'])
      const value = view.text('registry_value')
      return shortCopy(`${view.text(field)}${field === 'registry_key' && value !== '' ? ` = ${value}` : ''}`, 300)
    }

    return {
      row(row) {
        const event = shared.id(row.text('event_id'))
        const key = row.text('registry_key')
        if (
          key !== '' &&
          !REGISTRY_READS.has(event) &&
          (REGISTRY_WRITES.has(event) || event === '' || settings.inventory)
        ) {
          const written = REGISTRY_WRITES.has(event) || changes(row.text('event_type'))
          if (written || settings.inventory)
            look(row, 'registry_key', 'registry', key, row.text('registry_value'), written)
        }
        const path = row.text('file_path')
        if (event === '4657' && key === '') look(row, 'file_path', 'registry', path, row.text('registry_value'), true)
        else if (
          path !== '' &&
          FILE_WRITES.has(event) &&
          (event !== '2' || shared.source(row.text('event_type')) === 'sysmon')
        )
          look(row, 'file_path', 'file', path, row.text('command_line'), event !== '')
        const command = row.text('command_line')
        if (command !== '') lookAtCommand(row, command)
        if (event !== '') for (const rule of matchEvent(row)) report(row, rule, shownField(rule, row), '', false, true)
      },
      *finish(source) {
        for (let subject = 0; subject < subjects.size(); subject += 1) {
          const rule = rules[ruleOf.at(subject) - 1]
          if (rule === undefined) continue
          const [odd, written] = [oddly.at(subject) === 1, writtenTo.at(subject) === 1]
          const score = !written
            ? Math.min(rule.score, odd ? 45 : 30)
            : odd
              ? Math.min(rule.score + RAISE, rule.severity === 'critical' ? 96 : HIGH_MAX)
              : rule.score
          const listed = written ? '' : ' It stands in a listing; when it was written is not known.'
          const total = subjects.total(subject)
          yield subjects.finding(subject, source, {
            title: rule.title,
            description: `${total.toLocaleString('en')} ${total === 1 ? 'row' : 'rows'}.${odd ? ' The entry names a script host or a folder of users.' : ''}${listed} The first: ${firstOf(subject, source)}${subjects.note()}`,
            severity: severityFor(score, rule.severity === 'critical'),
            score,
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

function severityFor(score: number, critical: boolean): Finding['severity'] {
  if (score >= 85 && critical) return 'critical'
  return score >= 69 ? 'high' : score >= 40 ? 'medium' : score >= 15 ? 'low' : 'info'
}

/** The entry as a subject: one registry value or file is one thing, whoever's hive it stands in. */
function entryOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/s-1-5-21-[\d-]{5,60}/g, 'sid')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300)
}
