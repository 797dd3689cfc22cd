import type { Columns } from './columns.ts'

/** Features of sessions as view_ai_features_1h has them, that people and bots are compared by. */
export const PROFILE_FEATURES = [
  'hits',
  'hit_velocity',
  'fuzzing_index',
  'post_ratio',
  'asset_ratio',
  'direct_access_ratio',
  'temporal_entropy',
  'path_diversity_ratio',
  'modern_browser_score',
  'header_count',
  'src_port_density',
  'distinct_ja4_count',
] as const

/** Those that one address is held against on a radar. */
export const RADAR_FEATURES = [
  'hit_velocity',
  'fuzzing_index',
  'post_ratio',
  'asset_ratio',
  'direct_access_ratio',
  'temporal_entropy',
  'path_diversity_ratio',
  'modern_browser_score',
] as const

/** Columns of one session with all that the models look at. */
export const sessionColumns: Columns = {
  src_ip: { kind: 'address', title: 'Address' },
  ja4: 'ja4',
  host: 'host',
  window_start: 'time',
  first_seen: 'time',
  last_seen: 'time',
  hits: 'number',
  hit_velocity: { kind: 'number', title: 'Hits/s' },
  fuzzing_index: { kind: 'number', title: 'Fuzzing' },
  post_ratio: { kind: 'percent', title: 'POST' },
  asset_ratio: { kind: 'percent', title: 'Assets' },
  direct_access_ratio: { kind: 'percent', title: 'Direct access' },
  orphan_ratio: { kind: 'percent', title: 'Orphan assets' },
  temporal_entropy: { kind: 'number', title: 'Entropy over time, bits' },
  path_diversity_ratio: { kind: 'percent', title: 'Different paths' },
  modern_browser_score: { kind: 'number', title: 'Modern browser, of 100' },
  header_count: { kind: 'number', title: 'Headers' },
  src_port_density: { kind: 'percent', title: 'Different ports' },
  port_exhaustion_ratio: { kind: 'percent', title: 'Ports used up' },
  distinct_ua_count: { kind: 'number', title: 'User agents' },
  is_ua_rotating: { kind: 'flag', title: 'Rotates user agents' },
  distinct_ja4_count: { kind: 'number', title: 'JA4s of the address' },
  asn_number: { kind: 'text', title: 'AS number' },
  asn_org: { kind: 'asn', title: 'Network' },
  asn_label: { kind: 'text', title: 'Kind of network' },
  country_code: { kind: 'country', title: 'Country' },
  bot_name: { kind: 'text', title: 'Bot' },
  browser_family: { kind: 'text', title: 'Browser by JA4' },
  h2_dict_family: { kind: 'text', title: 'Browser by HTTP/2' },
  h2_fingerprint: { kind: 'text', title: 'HTTP/2 fingerprint' },
  tls_h2_family_mismatch: { kind: 'flag', title: 'TLS and HTTP/2 disagree' },
  fingerprint_coherence_score: { kind: 'number', title: 'Coherence, of 1' },
}
