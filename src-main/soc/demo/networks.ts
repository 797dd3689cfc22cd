/**
 * Where generated clients come from. The networks are reserved ones (shared, benchmark and documentation addresses) with
 * numbers for private use, so that nobody's real address is accused; only the crawler comes from its true network.
 */
export type Network = { asn: number; org: string; label: string; country: string; prefix: string }

export const NETWORKS = {
  isp: [
    { asn: 64601, org: 'Northwind Telecom', label: 'isp', country: 'FR', prefix: '100.64.0.0/16' },
    { asn: 64602, org: 'Alpine Broadband', label: 'isp', country: 'DE', prefix: '100.65.0.0/16' },
    { asn: 64603, org: 'Lakeside Cable', label: 'isp', country: 'US', prefix: '100.66.0.0/16' },
    { asn: 64604, org: 'Island Mobile', label: 'isp', country: 'GB', prefix: '100.67.0.0/16' },
  ],
  datacenter: [
    { asn: 64701, org: 'Stackyard Cloud', label: 'datacenter', country: 'US', prefix: '198.18.0.0/16' },
    { asn: 64702, org: 'Polder Hosting', label: 'hosting', country: 'NL', prefix: '198.19.0.0/16' },
    { asn: 64703, org: 'Delta Servers', label: 'hosting', country: 'SG', prefix: '203.0.113.0/24' },
  ],
  search: { asn: 15169, org: 'Google LLC', label: 'search', country: 'US', prefix: '66.249.64.0/19' },
  /** Only generated in bulk: two million addresses. */
  bulk: { asn: 64650, org: 'Meridian Networks', label: 'isp', country: 'FR', prefix: '100.96.0.0/11' },
} as const

export const ALL_NETWORKS: readonly Network[] = [
  ...NETWORKS.isp,
  ...NETWORKS.datacenter,
  NETWORKS.search,
  NETWORKS.bulk,
]

/** The n-th address of a network. */
export function addressIn(network: Network, n: number): string {
  const [first = '0.0.0.0', bits = '32'] = network.prefix.split('/')
  const base = numberOf(first) + (n % 2 ** (32 - Number(bits)))
  return [24, 16, 8, 0].map((shift) => Math.floor(base / 2 ** shift) % 256).join('.')
}

const numberOf = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)

/** Whether an IPv4 address lies in a network. */
export function liesIn(address: string, prefix: string): boolean {
  const [first = '0.0.0.0', bits = '32'] = prefix.split('/')
  const size = 2 ** (32 - Number(bits))
  return Math.floor(numberOf(address) / size) === Math.floor(numberOf(first) / size)
}

/** An IPv4 address as the tables of the models write it. */
export const mapped = (address: string): string => `::ffff:${address}`
