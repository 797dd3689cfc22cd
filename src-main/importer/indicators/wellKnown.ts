import type { IocType } from '#contract/values'
import knowledge from '../../../resources/wellKnown.json' with { type: 'json' }
import { ipv4Number } from '../addresses.ts'
import { hostOf } from '../urls.ts'
import { networkOf } from './networks.ts'

const addresses = new Set(
  knowledge.networks.flatMap(({ values }) =>
    values.flatMap((text) => {
      const network = networkOf(text)
      return typeof network === 'string' ? [] : [network.value]
    }),
  ),
)
const domains = new Set(knowledge.domains.flatMap(({ values }) => values))

/** What resources/wellKnown.json names, for its test. */
export const wellKnown = { addresses, domains }

/** Whether an indicator is one that nearly every network speaks to (resources/wellKnown.json); a URL as its host is. */
export function isWellKnown(type: IocType, value: string): boolean {
  if (type === 'ipv4' || type === 'ipv6') return addresses.has(value)
  if (type === 'domain') return isBelow(value)
  if (type !== 'url') return false
  const host = hostOf(value)?.toLowerCase()
  if (host === undefined) return false
  return ipv4Number(host) >= 0 || host.includes(':') ? addresses.has(host) : isBelow(host)
}

function isBelow(name: string): boolean {
  if (domains.has(name)) return true
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1))
    if (domains.has(name.slice(dot + 1))) return true
  return false
}
