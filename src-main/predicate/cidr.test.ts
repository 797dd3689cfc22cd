import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cidrOf, inCidr } from './cidr.ts'

it.each([
  ['10.0.0.0/8', '10.255.1.2', true],
  ['10.0.0.0/8', '11.0.0.1', false],
  ['10.1.2.3/8', '10.9.9.9', true],
  ['0.0.0.0/0', '8.8.8.8', true],
  ['192.168.1.7/32', '192.168.1.7', true],
  ['2001:db8::/32', '2001:db8:1::5', true],
  ['2001:db8::/32', '2001:db9::', false],
  ['::ffff:10.0.0.0/104', '10.4.4.4', true],
  ['::/0', 'fe80::1', true],
  ['10.0.0.0/8', '10.0.0', false],
  ['10.0.0.0/8', 'host10.0.0.1', false],
])('%s holds %s: %s', (network, address, wanted) => {
  const cidr = cidrOf(network)
  expect(cidr && inCidr(address, cidr)).toBe(wanted)
})

it.each(['10.0.0.0', '10.0.0.0/33', '10.0.0/8', '2001:db8::/129', 'a/8', '10.0.0.0/', '/8', '10.0.0.0/-1'])(
  '%s is no network',
  (text) => {
    expect(cidrOf(text)).toBeNull()
  },
)

it('an address is in every network made from itself', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })),
        fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 })),
      ),
      ([address, bits]) => {
        const cidr = cidrOf(`${address}/${bits}`)
        expect(cidr && inCidr(address, cidr)).toBe(true)
      },
    ),
  )
})
