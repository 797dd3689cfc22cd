import type { IndicatorType, ListedBy } from '#contract/values'
import { ipv4Number } from '../addresses.ts'
import { normalIoc } from '../refang.ts'
import { hostOf } from '../urls.ts'
import { networksAround, type Prefixes } from './networks.ts'

/** A line of a list that speaks of a value, if there is one. `by` 'subdomain': only where it stands for names below. */
export type PlaceToLook = { type: IndicatorType; value: string; by: ListedBy }

/** Names above one that are looked up; real names have fewer. */
const ABOVE_MAX = 10

/** Where lists may speak of a value: itself, networks of its address, domains above its name, the host of a URL or e-mail address. */
export function placesToLook(type: IndicatorType, value: string, prefixes: Prefixes): PlaceToLook[] {
  switch (type) {
    case 'ipv4':
    case 'ipv6':
      return [{ type, value, by: 'exact' }, ...networks(value, prefixes)]
    case 'domain':
    case 'hostname':
      return names(value, 'exact')
    case 'url':
      return [{ type, value, by: 'exact' }, ...ofHost(hostOf(value)?.toLowerCase(), prefixes)]
    case 'email':
      return [{ type, value, by: 'exact' }, ...names(value.slice(value.lastIndexOf('@') + 1), 'host')]
    // A column of JA3 is found as MD5.
    case 'md5':
    case 'fingerprint':
      return [
        { type: 'md5', value, by: 'exact' },
        { type: 'fingerprint', value, by: 'exact' },
      ]
    default:
      return [{ type, value, by: 'exact' }]
  }
}

const networks = (address: string, prefixes: Prefixes): PlaceToLook[] =>
  networksAround(address, prefixes).map((value) => ({ type: 'network', value, by: 'network' }))

function names(name: string, by: ListedBy): PlaceToLook[] {
  const places: PlaceToLook[] = [{ type: 'domain', value: name, by }]
  if (by === 'exact') places.push({ type: 'hostname', value: name, by })
  for (let dot = name.indexOf('.'); dot >= 0 && places.length < ABOVE_MAX; dot = name.indexOf('.', dot + 1)) {
    const above = name.slice(dot + 1)
    if (above.includes('.')) places.push({ type: 'domain', value: above, by: 'subdomain' })
  }
  return places
}

function ofHost(host: string | undefined, prefixes: Prefixes): PlaceToLook[] {
  if (!host) return []
  if (ipv4Number(host) >= 0) return [{ type: 'ipv4', value: host, by: 'host' }, ...networks(host, prefixes)]
  if (!host.includes(':')) return names(host, 'host')
  const value = normalIoc('ipv6', host)
  return [{ type: 'ipv6', value, by: 'host' }, ...networks(value, prefixes)]
}
