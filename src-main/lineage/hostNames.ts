const isAddress = (name: string): boolean => /^[\d.]+$|:/.test(name)

/**
 * Brings the names of hosts together: any case, and a short name with the one full name that begins with it. Two full names
 * that begin alike stay two hosts, and the short one a third: nobody knows whose it is. Answers the host of each name.
 */
export function hostNames(names: Iterable<string>): Map<string, string> {
  const byShort = new Map<string, Set<string>>()
  const best = new Map<string, string>()
  for (const name of names) {
    const key = name.toLowerCase()
    // Of several spellings the first in the alphabet, so that the order of rows does not matter.
    const known = best.get(key)
    if (known === undefined || name < known) best.set(key, name)
    const short = isAddress(key) ? key : (key.split('.')[0] ?? key)
    const full = byShort.get(short) ?? new Set()
    if (key !== short) full.add(key)
    byShort.set(short, full)
  }
  const hosts = new Map<string, string>()
  for (const name of names) {
    const key = name.toLowerCase()
    const [full, second] = byShort.get(key) ?? []
    hosts.set(name, best.get(full !== undefined && second === undefined ? full : key) ?? name)
  }
  return hosts
}
