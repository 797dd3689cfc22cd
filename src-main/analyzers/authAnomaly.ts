import { z } from 'zod'
import type { Analyzer, Finding, RowView } from './analyzer.ts'
import { addressKind } from './addresses.ts'
import { authEvents } from './authEvents.ts'
import { EVENT_FIELDS, eventMatcher, shownField } from './eventRules.ts'
import { findingOf, gather, newBudget, nothingGathered } from './gathered.ts'
import { logonOf } from './logonRow.ts'
import type { Logon } from './logonRow.ts'
import { subjectTable } from './subjectTable.ts'

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

/** Times of failures kept per account and source; later ones are counted. */
const TIMES_MAX = 10_000
const MINUTE = 60_000_000

type Failures = ReturnType<typeof nothingGathered> & {
  account: string
  source: string
  times: number[]
  untimed: number
  restricted: number
  successes: number[]
  succeeded: number
}
type Spray = ReturnType<typeof nothingGathered> & { accounts: Map<string, number | null> }
type Remote = ReturnType<typeof nothingGathered> & {
  account: string
  type: string
  sources: Set<string>
  outside: Set<string>
  sourcesLeft: number
}
type Single = ReturnType<typeof nothingGathered> & { rule: (typeof authEvents)[number] | null }
const SOURCES_SHOWN = 20

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
  start: (settings) => {
    const failures = subjectTable<Failures>(() => ({
      ...nothingGathered(),
      account: '',
      source: '',
      times: [],
      untimed: 0,
      restricted: 0,
      successes: [],
      succeeded: 0,
    }))
    const sprays = subjectTable<Spray>(() => ({ ...nothingGathered(), accounts: new Map() }))
    const remotes = subjectTable<Remote>(() => ({
      ...nothingGathered(),
      account: '',
      type: '',
      sources: new Set(),
      outside: new Set(),
      sourcesLeft: 0,
    }))
    const newCredentials = subjectTable<ReturnType<typeof nothingGathered>>(nothingGathered)
    const singles = subjectTable<Single>(() => ({ ...nothingGathered(), rule: null }))
    const matchEvent = eventMatcher(authEvents)
    const types = new Set(settings.remoteLogonTypes.map(String))
    const window = settings.windowMinutes * MINUTE
    const budget = newBudget()

    function seen(row: RowView, logon: Logon): void {
      const host = row.text('hostname').toLowerCase()
      const where = logon.source || host
      const failed = failures.at(`${logon.account} from ${where}`)
      if (failed !== null) {
        failed.account = logon.account
        failed.source = where
        if (logon.outcome === 'failed') {
          if (row.time === null) failed.untimed += 1
          else if (failed.times.length < TIMES_MAX) failed.times.push(row.time)
          if (logon.restricted) failed.restricted += 1
          // A row without a name still shows where the attempt came from.
          gather(failed, row, row.text('username') === '' ? 'src_ip' : 'username', budget)
        } else {
          failed.succeeded += 1
          if (row.time !== null && failed.successes.length < TIMES_MAX) failed.successes.push(row.time)
        }
      }
      if (logon.outcome === 'failed') {
        const spray = where === '' ? null : sprays.at(`spray from ${where}`)
        if (spray !== null && logon.account !== '') {
          if (spray.accounts.has(logon.account) || spray.accounts.size < TIMES_MAX)
            spray.accounts.set(logon.account, earlier(spray.accounts.get(logon.account), row.time))
          gather(spray, row, 'username', budget)
        }
        return
      }
      if (logon.type === '9') {
        const held = newCredentials.at(`new credentials of ${logon.account} on ${host}`)
        if (held !== null) gather(held, row, 'username', budget)
      }
      if (
        !types.has(logon.type) ||
        /\$$|^(?:anonymous logon|-|system|local service|network service|dwm-\d|umfd-\d)?$/.test(logon.account)
      )
        return
      const remote = remotes.at(`type ${logon.type} logon of ${logon.account} on ${host}`)
      if (remote === null) return
      remote.account = logon.account
      remote.type = logon.type
      if (remote.sources.size < TIMES_MAX) remote.sources.add(logon.source)
      if (addressKind(logon.source) === 'public' && remote.outside.size < TIMES_MAX) remote.outside.add(logon.source)
      gather(remote, row, 'username', budget)
    }

    return {
      row(row) {
        const logon = logonOf(row)
        if (logon !== null) seen(row, logon)
        for (const rule of matchEvent(row)) {
          const single = singles.at(`${rule.id} on ${row.text('hostname').toLowerCase()}`)
          if (single === null) continue
          single.rule = rule
          gather(single, row, shownField(rule, row), budget)
        }
      },
      finish: () => [
        ...[...failures.entries()].flatMap(([subject, found]) => guessing(subject, found)),
        ...[...sprays.entries()].flatMap(([subject, found]) => spraying(subject, found)),
        ...[...remotes.entries()].flatMap(([subject, found]) => remoteLogon(subject, found)),
        ...[...newCredentials.entries()].flatMap(([subject, found]) => passTheHash(subject, found)),
        ...[...singles.entries()].flatMap(([subject, found]) => single(subject, found)),
      ],
    }

    function guessing(subject: string, found: Failures): Finding[] {
      if (found.total === 0) return []
      const times = found.times.toSorted((a, b) => a - b)
      const dense = densest(times, window)
      const most = Math.max(dense.count + found.untimed, 0)
      const tooMany = most >= settings.minimumFailures
      if (!tooMany && found.restricted === 0) return []
      const after =
        found.successes.some((time) => dense.end !== null && time >= dense.end && time <= dense.end + window) ||
        (times.length === 0 && found.succeeded > 0)
      const outside = addressKind(found.source) === 'public'
      const whose = found.account === '' ? ` from ${found.source || 'an unnamed source'}` : `: ${found.account}`
      const counted = `${found.total.toLocaleString('en')} failed ${found.total === 1 ? 'logon' : 'logons'} of ${found.account || 'an account that is not named'} from ${found.source || 'an unnamed source'}`
      const base = {
        tags: ['failed-logons'],
        subject,
        falsePositives: 'Old passwords stored in services, phones and mapped drives; look at the pace and the end.',
      }
      if (!tooMany)
        return [
          findingOf(
            found,
            {
              ...base,
              title: `Logon of a refused account${whose}`,
              description: `${counted}; ${found.restricted.toLocaleString('en')} because the account is disabled, locked, expired or not allowed there.${failures.note()}`,
              severity: 'medium',
              score: outside ? 56 : 44,
              mitreTechnique: 'T1078',
            },
            { user: found.account || null },
          ),
        ]
      const score = after ? 86 : Math.min(80, 58 + 6 * Math.log10(most / settings.minimumFailures) + (outside ? 8 : 0))
      return [
        findingOf(
          found,
          {
            ...base,
            title: `Password ${after ? 'guessed' : 'guessing'}${whose}`,
            description: `${counted}, at most ${most.toLocaleString('en')} within ${settings.windowMinutes} minutes.${after ? ' A logon succeeded afterwards.' : ''}${failures.note()}`,
            severity: after ? 'critical' : score >= 69 ? 'high' : 'medium',
            score,
            mitreTechnique: 'T1110.001',
          },
          { user: found.account || null },
        ),
      ]
    }

    function spraying(subject: string, found: Spray): Finding[] {
      const untimed = [...found.accounts.values()].filter((time) => time === null).length
      const times = [...found.accounts.values()].filter((time) => time !== null).sort((a, b) => a - b)
      const most = densest(times, window).count + untimed
      if (most < settings.sprayAccounts) return []
      const source = subject.slice('spray from '.length)
      return [
        findingOf(found, {
          title: `Password spraying from ${source}`,
          description: `${found.accounts.size.toLocaleString('en')} accounts failed to log on from ${source} (${found.total.toLocaleString('en')} failures), at most ${most.toLocaleString('en')} within ${settings.windowMinutes} minutes: ${[...found.accounts.keys()].slice(0, SOURCES_SHOWN).join(', ')}${found.accounts.size > SOURCES_SHOWN ? ' …' : ''}.${sprays.note()}`,
          severity: 'high',
          score: Math.min(
            88,
            74 + 6 * Math.log10(most / settings.sprayAccounts) + (addressKind(source) === 'public' ? 6 : 0),
          ),
          mitreTechnique: 'T1110.003',
          tags: ['spraying'],
          falsePositives: 'Proxies, terminal servers and scanners fail for many users from one address.',
          subject,
        }),
      ]
    }

    function remoteLogon(subject: string, found: Remote): Finding[] {
      const outside = found.outside.size > 0
      if (!outside && !settings.reportInternalLogons) return []
      const desktop = found.type === '10'
      const sources = [...(outside ? found.outside : found.sources)].filter((source) => source !== '')
      const score = outside ? (desktop ? 70 : 54) : desktop ? 24 : 8
      return [
        findingOf(
          found,
          {
            title: `${desktop ? 'Remote desktop logon' : `Network logon (type ${found.type})`} of ${found.account}${outside ? ' from outside' : ''}`,
            description: `${found.total.toLocaleString('en')} ${found.total === 1 ? 'logon' : 'logons'}${sources.length === 0 ? '' : ` from ${sources.slice(0, SOURCES_SHOWN).join(', ')}${sources.length > SOURCES_SHOWN ? ' …' : ''}`}.${remotes.note()}`,
            severity: score >= 69 ? 'high' : score >= 40 ? 'medium' : score >= 15 ? 'low' : 'info',
            score,
            mitreTechnique: desktop ? 'T1021.001' : outside ? 'T1078' : 'T1021',
            tags: ['remote-logon'],
            falsePositives: outside
              ? 'Machines on the internet that are administered directly.'
              : 'Daily administration and file access; of use for following an account.',
            subject,
          },
          { user: found.account },
        ),
      ]
    }

    function passTheHash(subject: string, found: ReturnType<typeof nothingGathered>): Finding[] {
      return [
        findingOf(found, {
          title: 'Logon with new credentials (as pass-the-hash makes it)',
          description: `${found.total.toLocaleString('en')} logons of type 9: a program runs with other credentials on the network than on the computer.${newCredentials.note()}`,
          severity: 'medium',
          score: 64,
          mitreTechnique: 'T1550.002',
          tags: ['new-credentials'],
          falsePositives: 'runas /netonly of administrators.',
          subject,
        }),
      ]
    }

    function single(subject: string, found: Single): Finding[] {
      if (found.rule === null) return []
      const { title, severity, score, technique, id, falsePositives } = found.rule
      return [
        findingOf(found, {
          title,
          description: `${found.total.toLocaleString('en')} ${found.total === 1 ? 'row' : 'rows'}.${singles.note()}`,
          severity,
          score,
          mitreTechnique: technique,
          tags: [id],
          falsePositives,
          subject,
        }),
      ]
    }
  },
}

function earlier(known: number | null | undefined, now: number | null): number | null {
  return known === undefined || known === null ? now : now === null ? known : Math.min(known, now)
}

/** The most times within one window, and when the last of them was. */
function densest(sorted: readonly number[], window: number): { count: number; end: number | null } {
  let best: { count: number; end: number | null } = { count: 0, end: null }
  let start = 0
  sorted.forEach((time, at) => {
    while (time - (sorted[start] ?? time) > window) start += 1
    if (at - start + 1 > best.count) best = { count: at - start + 1, end: time }
  })
  return best
}
