import { z } from 'zod'
import type { Analyzer, Finding, RowSource } from './analyzer.ts'
import { addressKind, firstAddress } from './addresses.ts'
import { beaconScore } from './beaconScore.ts'
import type { BeaconScore } from './beaconScore.ts'
import { networkPairs } from './networkPairs.ts'
import type { Pair } from './networkPairs.ts'
import { remembered } from './remembered.ts'
import { newShared } from './shared.ts'

const port = z.number().int().min(0).max(65_535)
const MEGABYTE = 1_000_000

const config = z.strictObject({
  minimumContacts: z
    .number()
    .int()
    .min(4)
    .max(1_000_000)
    .default(20)
    .describe('Contacts of a pair from which regularity is judged'),
  minimumBeaconScore: z
    .number()
    .min(0)
    .max(1)
    .default(0.72)
    .describe('Regularity of times, sizes and spread from which contacts are a beacon (0 to 1)'),
  largeTransferMegabytes: z
    .number()
    .min(0)
    .max(1_000_000)
    .default(10)
    .describe('Sum of one direction of a pair from which a transfer is large, in MB (1,000,000 bytes)'),
  oddPorts: z
    .array(port)
    .max(1_000)
    .default([
      1234, 1337, 3333, 4444, 4445, 5555, 6666, 6667, 6697, 7777, 8888, 9001, 9050, 9999, 12345, 14444, 31337, 50050,
      54321,
    ])
    .describe('Destination ports of attack tools, miners, IRC and Tor'),
  ordinaryPorts: z
    .array(port)
    .max(1_000)
    .default([
      53, 67, 68, 88, 111, 123, 135, 137, 138, 139, 161, 162, 389, 445, 464, 500, 514, 546, 547, 636, 853, 1900, 2049,
      3268, 3269, 3702, 4500, 5353, 5355, 6514, 9389,
    ])
    .describe(
      'Ports of services that are regular by nature inside a network (DNS, Kerberos, LDAP, NTP, NetBIOS, DHCP, SMB ...): no beacons there',
    ),
  ignoreAddresses: z
    .array(z.string().max(60))
    .max(10_000)
    .default([])
    .describe('Addresses to leave out, as source or destination'),
})
type Config = z.infer<typeof config>

/** A destination that this share of all sources, and at least so many, talk to is infrastructure of the house or a popular service. */
const PREVALENT_SHARE = 0.25
const PREVALENT_SOURCES = 8

/** Windows events that describe a connection; others with addresses (logons, shares) are not contacts. */
const CONTACT_EVENTS = new Set(['', '3', '5156', '5154', '5158', '2'])
const UNANSWERED = /^(?:s0|rej|rsth|failed|blocked|denied|deny|drop(?:ped)?|reject(?:ed)?|syn_?sent|timeout)$/i

/**
 * Connections that look like an implant reporting to its server, large uploads and ports of attack tools. A finding is
 * one pair of addresses and port with all its rows. How regularity is measured stands in beaconScore.ts; the duration of
 * single connections is no canonical field and plays no part.
 */
export const networkAnomaly: Analyzer<Config> = {
  name: 'network_anomaly',
  title: 'Network anomalies',
  description:
    'Finds beacons by the regularity of their intervals, sizes and spread over time, large transfers, and connections to ports of attack tools.',
  needs: ['dst_ip', 'dst_port', 'domain', 'bytes_sent'],
  reads: [
    'src_ip',
    'ip_address',
    'dst_ip',
    'dst_port',
    'domain',
    'protocol',
    'bytes_sent',
    'bytes_received',
    'connection_state',
    'hostname',
    'username',
    'process_name',
    'event_id',
    'event_type',
  ],
  mitreTechniques: ['T1071', 'T1071.001', 'T1571', 'T1048', 'T1105', 'T1570'],
  config,
  start: (settings, shared = newShared()) => {
    const odd = new Set(settings.oddPorts)
    const ordinary = new Set(settings.ordinaryPorts)
    const ignored = new Set(settings.ignoreAddresses.map((address) => address.toLowerCase()))
    const pairs = networkPairs(shared.room)
    const unanswered = remembered((state) => UNANSWERED.test(state))

    return {
      row(row) {
        const event = shared.id(row.text('event_id'))
        if (event !== '' && !CONTACT_EVENTS.has(event) && shared.source(row.text('event_type')) !== null) return
        if (event.length >= 4 && !CONTACT_EVENTS.has(event)) return
        const target = firstAddress(row.text('dst_ip') || row.text('domain'))
        if (target === '') return
        const source = firstAddress(row.text('src_ip') || row.text('ip_address')) || shared.lower(row.text('hostname'))
        if (source === target || ignored.has(target) || ignored.has(source)) return
        const portText = row.text('dst_port')
        const number = portText === '' ? Number.NaN : Number(portText)
        const dstPort = Number.isInteger(number) && number >= 0 && number <= 65_535 ? number : null
        const state = row.text('connection_state')
        pairs.see(source, target, dstPort, shared.lower(row.text('protocol')), row, {
          time: row.time,
          sent: Number(row.text('bytes_sent') || Number.NaN),
          received: Number(row.text('bytes_received') || Number.NaN),
          unanswered: unanswered(state),
          stated: state !== '',
        })
      },
      *finish(source) {
        const prevalence = pairs.prevalence()
        for (const pair of pairs.all()) {
          const kind = addressKind(pair.target)
          if (kind === 'loopback' || kind === 'group') continue
          for (const found of [beaconOf(pair, source), transferOf(pair), oddPortOf(pair)])
            if (found !== null) yield findingOf(pair, found, prevalence.of(pair), prevalence.sources, source)
        }
      },
    }

    function findingOf(pair: Pair, found: Found, users: number, sources: number, source: RowSource): Finding {
      const prevalent = users >= PREVALENT_SOURCES && users >= PREVALENT_SHARE * sources
      const score = prevalent ? Math.min(found.score, 35) : found.score
      return pairs.finding(pair, source, (program) => ({
        ...found,
        description: `${found.description}${prevalent ? ` ${users} sources talk to this destination, so it is likely a service of the house or a popular one.` : ''}${program === '' ? '' : ` Program: ${program}.`}${pairs.note()}`,
        score,
        severity: score >= 69 ? 'high' : score >= 40 ? 'medium' : score >= 15 ? 'low' : 'info',
        subject: `${found.tags[0] ?? ''} ${pairs.key(pair.number)}`,
      }))
    }

    type Found = Pick<Finding, 'title' | 'description' | 'score' | 'mitreTechnique' | 'tags' | 'falsePositives'>

    function beaconOf(pair: Pair, source: RowSource): Found | null {
      if (pair.contacts < settings.minimumContacts) return null
      if (pair.port !== null && ordinary.has(pair.port)) return null
      const { times, sizes } = pairs.contactsOf(pair, source)
      const regular = beaconScore(times, sizes)
      if (regular.score < settings.minimumBeaconScore || regular.contacts < Math.min(settings.minimumContacts, 20))
        return null
      const usual = pair.port === null || pair.port === 80 || pair.port === 443
      const outside = addressKind(pair.target) === 'public'
      const score = Math.min(
        usual ? 66 : 90,
        40 +
          35 * ((regular.score - settings.minimumBeaconScore) / (1 - settings.minimumBeaconScore || 1)) +
          (usual ? 0 : 15) +
          (outside ? 5 : 0) +
          (pair.contacts >= 100 ? 10 : 0) -
          (regular.size === null && usual ? 12 : 0),
      )
      return {
        title: `Beacon: ${pair.source} to ${ends(pair)}`,
        description: toldBeacon(pair, regular),
        score,
        mitreTechnique: usual ? 'T1071.001' : 'T1571',
        tags: ['beacon'],
        falsePositives:
          'Updates, monitoring, chat and telemetry programs report regularly too; look at the owner of the destination and at the program.',
      }
    }

    function transferOf(pair: Pair): Found | null {
      const limit = settings.largeTransferMegabytes * MEGABYTE
      const outside = addressKind(pair.target) === 'public'
      const up = pair.sent >= limit && pair.sent >= pair.received
      if (!up && pair.received < limit) return null
      const bytes = up ? pair.sent : pair.received
      const size = Math.min(20, 8 * Math.log10(Math.max(1, bytes / (limit || 1))))
      const lateral = !outside && pair.port !== null && (pair.port === 445 || pair.port === 139)
      return {
        title: `Large ${up ? 'upload' : 'download'}: ${pair.source} ${up ? 'to' : 'from'} ${ends(pair)}`,
        description: `${megabytes(pair.sent)} sent and ${megabytes(pair.received)} received over ${pair.total.toLocaleString('en')} ${pair.total === 1 ? 'connection' : 'connections'}.`,
        score: (up ? (outside ? 52 : 32) : 18) + size,
        mitreTechnique: up ? (lateral ? 'T1570' : 'T1048') : 'T1105',
        tags: [up ? 'upload' : 'download'],
        falsePositives: 'Backups, updates, video calls and cloud storage move much data.',
      }
    }

    function oddPortOf(pair: Pair): Found | null {
      if (pair.port === null || !odd.has(pair.port)) return null
      const silent = pair.answered === 0
      const outside = addressKind(pair.target) === 'public'
      return {
        title: `Port ${pair.port}: ${pair.source} to ${pair.target}`,
        description: `${pair.total.toLocaleString('en')} ${pair.total === 1 ? 'connection' : 'connections'} to port ${pair.port}, which attack tools, miners or anonymisers use${silent && pair.refused > 0 ? '; none was answered' : ''}.`,
        score: silent && pair.refused > 0 ? 25 : outside ? 55 : 50,
        mitreTechnique: 'T1571',
        tags: ['odd-port'],
        falsePositives: 'Any program may listen on such a port; developers like some of them.',
      }
    }
  },
}

const ends = (pair: Pair): string =>
  pair.port === null ? pair.target : `${pair.target.includes(':') ? `[${pair.target}]` : pair.target}:${pair.port}`
const megabytes = (bytes: number): string => `${(bytes / MEGABYTE).toFixed(bytes < 10 * MEGABYTE ? 2 : 0)} MB`
const percent = (share: number): string => `${Math.round(100 * share)} %`

function toldBeacon(pair: Pair, regular: BeaconScore): string {
  const sizes =
    regular.commonSize === null || regular.size === null
      ? ''
      : ` ${percent(regular.commonShare)} of the requests have ${regular.commonSize.toLocaleString('en')} bytes.`
  return `${pair.total.toLocaleString('en')} contacts over ${duration(regular.span)}, every ${duration(regular.medianInterval)} (median; typical deviation ${duration(regular.spread)}; contacts within a second counted once).${sizes} Regularity: times ${percent(regular.timing)}, ${regular.size === null ? 'sizes unknown' : `sizes ${percent(regular.size)}`}, spread ${percent(regular.steady)}.${pair.cut ? ` Judged by its first ${pair.contacts.toLocaleString('en')} contacts.` : ''}`
}

function duration(seconds: number): string {
  if (seconds < 120) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`
  return seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3_600).toFixed(1)} h`
}
