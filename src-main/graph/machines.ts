/** What a machine may be called by. `name`: a key under which all spellings of a host name are one. */
export type TokenKind = 'name' | 'address' | 'mac'
export type Token = `${TokenKind}:${string}`

/** Times in microseconds since 1970 UTC. */
export type Sighting = {
  dataset: number
  token: Token
  text: string
  rows: number
  first: number | null
  last: number | null
}
/** Rows of a dataset in which two tokens stand for the machine that the row is about. */
export type Tie = { dataset: number; a: Token; b: Token; rows: number }
export type Fact = { token: Token; about: 'user' | 'os'; value: string; rows: number }
/** What somebody decided by hand, in order of time. */
export type HandChange = { kind: 'merge' | 'split'; tokens: readonly { token: Token; text: string }[] }

export type Machine = {
  id: string
  name: string
  names: string[]
  addresses: string[]
  macs: string[]
  users: string[]
  os: string[]
  datasets: number[]
  rows: number
  first: number | null
  last: number | null
  byHand: boolean
}
export type Machines = { all: Machine[]; byToken: Map<string, Machine> }

/** A machine has few addresses of its own in one source; a name beside more of them is that of a sensor or a server. */
const OWN_ADDRESSES_MAX = 4
/** Of the rows of a name so many at least must have the address: else it is that of who connected to it. */
const OWN_SHARE = 0.2

/**
 * Brings together what belongs to one machine. A tie counts only where it speaks of one machine alone: a sensor that reports
 * the addresses of others is none of them. What was decided by hand goes before everything, in its order.
 */
export function machinesOf(
  sightings: readonly Sighting[],
  ties: readonly Tie[],
  facts: readonly Fact[],
  changes: readonly HandChange[],
): Machines {
  const group = new Map<string, Set<string>>()
  const alone = (token: string): Set<string> => {
    const known = group.get(token) ?? new Set([token])
    group.set(token, known)
    return known
  }
  const unite = (a: string, b: string): void => {
    const [one, other] = [alone(a), alone(b)]
    if (one === other) return
    const [large, small] = one.size >= other.size ? [one, other] : [other, one]
    for (const token of small) {
      large.add(token)
      group.set(token, large)
    }
  }
  for (const { token } of sightings) alone(token)
  for (const { a, b } of owned(ties)) unite(a, b)
  const byHand = new Set<string>()
  const given: Sighting[] = []
  for (const { kind, tokens } of changes) {
    const known = tokens.map(({ token }) => token).filter((token) => group.has(token))
    const [first] = known
    if (first === undefined) continue
    // A name that no row has as that of a host is one from now on.
    for (const { token, text } of kind === 'merge' ? tokens : []) {
      if (group.has(token)) continue
      alone(token)
      known.push(token)
      given.push({ dataset: -1, token, text, rows: 0, first: null, last: null })
    }
    if (kind === 'merge') for (const token of known) unite(first, token)
    else {
      for (const token of known) {
        group.get(token)?.delete(token)
        group.set(token, new Set([token]))
      }
      for (const token of known) unite(first, token)
    }
    for (const token of known) byHand.add(token)
  }
  return described(new Set(group.values()), [...sightings, ...given], facts, byHand)
}

const kindOf = (token: Token): string => token.slice(0, token.indexOf(':'))

/** Ties that speak of one machine. */
function owned(ties: readonly Tie[]): Tie[] {
  const perName = new Map<string, Tie[]>()
  const namesOf = new Map<string, Set<string>>()
  for (const tie of ties) {
    const key = `${tie.dataset} ${tie.a}`
    const list = perName.get(key)
    if (list) list.push(tie)
    else perName.set(key, [tie])
    const one = `${kindOf(tie.a)} ${tie.b}`
    const names = namesOf.get(one) ?? new Set()
    names.add(tie.a)
    namesOf.set(one, names)
  }
  return [...perName.values()].flatMap((own) => {
    const rows = own.reduce((sum, tie) => sum + tie.rows, 0)
    if (own.length > OWN_ADDRESSES_MAX) return []
    return own.filter(
      (tie) => tie.rows >= rows * OWN_SHARE && (namesOf.get(`${kindOf(tie.a)} ${tie.b}`)?.size ?? 0) === 1,
    )
  })
}

function described(
  groups: ReadonlySet<ReadonlySet<string>>,
  sightings: readonly Sighting[],
  facts: readonly Fact[],
  byHand: ReadonlySet<string>,
): Machines {
  const seen = new Map<string, Sighting[]>()
  for (const sighting of sightings) seen.set(sighting.token, [...(seen.get(sighting.token) ?? []), sighting])
  const told = new Map<string, Fact[]>()
  for (const fact of facts) told.set(fact.token, [...(told.get(fact.token) ?? []), fact])
  const byToken = new Map<string, Machine>()
  const all: Machine[] = []
  for (const tokens of groups) {
    const own = [...tokens].flatMap((token) => seen.get(token) ?? [])
    if (own.length === 0) continue
    const of = (kind: TokenKind): string[] =>
      mostFirst(own.filter(({ token }) => token.startsWith(`${kind}:`)).map(({ text, rows }) => [text, rows]))
    const about = (what: Fact['about']): string[] =>
      mostFirst(
        [...tokens].flatMap((token) =>
          (told.get(token) ?? [])
            .filter((fact) => fact.about === what)
            .map(({ value, rows }) => [value, rows] as const),
        ),
      )
    const [names, addresses, macs] = [of('name'), of('address'), of('mac')]
    // A network card alone is no machine that anybody could name.
    if (names.length === 0 && addresses.length === 0) continue
    const tokensOf = (kind: TokenKind): string[] =>
      mostFirst(own.filter(({ token }) => token.startsWith(`${kind}:`)).map(({ token, rows }) => [token, rows]))
    const [id = ''] = [...tokensOf('name'), ...tokensOf('address'), ...tokensOf('mac')]
    const times = own.flatMap(({ first, last }) => [first, last]).filter((time) => time !== null)
    const machine: Machine = {
      id: id.slice(id.indexOf(':') + 1).toLowerCase(),
      name: names[0] ?? addresses[0] ?? macs[0] ?? '',
      ...{ names, addresses, macs, users: about('user'), os: about('os') },
      datasets: [...new Set(own.map(({ dataset }) => dataset))].filter((n) => n >= 0).sort((a, b) => a - b),
      rows: own.reduce((sum, { rows }) => sum + rows, 0),
      first: times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b)),
      last: times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b)),
      byHand: [...tokens].some((token) => byHand.has(token)),
    }
    all.push(machine)
    for (const token of tokens) byToken.set(token, machine)
  }
  all.sort((a, b) => b.rows - a.rows || (a.id < b.id ? -1 : 1))
  return { all, byToken }
}

/** Each text once, that of most rows first; of spellings that differ in letter case only the most frequent one. */
function mostFirst(texts: readonly (readonly [string, number])[]): string[] {
  const byKey = new Map<string, { rows: number; best: string; most: number }>()
  for (const [text, rows] of texts) {
    const known = byKey.get(text.toLowerCase())
    if (!known) byKey.set(text.toLowerCase(), { rows, best: text, most: rows })
    else {
      known.rows += rows
      if (rows > known.most) Object.assign(known, { best: text, most: rows })
    }
  }
  return [...byKey.values()].sort((a, b) => b.rows - a.rows || (a.best < b.best ? -1 : 1)).map(({ best }) => best)
}
