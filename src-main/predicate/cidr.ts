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
  const address = addressOf(text)
  return address !== null && maskOf(address, bits) === base
}

/** The IPv4 addresses of a network as numbers; null where it holds none. */
export function ipv4Ends({ base, bits }: Cidr): { low: number; high: number } | null {
  if (bits <= 96) return maskOf(MAPPED, bits) === base ? { low: 0, high: 2 ** 32 - 1 } : null
  if (base >> 32n !== MAPPED >> 32n) return null
  const low = Number(base & 0xffffffffn)
  return { low, high: low + 2 ** (128 - bits) - 1 }
}

/** First and last address of a network, as IPv6 texts. */
export function cidrEnds({ base, bits }: Cidr): { first: string; last: string } {
  return { first: ipv6Text(base), last: ipv6Text(base | ((1n << BigInt(128 - bits)) - 1n)) }
}

const ipv6Text = (address: bigint): string => (address.toString(16).padStart(32, '0').match(/.{4}/g) ?? []).join(':')

const maskOf = (address: bigint, bits: number): bigint =>
  bits === 0 ? 0n : (address >> BigInt(128 - bits)) << BigInt(128 - bits)

const MAPPED = 0xffffn << 32n

const V4 = '(?:(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])'
const SEG = '[0-9a-fA-F]{1,4}'
/** All ways to shorten an IPv6 address, by the groups that stand before the `::`. */
const V6 = [
  `(?:${SEG}:){7}(?:${SEG}|:)`,
  `(?:${SEG}:){6}(?:${V4}|:${SEG}|:)`,
  `(?:${SEG}:){5}(?::${V4}|(?::${SEG}){1,2}|:)`,
  `(?:${SEG}:){4}(?:(?::${SEG})?:${V4}|(?::${SEG}){1,3}|:)`,
  `(?:${SEG}:){3}(?:(?::${SEG}){0,2}:${V4}|(?::${SEG}){1,4}|:)`,
  `(?:${SEG}:){2}(?:(?::${SEG}){0,3}:${V4}|(?::${SEG}){1,5}|:)`,
  `${SEG}:(?:(?::${SEG}){0,4}:${V4}|(?::${SEG}){1,6}|:)`,
  `:(?:(?::${SEG}){0,5}:${V4}|(?::${SEG}){1,7}|:)`,
].join('|')

/**
 * A cell that is an address, blanks around it and a zone behind it left out of its one group; for RE2 and JavaScript. Every
 * engine asks this first: they disagree about leading zeros, zones and shortened forms.
 */
export const ADDRESS = `^[\\t-\\r ]*(${V4}|${V6})(?:%[0-9a-zA-Z.:-]+)?[\\t-\\r ]*$`
const address = new RegExp(ADDRESS)

function addressOf(text: string): bigint | null {
  // Most cells are told by their length and first look; the expression fails at the first wrong letter of the others.
  if (text.length < 2) return null
  const found = address.exec(text)?.[1]
  if (found === undefined) return null
  return found.includes(':') ? ipv6(found) : MAPPED | ipv4(found)
}

const ipv4 = (text: string): bigint => BigInt(text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0))

function ipv6(text: string): bigint {
  const dotted = text.includes('.') ? text.slice(text.lastIndexOf(':') + 1) : null
  const plain =
    dotted === null
      ? text
      : `${text.slice(0, -dotted.length)}${hex(ipv4(dotted) >> 16n)}:${hex(ipv4(dotted) & 0xffffn)}`
  const [head = '', tail] = plain.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = Array.from({ length: tail === undefined ? 0 : 8 - left.length - right.length }, () => '0')
  return [...left, ...zeros, ...right].reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n)
}

const hex = (value: bigint): string => value.toString(16)
