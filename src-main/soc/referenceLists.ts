import type { Columns } from './columns.ts'

export const listNames = [
  'bot_ip',
  'bot_ja4',
  'browser_ja4',
  'browser_h2',
  'asn_reputation',
  'iplocate_asn',
  'anubis_ip_rules',
  'anubis_asn_rules',
] as const
export type ListName = (typeof listNames)[number]

type ReferenceList = {
  title: string
  /** A table or a dictionary, which is read as one. */
  table: string
  columns: Columns
  /** The first is what it stands by. */
  sorts: readonly string[]
  searched: readonly string[]
  /** Columns that hold networks. */
  networks?: readonly string[]
  /** What its entries are counted by. */
  kind: string
}

const bot = { kind: 'text', title: 'Bot' } as const
const rule = { bot_name: bot, action: 'text', category: 'text' } as const

/** The eight lists that are known beforehand. */
export const lists: Readonly<Record<ListName, ReferenceList>> = {
  bot_ip: {
    ...{ title: 'Networks of bots', table: 'dict_bot_ip', kind: 'bot_name' },
    columns: { prefix: { kind: 'text', title: 'Network' }, bot_name: bot },
    networks: ['prefix'],
    ...{ sorts: ['prefix', 'bot_name'], searched: ['prefix', 'bot_name'] },
  },
  bot_ja4: {
    ...{ title: 'JA4s of bots', table: 'dict_bot_ja4', kind: 'bot_name' },
    columns: { ja4: 'ja4', bot_name: { kind: 'text', title: 'Known for' } },
    ...{ sorts: ['ja4', 'bot_name'], searched: ['ja4', 'bot_name'] },
  },
  browser_ja4: {
    ...{ title: 'JA4s of browsers', table: 'dict_browser_ja4', kind: 'browser_family' },
    columns: { ja4: 'ja4', browser_family: { kind: 'text', title: 'Family' }, tls_library: 'text', context: 'text' },
    sorts: ['ja4', 'browser_family', 'tls_library'],
    searched: ['ja4', 'browser_family', 'tls_library', 'context'],
  },
  browser_h2: {
    ...{ title: 'HTTP/2 of browsers', table: 'dict_browser_h2', kind: 'browser_family' },
    columns: {
      h2_fingerprint: { kind: 'text', title: 'HTTP/2 fingerprint' },
      browser_family: { kind: 'text', title: 'Family' },
    },
    ...{ sorts: ['browser_family', 'h2_fingerprint'], searched: ['h2_fingerprint', 'browser_family'] },
  },
  asn_reputation: {
    ...{ title: 'Kinds of networks', table: 'dict_asn_reputation', kind: 'label' },
    columns: { src_asn: { kind: 'text', title: 'ASN' }, label: { kind: 'text', title: 'Kind' } },
    ...{ sorts: ['src_asn', 'label'], searched: ['src_asn', 'label'] },
  },
  iplocate_asn: {
    ...{ title: 'Networks and their owners', table: 'dict_iplocate_asn', kind: 'country_code' },
    columns: {
      network: 'text',
      asn: { kind: 'text', title: 'ASN' },
      country_code: { kind: 'country', title: 'Country' },
      name: { kind: 'asn', title: 'Owner' },
    },
    networks: ['network'],
    sorts: ['network', 'asn', 'country_code', 'name'],
    searched: ['network', 'asn', 'country_code', 'name'],
  },
  anubis_ip_rules: {
    ...{ title: 'Anubis rules by network', table: 'anubis_ip_rules', kind: 'action' },
    columns: { prefix: { kind: 'text', title: 'Network' }, ...rule },
    networks: ['prefix'],
    sorts: ['prefix', 'bot_name', 'action', 'category'],
    searched: ['prefix', 'bot_name', 'action', 'category'],
  },
  anubis_asn_rules: {
    ...{ title: 'Anubis rules by ASN', table: 'anubis_asn_rules', kind: 'action' },
    columns: { asn: { kind: 'text', title: 'ASN' }, ...rule },
    sorts: ['asn', 'bot_name', 'action', 'category'],
    searched: ['asn', 'bot_name', 'action', 'category'],
  },
}
