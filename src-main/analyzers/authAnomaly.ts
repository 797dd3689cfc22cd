import { z } from 'zod'
import type { Analyzer, Finding, RowSource, RowView } from './analyzer.ts'
import { addressKind } from './addresses.ts'
import { authEvents } from './authEvents.ts'
import { EVENT_FIELDS, eventMatcher, shownField } from './eventRules.ts'
import { failedLogons, whereOf } from './failedLogons.ts'
import { gatheredSubjects, newMemory } from './gathered.ts'
import { LOGON_FIELDS, logonOf } from './logonRow.ts'
import type { Logon } from './logonRow.ts'
import { rowLists } from './numberLists.ts'
import { counts, signed } from './numbers.ts'
import { newShared } from './shared.ts'
import { sprayedAccounts } from './sprayedAccounts.ts'
import { SUBJECTS_MAX } from './subjectTable.ts'

const config = z.strictObject({
  minimumFailures: z
    .number()
    .int()
    .min(2)
    .max(100_000)
    .default(5)
    .describe('Failed logons of one account from one source from which they are guessing'),
  windowMinutes: z
    .number()
    .min(1)
    .max(525_600)
    .default(60)
    .describe('... within this time, in minutes; rows without a time all count'),
  sprayAccounts: z
    .number()
    .int()
    .min(2)
    .max(100_000)
    .default(5)
    .describe('Accounts that fail from one source within the window from which it is spraying'),
  remoteLogonTypes: z
    .array(z.number().int().min(0).max(20))
    .max(20)
    .default([3, 10])
    .describe('Windows logon types that are remote: 3 network, 10 remote desktop'),
  reportInternalLogons: z
    .boolean()
    .default(true)
    .describe('Also report remote logons from private addresses, at severity info and low'),
})
type Config = z.infer<typeof config>

const MINUTE = 60_000_000

const SOURCES_SHOWN = 20
/** Marks of sources of remote logons. */
const [INSIDE, OUTSIDE] = [0, 1]
/** Accounts of the system and of computers, and none: their remote logons say nothing. */
const ORDINARY = /\$$|^(?:anonymous logon|-|system|local service|network service|dwm-\d|umfd-\d)?$/

/**
 * Guessed passwords (T1110.001), password spraying (T1110.003), a logon after many failures (T1110 and T1078), refused
 * accounts (T1078), remote logons (types 3 and 10; T1021, T1078), and new credentials as pass-the-hash makes them (type 9;
 * T1550.002). Time counts where rows have one: failures must lie within the window, and only a later logon is a success
 * after failures.
 */
export const authAnomaly: Analyzer<Config> = {
  name: 'auth_anomaly',
  title: 'Logon anomalies',
  description:
    'Finds guessed and sprayed passwords, success after failures, attempts with disabled accounts, remote logons from outside, and logons as pass-the-hash makes them.',
  needs: ['username', 'event_id', 'logon_type', 'status', 'description'],
  reads: [...new Set([...EVENT_FIELDS, 'logon_type', 'src_ip', 'ip_address'] as const)],
  mitreTechniques: ['T1021', 'T1021.001', 'T1078', 'T1110', 'T1110.001', 'T1110.003', 'T1550.002', 'T1555.004'],
  config,
  start: (settings, shared = newShared()) => {
    const window = settings.windowMinutes * MINUTE
    const memory = newMemory(shared)
    const failures = failedLogons(memory, shared, window)
    const sprays = sprayedAccounts(memory, window)
    const remotes = gatheredSubjects(memory)
    /** By remote logon: its sources (numbers of names), as many as are shown and one more, of each mark. */
    const sources = rowLists(memory.room, 2 * SUBJECTS_MAX)
    const [sourcesOf, inside, outside] = [signed(), counts(), counts()]
    const newCredentials = gatheredSubjects(memory)
    const singles = gatheredSubjects(memory)
    const ruleOf = counts()
    const matchEvent = eventMatcher(authEvents, shared)
    const types = new Set(settings.remoteLogonTypes.map(String))

    function seen(row: RowView, logon: Logon): void {
      failures.see(row, logon)
      if (logon.outcome === 'failed') {
        const where = whereOf(row, logon, shared)
        if (where !== '') sprays.see(`spray from ${where}`, logon.account, row)
        return
      }
      const host = shared.lower(row.text('hostname'))
      if (logon.type === '9') {
        const held = newCredentials.at(`new credentials of ${logon.account} on ${host}`)
        if (held >= 0) newCredentials.gather(held, row, 'username')
      }
      if (!types.has(logon.type) || ORDINARY.test(logon.account)) return
      const remote = remotes.at(`type ${logon.type} logon of ${logon.account} on ${host}`)
      if (remote < 0) return
      cameFrom(remote, logon.source)
      remotes.gather(remote, row, 'username')
    }

    function cameFrom(remote: number, source: string): void {
      if (source === '') return
      const mark = addressKind(source) === 'public' ? OUTSIDE : INSIDE
      const known = mark === OUTSIDE ? outside : inside
      if (known.at(remote) > SOURCES_SHOWN) return
      const name = shared.names.add(source)
      if (name >= 0 && sources.has(sourcesOf.at(remote), name)) return
      known.set(remote, known.at(remote) + 1)
      const newest = name < 0 ? 0 : sources.add(sourcesOf.at(remote), name, mark)
      if (newest !== 0) sourcesOf.set(remote, newest)
    }

    return {
      row(row) {
        const logon = logonOf(row, shared)
        if (logon !== null) seen(row, logon)
        for (const rule of matchEvent(row)) {
          const single = singles.at(`${rule.id} on ${shared.lower(row.text('hostname'))}`)
          if (single < 0) continue
          ruleOf.set(single, authEvents.indexOf(rule))
          singles.gather(single, row, shownField(rule, row))
        }
      },
      *finish(source) {
        failures.mark(source, settings.minimumFailures)
        for (let subject = 0; subject < failures.size(); subject += 1) yield* guessing(subject, source)
        for (let subject = 0; subject < sprays.size(); subject += 1) yield* spraying(subject, source)
        for (let subject = 0; subject < remotes.size(); subject += 1) yield* remoteLogon(subject, source)
        for (let subject = 0; subject < newCredentials.size(); subject += 1) yield passTheHash(subject, source)
        for (let subject = 0; subject < singles.size(); subject += 1) yield* single(subject, source)
      },
    }

    function* guessing(subject: number, rows: RowSource): Generator<Finding> {
      const total = failures.total(subject)
      if (total === 0) return
      const { count: most, cut } = failures.most(subject)
      const tooMany = most >= settings.minimumFailures
      const restricted = failures.restricted(subject)
      if (!tooMany && restricted === 0) return
      const after = failures.succeededAfter(subject)
      const { account, where } = failures.whose(subject, rows)
      const outside = addressKind(where) === 'public'
      const whose = account === '' ? ` from ${where || 'an unnamed source'}` : `: ${account}`
      const counted = `${total.toLocaleString('en')} failed ${total === 1 ? 'logon' : 'logons'} of ${account || 'an account that is not named'} from ${where || 'an unnamed source'}`
      const base = {
        tags: ['failed-logons'],
        subject: failures.key(subject),
        falsePositives: 'Old passwords stored in services, phones and mapped drives; look at the pace and the end.',
      }
      const score = after ? 86 : Math.min(80, 58 + 6 * Math.log10(most / settings.minimumFailures) + (outside ? 8 : 0))
      const told = tooMany
        ? {
            ...base,
            title: `Password ${after ? 'guessed' : 'guessing'}${whose}`,
            description: `${counted}, at ${cut ? 'least' : 'most'} ${most.toLocaleString('en')} within ${settings.windowMinutes} minutes.${after ? ' A logon succeeded afterwards.' : ''}${failures.note()}`,
            severity: after ? ('critical' as const) : score >= 69 ? ('high' as const) : ('medium' as const),
            score,
            mitreTechnique: 'T1110.001',
          }
        : {
            ...base,
            title: `Logon of a refused account${whose}`,
            description: `${counted}; ${restricted.toLocaleString('en')} because the account is disabled, locked, expired or not allowed there.${failures.note()}`,
            severity: 'medium' as const,
            score: outside ? 56 : 44,
            mitreTechnique: 'T1078',
          }
      yield failures.finding(subject, rows, told, { user: account || null })
    }

    function* spraying(subject: number, rows: RowSource): Generator<Finding> {
      const { count, most, cut } = sprays.accounts(subject)
      if (most < settings.sprayAccounts) return
      const key = sprays.key(subject)
      const source = key.slice('spray from '.length)
      yield sprays.finding(subject, rows, {
        title: `Password spraying from ${source}`,
        description: `${cut ? 'At least ' : ''}${count.toLocaleString('en')} accounts failed to log on from ${source} (${sprays.total(subject).toLocaleString('en')} failures), at ${cut ? 'least' : 'most'} ${most.toLocaleString('en')} within ${settings.windowMinutes} minutes: ${sprays.names(subject, SOURCES_SHOWN).join(', ')}${count > SOURCES_SHOWN ? ' …' : ''}.${sprays.note()}`,
        severity: 'high',
        score: Math.min(
          88,
          74 + 6 * Math.log10(most / settings.sprayAccounts) + (addressKind(source) === 'public' ? 6 : 0),
        ),
        mitreTechnique: 'T1110.003',
        tags: ['spraying'],
        falsePositives: 'Proxies, terminal servers and scanners fail for many users from one address.',
        subject: key,
      })
    }

    function* remoteLogon(subject: number, rows: RowSource): Generator<Finding> {
      const fromOutside = outside.at(subject) > 0
      if (!fromOutside && !settings.reportInternalLogons) return
      const logon = logonOf(rows.at(remotes.first(subject).row, LOGON_FIELDS), shared)
      if (logon === null) return
      const desktop = logon.type === '10'
      const mark = fromOutside ? OUTSIDE : INSIDE
      const from = sources
        .of(sourcesOf.at(subject))
        .filter((source) => source.mark === mark)
        .map((source) => shared.names.text(source.value))
      const total = remotes.total(subject)
      const score = fromOutside ? (desktop ? 70 : 54) : desktop ? 24 : 8
      yield remotes.finding(
        subject,
        rows,
        {
          title: `${desktop ? 'Remote desktop logon' : `Network logon (type ${logon.type})`} of ${logon.account}${fromOutside ? ' from outside' : ''}`,
          description: `${total.toLocaleString('en')} ${total === 1 ? 'logon' : 'logons'}${from.length === 0 ? '' : ` from ${from.slice(0, SOURCES_SHOWN).join(', ')}${from.length > SOURCES_SHOWN ? ' …' : ''}`}.${remotes.note()}`,
          severity: score >= 69 ? 'high' : score >= 40 ? 'medium' : score >= 15 ? 'low' : 'info',
          score,
          mitreTechnique: desktop ? 'T1021.001' : fromOutside ? 'T1078' : 'T1021',
          tags: ['remote-logon'],
          falsePositives: fromOutside
            ? 'Machines on the internet that are administered directly.'
            : 'Daily administration and file access; of use for following an account.',
          subject: remotes.key(subject),
        },
        { user: logon.account },
      )
    }

    function passTheHash(subject: number, rows: RowSource): Finding {
      return newCredentials.finding(subject, rows, {
        title: 'Logon with new credentials (as pass-the-hash makes it)',
        description: `${newCredentials.total(subject).toLocaleString('en')} logons of type 9: a program runs with other credentials on the network than on the computer.${newCredentials.note()}`,
        severity: 'medium',
        score: 64,
        mitreTechnique: 'T1550.002',
        tags: ['new-credentials'],
        falsePositives: 'runas /netonly of administrators.',
        subject: newCredentials.key(subject),
      })
    }

    function* single(subject: number, rows: RowSource): Generator<Finding> {
      const rule = authEvents[ruleOf.at(subject)]
      if (rule === undefined) return
      const { title, severity, score, technique, id, falsePositives } = rule
      const total = singles.total(subject)
      yield singles.finding(subject, rows, {
        title,
        description: `${total.toLocaleString('en')} ${total === 1 ? 'row' : 'rows'}.${singles.note()}`,
        severity,
        score,
        mitreTechnique: technique,
        tags: [id],
        falsePositives,
        subject: singles.key(subject),
      })
    }
  },
}
