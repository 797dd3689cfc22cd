import { isIPv4, isIPv6 } from 'node:net'

/** A network: its first address as a number of 128 bits, IPv4 mapped into ::ffff:0:0/96, and its length in bits. */
export type Cidr = { base: bigint; bits: number }

/** The network that a text such as 10.0.0.0/8 or 2001:db8::/32 names; null when it is none. Host bits are ignored. */
export function cidrOf(text: string): Cidr | null {
  const slash = text.lastIndexOf('/')
  if (slash < 0) return null
  const address = addressOf(text.slice(0, slash))
  const length = /^\d{1,3}$/.test(text.slice(slash + 1)) ? Number(text.slice(slash + 1)) : -1
  const most = text.includes(':') ? 128 : 32
  if (address === null || length < 0 || length > most) return null
  const bits = length + (128 - most)
  return { base: maskOf(address, bits), bits }
}

/** Whether a cell is an address of the network. */
export function inCidr(text: string, { base, bits }: Cidr): boolean {
  const address = addressOf(text.trim())
  return address !== null && maskOf(address, bits) === base
}

const maskOf = (address: bigint, bits: number): bigint =>
  bits === 0 ? 0n : (address >> BigInt(128 - bits)) << BigInt(128 - bits)

const MAPPED = 0xffffn << 32n

function addressOf(text: string): bigint | null {
  // An address has a dot or a colon and is short; everything else costs no more than this look.
  if (text.length > 45 || text.length < 2) return null
  if (isIPv4(text)) return MAPPED | BigInt(text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0))
  if (!isIPv6(text)) return null
  return ipv6(text.replace(/%.*$/, ''))
}

function ipv6(text: string): bigint | null {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text)
  if (dotted) {
    const [a = 0, b = 0, c = 0, d = 0] = (dotted[2] ?? '').split('.').map(Number)
    return ipv6(`${dotted[1]}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`)
  }
  const [head = '', tail] = text.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const groups =
    tail === undefined
      ? left
      : [...left, ...Array.from({ length: 8 - left.length - right.length }, () => '0'), ...right]
  return groups.length === 8 ? groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n) : null
}
