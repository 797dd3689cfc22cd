import type { Fingerprint } from './fingerprints.ts'
import { addressIn, type Network } from './networks.ts'
import type { RequestRow } from './shapes.ts'

/** Somebody or something that asks: an address with a program behind it. */
export type Client = { address: string; network: Network; fingerprint: Fingerprint }

export const createClient = (network: Network, n: number, fingerprint: Fingerprint): Client => ({
  address: addressIn(network, n),
  network,
  fingerprint,
})

export type Asked = {
  /** Milliseconds since 1970. */
  atMs: number
  host: string
  path: string
  port: number
  method?: RequestRow['method']
  query?: string
  referer?: string
  /** In place of the client's own. */
  userAgent?: string
  ja4?: string
}

const BROWSER_HEADERS =
  'host,sec-ch-ua,sec-ch-ua-mobile,sec-ch-ua-platform,user-agent,accept,sec-fetch-site,sec-fetch-mode,sec-fetch-dest,accept-encoding,accept-language'
const OTHER_BROWSER_HEADERS =
  'host,user-agent,accept,accept-language,accept-encoding,sec-fetch-dest,sec-fetch-mode,sec-fetch-site'
const TOOL_HEADERS = 'host,user-agent,accept-encoding,accept,connection'

/** One request as it is logged. */
export function request({ address, network, fingerprint }: Client, asked: Asked): RequestRow {
  const browser = fingerprint.brands !== '' || fingerprint.family !== ''
  const chromium = fingerprint.brands !== ''
  const ja4 = asked.ja4 ?? fingerprint.ja4
  const [settings = '', window = '0', , order = ''] = fingerprint.h2.split('|')
  const second = Math.floor(asked.atMs / 1000)
  return {
    time: second,
    time_ms: `${second}.${String(asked.atMs % 1000).padStart(3, '0')}`,
    src_ip: address,
    src_port: asked.port,
    src_asn: network.asn,
    src_as_name: network.org,
    src_country_code: network.country,
    method: asked.method ?? 'GET',
    host: asked.host,
    path: asked.path,
    query: asked.query ?? '',
    http_version: fingerprint.h2 === '' ? 'HTTP/1.1' : 'HTTP/2',
    header_user_agent: asked.userAgent ?? fingerprint.userAgent,
    header_accept_encoding: browser ? 'gzip, deflate, br, zstd' : 'gzip, deflate',
    header_accept_language: browser ? 'en-GB,en;q=0.9' : '',
    header_referer: asked.referer ?? '',
    header_sec_ch_ua: fingerprint.brands,
    header_sec_ch_ua_mobile: chromium ? '?0' : '',
    header_sec_ch_ua_platform: fingerprint.platform,
    header_sec_fetch_mode: browser ? 'navigate' : '',
    header_x_forwarded_for: '',
    client_headers: chromium ? BROWSER_HEADERS : browser ? OTHER_BROWSER_HEADERS : TOOL_HEADERS,
    ja4,
    tls_version: ja4.slice(1, 3) === '13' ? 'TLSv1.3' : 'TLSv1.2',
    tls_sni: asked.host,
    tls_alpn: fingerprint.h2 === '' ? 'http/1.1' : 'h2',
    h2_fingerprint: fingerprint.h2,
    h2_settings_fp: settings,
    h2_window_update: Number(window),
    h2_priority: fingerprint.h2.startsWith('1:65536;2:0;4:131072') ? 1 : 0,
    h2_pseudo_order: order,
  }
}
