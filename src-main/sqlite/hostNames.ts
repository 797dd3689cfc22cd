type Parsed = { short: string; dns: string; netbios: string }

const ADDRESS = /^(?:\d{1,3}\.){3}\d{1,3}$|:/

/** Host and domain of a name as machines write them: WS1, ws1.corp.local., CORP\WS1, \\WS1, WS1$. */
function parsed(name: string): Parsed {
  const plain = name.trim().toUpperCase().replace(/^\\\\/, '').replace(/[.$]$/, '')
  const slash = plain.lastIndexOf('\\')
  const netbios = slash < 0 ? '' : plain.slice(0, slash)
  const host = plain.slice(slash + 1)
  const dot = ADDRESS.test(host) ? -1 : host.indexOf('.')
  return dot < 0 ? { short: host, dns: '', netbios } : { short: host.slice(0, dot), dns: host.slice(dot + 1), netbios }
}

/**
 * The one name, in upper case, under which each written name of a host is known. Short name, full name and DOMAIN\name are one host as
 * long as nothing speaks of two: once a short name stands in two domains, each full name is a host of its own and the short
 * name alone is neither.
 */
export function hostKeys(names: Iterable<string>): Map<string, string> {
  const all = [...new Set(names)].map((name) => ({ name, ...parsed(name) }))
  const domains = new Map<string, { dns: Set<string>; netbios: Set<string> }>()
  for (const { short, dns, netbios } of all) {
    const known = domains.get(short) ?? { dns: new Set<string>(), netbios: new Set<string>() }
    if (dns !== '') known.dns.add(dns)
    if (netbios !== '') known.netbios.add(netbios)
    domains.set(short, known)
  }
  const keys = new Map<string, string>()
  for (const { name, short, dns, netbios } of all) {
    const known = domains.get(short)
    const one = known === undefined || (known.dns.size <= 1 && known.netbios.size <= 1)
    keys.set(name, one ? short : ofDomain({ short, dns, netbios }, known.dns))
  }
  return keys
}

function ofDomain({ short, dns, netbios }: Parsed, known: ReadonlySet<string>): string {
  if (dns !== '') return `${short}.${dns}`
  if (netbios === '') return short
  // CORP of CORP\WS1 is most often the first part of corp.example.com.
  const meant = [...known].filter((domain) => domain.split('.')[0] === netbios)
  return meant.length === 1 ? `${short}.${meant[0]}` : `${netbios}\\${short}`
}
