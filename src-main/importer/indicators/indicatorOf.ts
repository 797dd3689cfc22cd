import { parse } from 'tldts'
import type { IndicatorType } from '#contract/values'
import { canonicalIpv6, ipv4Number, ipv6Groups } from '../addresses.ts'
import { isRegistered } from '../domainNames.ts'
import { isDefanged, normalIoc, refang } from '../refang.ts'
import { hostOf } from '../urls.ts'
import { networkOf } from './networks.ts'

/** An indicator in the form in which it is found in evidence. `subdomains`: it stands for every name below it too. */
export type PlainIndicator = { type: IndicatorType; value: string; subdomains: boolean }

/** What a column or a type beside the value says that it is; null: nothing. */
export type IndicatorHint = 'address' | 'domain' | 'url' | 'email' | 'hash' | 'ja4' | 'fingerprint' | null

/** Longest indicator, in characters. */
export const INDICATOR_MAX = 4_096
/** Indicators that stand together in one cell, such as the three hashes of a file. */
const TOGETHER_MAX = 20

const HOST =
  /^(?=.{1,253}$)(?:[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}_])?)(?:\.[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}_])?)*$/u
const JA4 = /^[tqd](?:1[0-3]|s[23]|d[1-3]|00)[di]\d{4}[0-9a-z]{2}_[0-9a-f]{12}_[0-9a-f]{12}$/i
const FINGERPRINT = /^[0-9a-z_-]{6,200}$/i

/**
 * The indicators that a value of a list names, or the reason why there is none. One, but for hashes of one file in one cell
 * and for an address of the web without its scheme, which stands for http and https.
 */
export function indicatorsOf(text: string, hint: IndicatorHint = null): PlainIndicator[] | string {
  const plain = text
    .trim()
    .replace(/^["']+|["']+$/g, '')
    .trim()
  if (plain === '') return 'empty'
  if (plain.length > INDICATOR_MAX) return `longer than ${INDICATOR_MAX.toLocaleString('en')} characters`
  const one = single(plain, hint)
  if (typeof one !== 'string') return one
  const parts = plain.split(/[\s,;|]+/).filter((part) => part !== '')
  if (parts.length < 2 || parts.length > TOGETHER_MAX) return one
  // A single word is a host only where it stands alone: behind a comma it is a note.
  const all = parts.map((part) => single(part, hint === 'domain' ? null : hint))
  return all.every((part) => typeof part !== 'string') ? all.flat() : one
}

function single(text: string, hint: IndicatorHint): PlainIndicator[] | string {
  const plain = refang(text)
  const is = (type: IndicatorType, value: string, subdomains = false): PlainIndicator[] => [{ type, value, subdomains }]
  if (/^[=+]|^@|^-/.test(plain)) return 'begins like a formula'
  if (/^[0-9a-f.:]+\/\d{1,3}$/i.test(plain)) {
    const network = networkOf(plain)
    if (typeof network !== 'string') return is(network.type, network.value)
    if (!/[a-z]/i.test(plain)) return network
  }
  const address = addressOf(plain)
  if (address !== null) return is(address.includes(':') ? 'ipv6' : 'ipv4', address)
  if (/^[a-z][a-z0-9+.-]{1,20}:\/\/\S+$/i.test(plain))
    return hostOf(plain) ? is('url', normalIoc('url', plain)) : 'a URL without a host'
  const at = plain.lastIndexOf('@')
  if (at > 0 && !/\s/.test(plain))
    return HOST.test(plain.slice(at + 1)) ? is('email', plain.toLowerCase()) : 'no e-mail address'
  if (/^[0-9a-f]+$/i.test(plain) && plain.length >= 32) return hashOf(plain.toLowerCase(), hint)
  if (JA4.test(plain)) return is('ja4', plain.toLowerCase())
  if (hint === 'fingerprint' || hint === 'ja4')
    return FINGERPRINT.test(plain) ? is('fingerprint', plain.toLowerCase()) : 'no fingerprint'
  return nameOf(plain, hint, isDefanged(text))
}

function hashOf(value: string, hint: IndicatorHint): PlainIndicator[] | string {
  if (hint === 'fingerprint' && value.length === 32) return [{ type: 'fingerprint', value, subdomains: false }]
  const type = ({ 32: 'md5', 40: 'sha1', 64: 'sha256' } as const)[value.length]
  if (type !== undefined) return [{ type, value, subdomains: false }]
  return `a hash of ${value.length * 4} bits; MD5, SHA-1 and SHA-256 are found in evidence`
}

/** A domain or host, with the path of a web page where one stands behind it. `meant`: its author wrote it as an indicator. */
function nameOf(text: string, hint: IndicatorHint, meant: boolean): PlainIndicator[] | string {
  const below = /^(?:\*\.|\.)/.exec(text)?.[0] ?? ''
  const path = text.indexOf('/')
  const name = text
    .slice(below.length, path < 0 ? undefined : path)
    .replace(/:\d{1,5}$/, '')
    .replace(/\.$/, '')
    .toLowerCase()
  if (!HOST.test(name)) return 'no indicator of a known kind'
  const { domain, publicSuffix } = parse(name, { allowPrivateDomains: false, validateHostname: false })
  if (!name.includes('.')) {
    if (below !== '' || publicSuffix === null || hint !== 'domain') return 'no indicator of a known kind'
    return [{ type: 'hostname', value: name, subdomains: false }]
  }
  if (domain === null) return `${name} is a public suffix: everything below it would be listed`
  if (hint !== 'domain' && !meant && !isRegistered(name)) return 'no domain under a known top-level domain'
  if (path >= 0 && text.slice(path).length > 1)
    return ['http', 'https'].map((scheme) => ({
      type: 'url',
      value: normalIoc('url', `${scheme}://${text.slice(below.length)}`),
      subdomains: false,
    }))
  return [{ type: 'domain', value: name, subdomains: below !== '' }]
}

/** An address in its one form, without port and brackets, an IPv4 one also where IPv6 carries it; null where the text is none. */
function addressOf(text: string): string | null {
  const plain = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(text)?.[1] ?? text
  const v4 = plain.replace(/:\d{1,5}$/, '')
  if (ipv4Number(v4) >= 0) return v4
  const groups = plain.includes(':') ? ipv6Groups(plain.replace(/%.*$/, '')) : null
  if (groups === null) return null
  const carried = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  if (!carried) return canonicalIpv6(groups)
  const [high = 0, low = 0] = groups.slice(6)
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}
