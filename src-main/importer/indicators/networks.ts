import type { IndicatorType } from '#contract/values'
import { canonicalIpv6, ipv4Number, ipv6Groups } from '../addresses.ts'

/** Larger networks than these hold a good part of all addresses: bits of the prefix. */
const WIDEST = { v4: 4, v6: 12 }

/** The prefix lengths of the networks in a set of lists. */
export type Prefixes = { v4: readonly number[]; v6: readonly number[] }

/** A network such as 10.1.2.3/8 in its one form (10.0.0.0/8), a single address as such, or the reason why it is none. */
export function networkOf(text: string): { type: IndicatorType; value: string } | string {
  const slash = text.indexOf('/')
  const address = text.slice(0, slash)
  const bits = Number(text.slice(slash + 1))
  const v4 = ipv4Number(address)
  if (v4 >= 0) {
    if (bits > 32) return 'a network has at most 32 bits here'
    if (bits < WIDEST.v4) return 'a network of a good part of all addresses'
    return bits === 32 ? { type: 'ipv4', value: address } : { type: 'network', value: v4Network(v4, bits) }
  }
  const groups = ipv6Groups(address)
  if (groups === null) return 'no network'
  if (bits > 128) return 'a network has at most 128 bits'
  if (bits < WIDEST.v6) return 'a network of a good part of all addresses'
  if (bits === 128) return { type: 'ipv6', value: canonicalIpv6(groups) }
  return { type: 'network', value: v6Network(groups, bits) }
}

/** The networks of these lengths that hold an address. */
export function networksAround(address: string, { v4, v6 }: Prefixes): string[] {
  if (v4.length === 0 && v6.length === 0) return []
  if (!address.includes(':')) {
    const value = ipv4Number(address)
    return value < 0 ? [] : v4.map((bits) => v4Network(value, bits))
  }
  const groups = v6.length === 0 ? null : ipv6Groups(address)
  return groups === null ? [] : v6.map((bits) => v6Network(groups, bits))
}

function v4Network(address: number, bits: number): string {
  const size = 2 ** (32 - bits)
  const first = Math.floor(address / size) * size
  return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.')}/${bits}`
}

function v6Network(groups: readonly number[], bits: number): string {
  const masked = groups.map((group, n) => {
    const kept = Math.max(0, Math.min(16, bits - n * 16))
    return kept === 0 ? 0 : group - (group % 2 ** (16 - kept))
  })
  return `${canonicalIpv6(masked)}/${bits}`
}
