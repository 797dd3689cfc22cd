import type { Alert } from '#contract/alerts'
import type { MapIcon } from '#contract/values'
import type { Added, NewLink, NewNode } from './useAddToMap.ts'

const ADDRESS = /^(?:\d{1,3}\.){3}\d{1,3}$|^[0-9a-f]*:[0-9a-f:.]*:[0-9a-f:.]*$/i
const DOMAIN = /^(?:[a-z0-9_-]{1,63}\.)+[a-z][a-z0-9-]{1,62}\.?$/i

/** What a text is drawn as on a map, and the node of the network it stands for; null: it is no name. */
export function thingOf(text: string, icon?: MapIcon): NewNode | null {
  const value = text.trim()
  if (value === '' || value.length > 300) return null
  const kind =
    icon ??
    (ADDRESS.test(value) ? 'address' : /^https?:\/\//i.test(value) ? 'url' : DOMAIN.test(value) ? 'domain' : null)
  return kind === null
    ? null
    : { icon: kind, label: value, entity: `${kind}:${kind === 'url' ? value : value.toLowerCase()}` }
}

/** What an alert is about, as nodes of a map: its host and user, and the names in its evidence; two addresses of a row are linked. */
export function thingsOfAlert(alert: Pick<Alert, 'host' | 'user' | 'evidence' | 'title'>): Added {
  const nodes = new Map<string, NewNode>()
  const put = (node: NewNode | null): NewNode | null => {
    if (node?.entity) nodes.set(node.entity, node)
    return node
  }
  if (alert.host !== null) put(thingOf(alert.host, ADDRESS.test(alert.host) ? 'address' : 'host'))
  if (alert.user !== null) put(thingOf(alert.user, 'user'))
  const rows = new Map<string, string[]>()
  for (const { datasetId, row, value } of alert.evidence) {
    const node = put(thingOf(value))
    const key = `${datasetId} ${row}`
    if (node?.icon === 'address' && node.entity !== null) rows.set(key, [...(rows.get(key) ?? []), node.entity])
  }
  const links = new Map<string, NewLink>()
  for (const [from, to] of rows.values())
    if (from !== undefined && to !== undefined && from !== to)
      links.set(`${from} ${to}`, {
        from,
        to,
        label: alert.title.slice(0, 60),
        count: null,
        bytes: null,
        first: null,
        last: null,
      })
  return { nodes: [...nodes.values()], links: [...links.values()] }
}
