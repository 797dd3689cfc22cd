import { z } from 'zod'
import type { CanonicalField } from '#contract/values'
import type { Analyzer, Finding, RowView } from './analyzer.ts'
import type { Autostart } from './autostart.ts'
import { autostarts } from './autostarts.ts'
import { plainCommand } from './commandText.ts'
import { EVENT_FIELDS, eventMatcher, plainId, shownField, sourceOf } from './eventRules.ts'
import { findingOf, gather, newBudget, nothingGathered, shortCopy } from './gathered.ts'
import { ODD_FOLDERS } from './patterns/commandPattern.ts'
import { persistenceEvents } from './persistenceEvents.ts'
import { compilePhraseRules } from './phraseRules.ts'
import { subjectTable } from './subjectTable.ts'

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
type Subject = ReturnType<typeof nothingGathered> & { rule: Rule | null; first: string; odd: boolean; written: boolean }

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
/** A command line counts when it changes something: one of these must be in it. */
const CHANGES =
  / add | import |set-item|new-item|copy|\bmove\b|regwrite|setvalue|createkey|out-file|add-content|echo |>|\bsc create|reg add/
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
  start: (settings) => {
    const wanted = (rule: Rule): boolean =>
      rule.score >= settings.minimumScore && !settings.ignoreRules.includes(rule.id)
    const places = autostarts.filter(wanted)
    const match = compilePhraseRules(places)
    const matchEvent = eventMatcher(persistenceEvents.filter(wanted))
    const ignored = settings.ignoreText.map((text) => text.toLowerCase())
    const subjects = subjectTable<Subject>(() => ({
      ...nothingGathered(),
      rule: null,
      first: '',
      odd: false,
      written: false,
    }))
    const budget = newBudget()

    function report(
      row: RowView,
      rule: Rule,
      field: CanonicalField,
      entry: string,
      odd: boolean,
      written: boolean,
    ): void {
      const subject = subjects.at(`${rule.id} ${entry} on ${row.text('hostname').toLowerCase()}`)
      if (subject === null) return
      if (subject.rule === null) {
        subject.rule = rule
        const value = row.text('registry_value')
        subject.first = shortCopy(
          `${row.text(field)}${field === 'registry_key' && value !== '' ? ` = ${value}` : ''}`,
          300,
        )
      }
      subject.odd ||= odd
      subject.written ||= written
      gather(subject, row, field, budget)
    }

    function look(
      row: RowView,
      field: CanonicalField,
      where: Autostart['where'],
      text: string,
      data: string,
      written: boolean,
    ): void {
      const lower = ` ${text.toLowerCase()} `
      const positions = match(lower)
      if (positions.length === 0) return
      const all = `${lower}${data.toLowerCase()}`
      if (ignored.some((phrase) => all.includes(phrase))) return
      const odd = ODD_DATA.some((phrase) => (where === 'registry' ? data.toLowerCase() : all).includes(phrase))
      for (const position of positions) {
        const rule = places[position]
        if (rule === undefined || rule.where !== where || (field === 'command_line' && rule.commands === false))
          continue
        report(row, rule, field, entryOf(text), odd, written)
      }
    }

    return {
      row(row) {
        const event = plainId(row.text('event_id'))
        const source = sourceOf(row.text('event_type'))
        const key = row.text('registry_key')
        if (
          key !== '' &&
          !REGISTRY_READS.has(event) &&
          (REGISTRY_WRITES.has(event) || event === '' || settings.inventory)
        ) {
          const written = REGISTRY_WRITES.has(event) || /set|creat|renam|modif/i.test(row.text('event_type'))
          if (written || settings.inventory)
            look(row, 'registry_key', 'registry', key, row.text('registry_value'), written)
        }
        const path = row.text('file_path')
        if (event === '4657' && key === '') look(row, 'file_path', 'registry', path, row.text('registry_value'), true)
        else if (path !== '' && FILE_WRITES.has(event) && (event !== '2' || source === 'sysmon'))
          look(row, 'file_path', 'file', path, row.text('command_line'), event !== '')
        const command = row.text('command_line')
        if (command !== '') {
          const plain = plainCommand(command)
          if (CHANGES.test(plain)) {
            look(row, 'command_line', 'registry', plain, plain, true)
            if (/copy|move|out-file|add-content|>/.test(plain)) look(row, 'command_line', 'file', plain, plain, true)
          }
        }
        if (event !== '') for (const rule of matchEvent(row)) report(row, rule, shownField(rule, row), '', false, true)
      },
      finish() {
        const findings: Finding[] = []
        for (const [subject, found] of subjects.entries()) {
          const rule = found.rule
          if (rule === null) continue
          const score = !found.written
            ? Math.min(rule.score, found.odd ? 45 : 30)
            : found.odd
              ? Math.min(rule.score + RAISE, rule.severity === 'critical' ? 96 : HIGH_MAX)
              : rule.score
          const listed = found.written ? '' : ' It stands in a listing; when it was written is not known.'
          findings.push(
            findingOf(found, {
              title: rule.title,
              description: `${found.total.toLocaleString('en')} ${found.total === 1 ? 'row' : 'rows'}.${found.odd ? ' The entry names a script host or a folder of users.' : ''}${listed} The first: ${found.first}${subjects.note()}`,
              severity: severityFor(score, rule.severity === 'critical'),
              score,
              mitreTechnique: rule.technique,
              tags: [rule.id],
              falsePositives: rule.falsePositives,
              subject,
            }),
          )
        }
        return findings
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
