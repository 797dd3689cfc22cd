import type { Output } from '#contract/contract'
import type { IocType, Severity } from '#contract/values'
import { link } from '../../state/places.ts'
import { useZone } from '../../ui/appearance.ts'
import { formatCount, formatDuration, formatNoun } from '../../ui/formatNumber.ts'
import { formatRange } from '../../ui/formatTime.ts'
import { Figures } from '../../ui/Panel.tsx'

type Overview = Output<'hunts.overview'>

const iocNouns: Record<IocType, [string, string]> = {
  ipv4: ['IPv4 address', 'IPv4 addresses'],
  ipv6: ['IPv6 address', 'IPv6 addresses'],
  domain: ['domain', 'domains'],
  url: ['URL', 'URLs'],
  email: ['e-mail address', 'e-mail addresses'],
  md5: ['MD5', 'MD5'],
  sha1: ['SHA-1', 'SHA-1'],
  sha256: ['SHA-256', 'SHA-256'],
  hostname: ['host name', 'host names'],
  ja4: ['JA4', 'JA4'],
}

const worst = (counts: Record<Severity, number>): string =>
  (['critical', 'high'] as const)
    .flatMap((severity) => (counts[severity] > 0 ? [`${formatCount(counts[severity])} ${severity}`] : []))
    .join(', ')

const timeCovered = (from: string, to: string) =>
  formatDuration((new Date(to).getTime() - new Date(from).getTime()) / 1000)

type OverviewFiguresProps = {
  hunt: string
  overview: Overview
  /** Files are still being read. */
  busy: boolean
}

/** The six numbers of a hunt, each with what it is out of. What is not known yet is a dash, never a zero. */
export function OverviewFigures({ hunt: id, overview, busy }: OverviewFiguresProps) {
  const zone = useZone()
  const { hunt, alertsBySeverity, hosts, hostTotal, iocTotal, iocsByType, techniques } = overview
  const tactics = new Set(techniques.flatMap((technique) => technique.tactics)).size
  const known = hunt.rows > 0 || !busy
  const figure = (count: number) => (known ? formatCount(count) : '–')
  const quarantined = hunt.quarantined > 0 ? `${formatCount(hunt.quarantined)} quarantined` : 'none quarantined'
  return (
    <Figures
      items={[
        {
          value: figure(hunt.rows),
          noun: 'Rows',
          note: known ? `${formatNoun(hunt.datasets, 'dataset')}, ${quarantined}` : 'being imported',
          href: `#${link.evidence(id)}`,
        },
        {
          value: figure(hunt.alertsOpen),
          noun: hunt.alertsOpen === 1 ? 'Alert open' : 'Alerts open',
          note: worst(alertsBySeverity) || (hunt.alertsOpen > 0 ? 'none critical or high' : ''),
          href: `#${link.alerts(id)}`,
        },
        {
          value: figure(hostTotal),
          noun: hostTotal === 1 ? 'Host' : 'Hosts',
          note: hosts[0] ? `most rows: ${hosts[0].host}` : known ? 'no host column' : '',
        },
        {
          value: figure(iocTotal),
          noun: iocTotal === 1 ? 'IOC' : 'IOCs',
          note: iocsByType
            .slice(0, 2)
            .map(({ type, count }) => formatNoun(count, ...iocNouns[type]))
            .join(', '),
        },
        {
          value: figure(techniques.length),
          noun: techniques.length === 1 ? 'Technique' : 'Techniques',
          note: techniques.length > 0 ? `in ${formatNoun(tactics, 'tactic')}` : 'named by alerts',
        },
        hunt.firstTime && hunt.lastTime
          ? {
              value: timeCovered(hunt.firstTime, hunt.lastTime),
              noun: 'Time covered',
              note: formatRange(hunt.firstTime, hunt.lastTime, zone),
            }
          : { value: '–', noun: 'Time covered', note: known ? 'no row has a time' : '' },
      ]}
    />
  )
}
