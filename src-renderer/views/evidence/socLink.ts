import { link } from '../../state/places.ts'

const IPV4 = /^(?:\d{1,3}\.){3}\d{1,3}$/
const IPV6 = /^(?=.*:.*:)[0-9a-fA-F:.]{2,45}$/
/** As FoxIO writes a JA4: t13d1516h2_8daaf6152771_02713d6af862. */
const JA4 = /^[tqd]\d{2}[di]\d{4}[0-9a-z]{2}_[0-9a-f]{12}_[0-9a-f]{12}$/
const DOMAIN = /^(?=.{4,253}$)(?:[\p{L}\d_](?:[\p{L}\d_-]{0,61}[\p{L}\d])?\.)+(?:\p{L}{2,63}|xn--[a-z\d-]{2,59})$/iu

/** Where the SOC console shows an address, a JA4 or the requests for a host; null for anything else. */
export function socLink(value: string): string | null {
  if (IPV4.test(value) || IPV6.test(value)) return link.socAddress(value)
  if (JA4.test(value)) return link.socJa4(value)
  return DOMAIN.test(value) ? link.soc('detections', { search: value }) : null
}
