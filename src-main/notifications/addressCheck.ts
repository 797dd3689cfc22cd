import { BlockList, isIP, isIPv6 } from 'node:net'

/**
 * Addresses that are not of the public internet (IANA special-purpose registries): this computer, private networks,
 * link-local, metadata services of clouds (169.254.169.254, fd00:ec2::254), documentation, multicast, reserved. A public
 * name that resolves to one of them would make the program knock on doors inside.
 */
const inside = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(net, bits, 'ipv4')

/** The public part of IPv6; whatever lies outside of it is not reached. */
const global = new BlockList()
global.addSubnet('2000::', 3, 'ipv6')
/** Inside of it: protocol assignments with Teredo, 6to4 (which carries any IPv4 address), documentation. */
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  inside.addSubnet(net, bits, 'ipv6')

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i

/** Whether an address is one of the public internet. Anything that is no address is not. */
export function isPublicAddress(address: string): boolean {
  const plain = address.replace(/%.*$/, '')
  if (isIP(plain) === 0) return false
  if (!isIPv6(plain)) return !inside.check(plain, 'ipv4')
  const mapped = MAPPED.exec(plain)?.[1]
  if (mapped !== undefined) return isPublicAddress(mapped)
  return global.check(plain, 'ipv6') && !inside.check(plain, 'ipv6')
}
