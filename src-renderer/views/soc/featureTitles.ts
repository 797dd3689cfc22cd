/** Features of sessions as an analyst says them, by the names of the server's columns. */
const titles: Readonly<Record<string, string>> = {
  hits: 'requests',
  hit_velocity: 'hit velocity',
  fuzzing_index: 'fuzzing',
  post_ratio: 'POST',
  asset_ratio: 'assets',
  direct_access_ratio: 'direct access',
  orphan_ratio: 'orphan assets',
  temporal_entropy: 'temporal entropy',
  path_diversity_ratio: 'path diversity',
  modern_browser_score: 'modern browser score',
  header_count: 'headers',
  is_ua_rotating: 'rotates user agents',
  distinct_ja4_count: 'different JA4s',
  src_port_density: 'port density',
  tls_h2_family_mismatch: 'TLS and HTTP/2 disagree',
}

export const featureTitle = (feature: string): string => titles[feature] ?? feature.replaceAll('_', ' ')
