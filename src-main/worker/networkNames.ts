import { parse } from 'tldts'
import type { MapNodeType } from '#contract/values'
import type { Machine, Machines, Token } from '../graph/machines.ts'
import type { Named } from '../graph/network.ts'
import { canonicalIpv6, iocScope, ipv4Number, ipv6Groups } from '../importer/addresses.ts'
import { hostOf } from '../importer/urls.ts'
import { BETWEEN } from '../sqlite/queries/networkPairs.read.ts'

/** Characters of a name that make a node; a longer cell is a text and no name. */
const NAME_MAX = 1_000
/** Addresses of a host in the second line of its node. */
const DETAIL_ADDRESSES = 3

/** The one spelling of an address; null where a text is none, or the one that stands for no machine. */
export function addressOf(text: string): string | null {
  const plain = text
    .trim()
    .replace(/^\[|\]$/g, '')
    .replace(/%.*$/, '')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1] ?? plain
  if (ipv4Number(mapped) > 0) return mapped
  const groups = mapped.includes(':') ? ipv6Groups(mapped) : null
  return groups?.some((group) => group !== 0) ? canonicalIpv6(groups) : null
}

export const scopeOf = (address: string) => iocScope(address.includes(':') ? 'ipv6' : 'ipv4', address)

/** Hex digits in pairs, as most tools write them; null where a text is no MAC address, or that of everyone. */
export function macOf(text: string): string | null {
  const hex = text.toLowerCase().replace(/[^0-9a-f]/g, '')
  if (hex.length !== 12 || !/^[0-9a-f:.-]+$/i.test(text.trim()) || /^(0+|f+)$/.test(hex)) return null
  return hex.replace(/(..)(?!$)/g, '$1:')
}

/** The name of a host in one spelling, its domain included. */
export const fullNameOf = (text: string): string => text.trim().toLowerCase().replace(/^\\\\/, '').replace(/[.$]$/, '')

/** How the texts of a hunt become nodes: what belongs to one machine is one host, whatever it is called in a row. */
export function namesOf(machines: Machines, tokenOfName: (text: string) => Token) {
  const byName = new Map<string, Machine>()
  for (const machine of machines.all) for (const name of machine.names) byName.set(fullNameOf(name), machine)
  const machineOf = (token: Token): Machine | undefined => machines.byToken.get(token)

  function host(machine: Machine): Named {
    const detail = machine.addresses.filter((address) => address !== machine.name)
    const more = detail.length - DETAIL_ADDRESSES
    const [network] = machine.addresses.flatMap((address) => networksOf(address))
    return {
      ...{ id: `host:${machine.id}`, type: 'host', label: machine.name, scope: null },
      detail: detail.slice(0, DETAIL_ADDRESSES).join(', ') + (more > 0 ? ` +${more}` : ''),
      groups: network ? [network] : domainsOf(fullNameOf(machine.name)),
    }
  }

  function address(text: string): Named | null {
    const found = addressOf(text)
    if (found === null) return null
    const machine = machineOf(`address:${found}`)
    if (machine) return host(machine)
    return { ...plain('address', found, found, networksOf(found)), scope: scopeOf(found) }
  }

  function hostNamed(text: string): Named | null {
    const own = address(text)
    if (own) return own
    const machine = machineOf(tokenOfName(text)) ?? byName.get(fullNameOf(text))
    const name = fullNameOf(text)
    return machine ? host(machine) : name === '' ? null : plain('host', name, text.trim(), domainsOf(name))
  }

  function domain(text: string): Named | null {
    // An address in the place of a name says nothing that the connection does not say.
    if (addressOf(text) !== null) return null
    const name = fullNameOf(text)
    if (name === '' || /\s/.test(name)) return null
    const machine = byName.get(name)
    return machine ? host(machine) : plain('domain', name, name, domainsOf(name))
  }

  function url(text: string): Named | null {
    const whole = text.trim()
    const own = whole.includes('://') ? hostOf(whole) : null
    return whole === '' ? null : plain('url', whole, whole, own === null ? [] : [{ fold: 'domain', key: own }])
  }

  /** CORP\kim, kim@corp.example.com and kim/CORP are one: the first label of the realm tells. */
  function user(text: string): Named | null {
    const name = text.trim()
    const parts = /^(?<realm>[^\\]+)\\(?<account>.+)$|^(?<account>[^@/]+)[@/](?<realm>.+)$/.exec(name)?.groups
    const realm = (parts?.['realm'] ?? '').toLowerCase().split('.')[0] ?? ''
    const account = (parts?.['account'] ?? name).toLowerCase()
    if (account === '') return null
    const groups: Named['groups'] = realm === '' ? [] : [{ fold: 'domain', key: realm }]
    return plain('user', realm === '' ? account : `${realm}\\${account}`, name, groups)
  }

  function process(text: string): Named | null {
    const [where, image] = text.includes(BETWEEN) ? text.split(BETWEEN) : ['', text]
    const name = (image ?? '').trim().split(/[\\/]/).at(-1) ?? ''
    if (name === '') return null
    const on = where === '' || where === undefined ? null : hostNamed(where)
    const lower = name.toLowerCase()
    return {
      ...plain('process', `${on ? `${on.id.slice(on.id.indexOf(':') + 1)}|` : ''}${lower}`, name, [
        { fold: 'name', key: lower },
      ]),
      detail: on?.label ?? '',
    }
  }

  const by: Record<MapNodeType, (text: string) => Named | null> = {
    host: hostNamed,
    address,
    domain,
    url,
    user,
    process,
  }
  const kept = new Map<string, Named | null>()
  return {
    /** The node that a text of this type stands for; null: none. */
    nodeOf(type: MapNodeType, text: string): Named | null {
      if (text.length > NAME_MAX) return null
      const key = `${type} ${text}`
      const known = kept.get(key)
      if (known !== undefined) return known
      const made = by[type](text)
      kept.set(key, made)
      return made
    },
  }
}
export type Names = ReturnType<typeof namesOf>

const plain = (type: MapNodeType, key: string, label: string, groups: Named['groups']): Named => ({
  ...{ id: `${type}:${key}`, type, label, detail: '', scope: null, groups },
})

/** Networks of an address, the narrow one first. */
function networksOf(address: string): Named['groups'] {
  const network = (key: string) => ({ fold: 'network' as const, key })
  if (!address.includes(':')) {
    const [a, b, c] = address.split('.')
    return [network(`${a}.${b}.${c}.0/24`), network(`${a}.${b}.0.0/16`)]
  }
  const groups = ipv6Groups(address) ?? []
  const first = (bits: 4 | 3): string =>
    canonicalIpv6([...groups.slice(0, bits), ...Array.from({ length: 8 - bits }, () => 0)])
  return [network(`${first(4)}/64`), network(`${first(3)}/48`)]
}

/** Names under the same registered domain fold into it. */
function domainsOf(name: string): Named['groups'] {
  const registered = parse(name, { allowPrivateDomains: false }).domain ?? name.split('.').slice(-2).join('.')
  return registered === '' || !name.includes('.') ? [] : [{ fold: 'domain', key: registered }]
}
