import { BROWSERS, H2, JA4 } from './fingerprints.ts'
import { ALL_NETWORKS, NETWORKS } from './networks.ts'

/** The eight reference lists as their tables take them. */
export type ReferenceLists = {
  ref_bot_ip: { prefix: string; bot_name: string }[]
  ref_bot_ja4: { ja4: string; bot_name: string }[]
  ref_browser_ja4: { ja4: string; browser_family: string; tls_library: string; context: string }[]
  browser_h2_signatures: { h2_fingerprint: string; browser_family: string; confidence: number; notes: string }[]
  ref_asn_reputation: { src_asn: number; label: string }[]
  ref_iplocate_asn: { network: string; asn: number; country_code: string; name: string }[]
  anubis_ip_rules: { prefix: string; bot_name: string; action: string; category: string }[]
  anubis_asn_rules: { asn: number; bot_name: string; action: string; category: string }[]
}

/** Enough for a second page of the longest list. */
const LOCATED = 640

const library = (family: string): string =>
  family === 'Firefox' ? 'NSS' : family === 'Safari' ? 'Secure Transport' : 'BoringSSL'

export function referenceLists(): ReferenceLists {
  const [cloud, hosting, servers] = NETWORKS.datacenter
  const search = NETWORKS.search
  return {
    ref_bot_ip: [
      { prefix: search.prefix, bot_name: 'Googlebot' },
      { prefix: '203.0.113.128/25', bot_name: 'Uptime probe' },
      { prefix: '2001:db8:b07::/48', bot_name: 'Archive crawler' },
    ],
    ref_bot_ja4: [
      { ja4: JA4.python, bot_name: 'python-requests' },
      { ja4: JA4.pythonUrllib, bot_name: 'Python-urllib' },
      { ja4: JA4.go, bot_name: 'Go-http-client' },
      { ja4: JA4.sliver, bot_name: 'Sliver or Go' },
      { ja4: JA4.cobaltStrike, bot_name: 'Cobalt Strike' },
      { ja4: JA4.icedId, bot_name: 'IcedID' },
    ],
    ref_browser_ja4: [
      ...BROWSERS.map(({ ja4, family }) => ({
        ja4,
        browser_family: family,
        tls_library: library(family),
        context: 'HTTP/2',
      })),
      { ja4: JA4.chromeQuic, browser_family: 'Chrome', tls_library: 'BoringSSL', context: 'QUIC' },
    ],
    browser_h2_signatures: [
      { h2_fingerprint: H2.chrome, browser_family: 'Chrome', confidence: 1, notes: '' },
      { h2_fingerprint: H2.firefox, browser_family: 'Firefox', confidence: 1, notes: '' },
      { h2_fingerprint: H2.safari, browser_family: 'Safari', confidence: 0.9, notes: 'Older versions' },
      { h2_fingerprint: H2.go, browser_family: 'Other', confidence: 0.8, notes: 'net/http of Go' },
    ],
    ref_asn_reputation: ALL_NETWORKS.map(({ asn, label }) => ({ src_asn: asn, label })),
    ref_iplocate_asn: [
      ...ALL_NETWORKS.map(({ prefix, asn, country, org }) => ({
        network: prefix,
        asn,
        country_code: country,
        name: org,
      })),
      ...Array.from({ length: LOCATED }, (_, n) => ({
        network: `2001:db8:${(n + 16).toString(16)}::/48`,
        asn: 64_900 + (n % 40),
        country_code: ['FR', 'DE', 'US', 'GB', 'NL', 'SG', 'JP', 'BR'][n % 8] ?? 'FR',
        name: `Example Network ${n + 1}`,
      })),
    ],
    anubis_ip_rules: [
      { prefix: search.prefix, bot_name: 'Googlebot', action: 'ALLOW', category: 'search' },
      { prefix: servers.prefix, bot_name: 'Scraper', action: 'DENY', category: 'scraper' },
      { prefix: '198.18.2.0/24', bot_name: 'Stuffing', action: 'DENY', category: 'credential-stuffing' },
      { prefix: '2001:db8:b07::/48', bot_name: 'Archive crawler', action: 'CHALLENGE', category: 'archive' },
    ],
    anubis_asn_rules: [
      { asn: cloud.asn, bot_name: 'Cloud', action: 'CHALLENGE', category: 'datacenter' },
      { asn: hosting.asn, bot_name: 'Hosting', action: 'WEIGH', category: 'hosting' },
      { asn: servers.asn, bot_name: 'Hosting', action: 'DENY', category: 'hosting' },
    ],
  }
}
