import type { CanonicalField, MapEdgeKind, MapNodeType } from '#contract/values'

/** One end of an edge and the fields that name it, one after the other where it takes more than one. */
export type End = { type: MapNodeType; fields: readonly CanonicalField[] }
export type Relation = { kind: MapEdgeKind; from: End; to: End; bytes: boolean }

const address = (field: 'src_ip' | 'dst_ip' | 'ip_address'): End => ({ type: 'address', fields: [field] })
const HOST: End = { type: 'host', fields: ['hostname'] }
const USER: End = { type: 'user', fields: ['username'] }
const DOMAIN: End = { type: 'domain', fields: ['domain'] }
const URL: End = { type: 'url', fields: ['url'] }

/**
 * What the rows of a dataset tie together, by the fields that its columns feed. `dns`: its rows are about names that were
 * asked, so the destination is the server that answered and not what the name stands for.
 */
export function relationsOf(has: (field: CanonicalField) => boolean, dns: boolean): Relation[] {
  const relations: Relation[] = []
  const add = (kind: MapEdgeKind, from: End, to: End, bytes = false): void => {
    relations.push({ kind, from, to, bytes })
  }
  const source: End | null =
    has('src_ip') && has('dst_ip')
      ? address('src_ip')
      : has('hostname')
        ? HOST
        : has('src_ip')
          ? address('src_ip')
          : null
  const process: End | null = has('process_name')
    ? { type: 'process', fields: has('hostname') ? ['hostname', 'process_name'] : ['process_name'] }
    : null
  if (source && has('dst_ip')) add('connection', source, address('dst_ip'), true)
  // Without a destination the address is that of who came to the host.
  if (has('hostname') && has('src_ip') && !has('dst_ip')) add('logon', address('src_ip'), HOST)
  if (source && has('domain')) add('name', source, DOMAIN)
  if (has('domain') && has('dst_ip') && !dns) add('answer', DOMAIN, address('dst_ip'))
  if (source && has('url')) add('request', source, URL)
  if (has('url') && has('dst_ip')) add('request', URL, address('dst_ip'))
  if (has('username') && source) add('account', USER, has('hostname') ? HOST : source)
  if (process && has('hostname')) add('process', HOST, process)
  if (process && has('dst_ip')) add('connection', process, address('dst_ip'), true)
  if (process && has('domain')) add('name', process, DOMAIN)
  return relations
}
