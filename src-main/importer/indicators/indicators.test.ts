import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findIocs } from '../iocs.ts'
import { indicatorsOf } from './indicatorOf.ts'
import { confidenceOf, expiryOf, listLayout, verdictOf } from './listLayout.ts'
import { networkOf, networksAround } from './networks.ts'
import { placesToLook } from './placesToLook.ts'
import { isWellKnown, wellKnown } from './wellKnown.ts'

const values = (text: string, ...hint: Parameters<typeof indicatorsOf> extends [string, infer H] ? H[] : never[]) => {
  const found = indicatorsOf(text, hint[0] ?? null)
  return typeof found === 'string' ? found : found.map(({ type, value }) => `${type} ${value}`)
}

describe('an indicator of a list', () => {
  test.each([
    ['10.1.2.3', ['ipv4 10.1.2.3']],
    ['80.85.154.48:443', ['ipv4 80.85.154.48']],
    ['[2001:DB8::1]:443', ['ipv6 2001:db8::1']],
    ['10.1.2.3/8', ['network 10.0.0.0/8']],
    ['10.1.2.3/32', ['ipv4 10.1.2.3']],
    ['2001:db8:ffff::/33', ['network 2001:db8:8000::/33']],
    ['evil.com/path', ['url http://evil.com/path', 'url https://evil.com/path']],
    ['wss://API.evil.com/Ws', ['url wss://api.evil.com/Ws']],
    ['Bob(at)evil[.]com', ['email bob@evil.com']],
    ['T13D1516H2_8daaf6152771_02713d6af862', ['ja4 t13d1516h2_8daaf6152771_02713d6af862']],
    ['0.0.0.0/0', 'a network of a good part of all addresses'],
    ['a'.repeat(128), 'a hash of 512 bits; MD5, SHA-1 and SHA-256 are found in evidence'],
    ['github', 'no indicator of a known kind'],
  ])('%s', (text, expected) => {
    expect(values(text)).toEqual(expected)
  })

  test('is found in evidence in the very form in which it is listed', () => {
    const label = fc.stringMatching(/^[a-z][a-z0-9]{2,8}$/)
    const names = fc.tuple(label, label).map(([a, b]) => `${a}.${b}.com`)
    const addresses = fc
      .tuple(...[1, 2, 3, 4].map(() => fc.integer({ min: 1, max: 255 })))
      .map((parts) => parts.join('.'))
    fc.assert(
      fc.property(fc.oneof(names, addresses), fc.constantFrom('.', '[.]', '(.)'), (text, dot) => {
        const listed = indicatorsOf(text.replaceAll('.', dot))
        const found = findIocs(`got ${text.replaceAll('.', dot)} here`)
        if (typeof listed === 'string' || found.length === 0) return
        expect(found.map(({ type, value }) => ({ type, value }))).toEqual(
          listed.map(({ type, value }) => ({ type, value })),
        )
      }),
    )
  })

  test('never makes the reading fail, whatever the text', () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => void indicatorsOf(text)))
  })
})

test('an address lies in the network that it names, and nowhere else', () => {
  const octet = fc.integer({ min: 0, max: 255 })
  fc.assert(
    fc.property(octet, octet, octet, octet, fc.integer({ min: 4, max: 31 }), (a, b, c, d, bits) => {
      const network = networkOf(`${a}.${b}.${c}.${d}/${bits}`)
      expect(networksAround(`${a}.${b}.${c}.${d}`, { v4: [bits], v6: [] })).toEqual([
        typeof network === 'string' ? '' : network.value,
      ])
      const other = `${a ^ 128}.${b}.${c}.${d}`
      expect(networksAround(other, { v4: [bits], v6: [] })).not.toEqual([
        typeof network === 'string' ? '' : network.value,
      ])
    }),
  )
})

test('a name is looked up with all names above it but its ending, a URL by its host too', () => {
  const none = { v4: [], v6: [] }
  expect(placesToLook('domain', 'a.b.evil.com', none).map(({ value, by }) => `${by} ${value}`)).toEqual([
    'exact a.b.evil.com',
    'exact a.b.evil.com',
    'subdomain b.evil.com',
    'subdomain evil.com',
  ])
  expect(
    placesToLook('url', 'http://10.0.0.1:8080/x', { v4: [8], v6: [] }).map(({ type, value }) => `${type} ${value}`),
  ).toEqual(['url http://10.0.0.1:8080/x', 'ipv4 10.0.0.1', 'network 10.0.0.0/8'])
})

test('headers of lists are understood, words and numbers beside the value too', () => {
  expect(listLayout(['SHA-256', 'MD5 Hash', 'Comment'])?.values.map(({ position }) => position)).toEqual([0, 1])
  expect(listLayout(['Time', 'Computer'])).toBeNull()
  expect(['Malicious', 'whitelist', 'GREY', 'maybe'].map(verdictOf)).toEqual(['malicious', 'clean', 'suspicious', null])
  expect(['high', '80 %', '200', 'x'].map(confidenceOf)).toEqual([75, 80, 100, null])
  expect(['2024-01-02', '2024-01-02 03:04:05', '1704164645', 'soon'].map(expiryOf)).toEqual([
    Date.UTC(2024, 0, 2),
    Date.UTC(2024, 0, 2, 3, 4, 5),
    1_704_164_645_000,
    null,
  ])
})

test('what is well known is written in the forms in which evidence has it', () => {
  expect([...wellKnown.addresses].filter((address) => typeof indicatorsOf(address) === 'string')).toEqual([])
  expect([...wellKnown.domains].filter((name) => !/^[a-z0-9.-]+$/.test(name))).toEqual([])
  expect(isWellKnown('ipv4', '8.8.8.8')).toBe(true)
  expect(isWellKnown('domain', 'a.windowsupdate.com')).toBe(true)
  expect(isWellKnown('domain', 'evilwindowsupdate.com')).toBe(false)
  expect(isWellKnown('url', 'http://schemas.microsoft.com/win')).toBe(true)
  expect(isWellKnown('sha256', '8.8.8.8')).toBe(false)
})
