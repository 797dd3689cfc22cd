import { HOUR_S } from './clock.ts'
import { liesIn } from './networks.ts'
import type { ReferenceLists } from './referenceLists.ts'
import type { RequestRow } from './shapes.ts'

/** One address, one JA4, one host in the last hour: what view_ai_features_1h must say of it. Ratios of 0 to 1. */
export type Session = {
  address: string
  ja4: string
  host: string
  hits: number
  velocity: number
  fuzzing: number
  post: number
  assets: number
  direct: number
  orphans: number
  /** Bits. */
  entropy: number
  pathDiversity: number
  browserScore: number
  headers: number
  portDensity: number
  userAgents: number
  ja4sOfAddress: number
  asn: number
  org: string
  country: string
  asnLabel: string
  botName: string
  browserFamily: string
  h2: string
  h2Family: string
  windowUpdate: number
  /** TLS and HTTP/2 tell of different browsers. */
  mismatch: boolean
}

const ASSET = /\.(?:css|js|mjs|png|jpe?g|gif|svg|webp|ico|woff2?|ttf)$/i

/** The sessions of the last hour, by the same rules as the view and without it. */
export function sessionsOf(requests: readonly RequestRow[], now: number, lists: ReferenceLists): Session[] {
  const recent = requests.filter(({ time }) => time > now - HOUR_S)
  const ja4sOf = new Map(
    [...Map.groupBy(recent, ({ src_ip }) => src_ip)].map(([address, rows]) => [
      address,
      distinct(rows, ({ ja4 }) => ja4),
    ]),
  )
  const groups = Map.groupBy(recent, ({ src_ip, ja4, host }) => `${src_ip} ${ja4} ${host}`)
  return [...groups.values()].flatMap((rows) => {
    const [first] = rows
    return first ? [sessionOf(first, rows, ja4sOf.get(first.src_ip) ?? 1, lists)] : []
  })
}

function sessionOf(first: RequestRow, rows: readonly RequestRow[], ja4s: number, lists: ReferenceLists): Session {
  const hits = rows.length
  const share = (holds: (row: RequestRow) => boolean): number => rows.filter(holds).length / hits
  const times = rows.map(({ time }) => time)
  const queries = rows.filter(({ query }) => query !== '')
  const browserFamily = lists.ref_browser_ja4.find(({ ja4 }) => ja4 === first.ja4)?.browser_family ?? ''
  const h2Family =
    lists.browser_h2_signatures.find(({ h2_fingerprint }) => h2_fingerprint === first.h2_fingerprint)?.browser_family ??
    ''
  return {
    address: first.src_ip,
    ja4: first.ja4,
    host: first.host,
    hits,
    velocity: hits / Math.max(Math.max(...times) - Math.min(...times), 1),
    fuzzing: distinct(queries, ({ query }) => query) / distinct(rows, ({ path }) => path),
    post: share(({ method }) => method === 'POST'),
    assets: share(({ path }) => ASSET.test(path)),
    direct: share(({ header_referer }) => header_referer === ''),
    orphans: share(({ path, header_referer }) => ASSET.test(path) && header_referer === ''),
    entropy: entropy(times.map((time) => new Date(time * 1000).getUTCMinutes())),
    pathDiversity: distinct(rows, ({ path }) => path) / hits,
    browserScore:
      30 * share((row) => row.header_sec_ch_ua !== '') +
      30 * share((row) => row.header_sec_fetch_mode !== '') +
      20 * share((row) => row.header_accept_language !== '') +
      20 * share((row) => row.header_accept_encoding.includes('br')),
    headers: Math.max(...rows.map((row) => row.client_headers.split(',').length)),
    portDensity: distinct(rows, ({ src_port }) => String(src_port)) / hits,
    userAgents: distinct(rows, (row) => row.header_user_agent),
    ja4sOfAddress: ja4s,
    asn: first.src_asn,
    org: first.src_as_name,
    country: first.src_country_code,
    asnLabel: lists.ref_asn_reputation.find(({ src_asn }) => src_asn === first.src_asn)?.label ?? '',
    botName:
      lists.ref_bot_ja4.find(({ ja4 }) => ja4 === first.ja4)?.bot_name ??
      lists.ref_bot_ip.find(({ prefix }) => !prefix.includes(':') && liesIn(first.src_ip, prefix))?.bot_name ??
      '',
    browserFamily,
    h2: first.h2_fingerprint,
    h2Family,
    windowUpdate: first.h2_window_update,
    mismatch: browserFamily !== '' && h2Family !== '' && browserFamily !== h2Family,
  }
}

const distinct = <T>(rows: readonly T[], of: (row: T) => string): number => new Set(rows.map(of)).size

function entropy(values: readonly number[]): number {
  const shares = [...Map.groupBy(values, (value) => value).values()].map((group) => group.length / values.length)
  return shares.reduce((sum, share) => sum - share * Math.log2(share), 0)
}
