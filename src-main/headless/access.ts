import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/** How long the address given to the browser at the start may be used, once. */
const ENTRY_MS_MAX = 120_000

export type Refusal = 'host' | 'origin' | 'token'

export type Access = {
  /** The address to open; the token in it is good as long as this run lasts. */
  address(): string
  /** An address that lets in once: for command lines, which other users of the machine can read. */
  addressForOneVisit(): string
  /** The cookie to set when the token of an address is right. */
  enter(token: string): string | undefined
  /** Why a request must not be answered. `strict`: the request acts, so it must say which page it comes from. */
  refusal(headers: IncomingHttpHeaders, strict: boolean): Refusal | undefined
  /** As `refusal`, without the token: for the request that brings it. */
  foreign(headers: IncomingHttpHeaders, strict: boolean): Refusal | undefined
}

/**
 * Who may talk to the served workstation: whoever knows the token of this run, from a page of this very server. The Host
 * header is checked because a foreign name that resolves to 127.0.0.1 would otherwise make a foreign page "same origin".
 */
export function createAccess(port: number, clock: () => number = Date.now): Access {
  const token = randomBytes(32).toString('base64url')
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
  // Cookies do not know ports: without the port in its name two servers on one machine would overwrite each other's.
  const cookie = `huntbench_${port}`
  let entry: { token: string; until: number } | undefined

  function foreign(headers: IncomingHttpHeaders, strict: boolean): Refusal | undefined {
    const host = headers.host?.toLowerCase()
    if (host === undefined || !hosts.includes(host)) return 'host'
    if (headers.origin === undefined) return strict ? 'origin' : undefined
    return headers.origin.toLowerCase() === `http://${host}` ? undefined : 'origin'
  }

  return {
    address: () => `http://127.0.0.1:${port}/?token=${token}`,
    addressForOneVisit() {
      entry = { token: randomBytes(32).toString('base64url'), until: clock() + ENTRY_MS_MAX }
      return `http://127.0.0.1:${port}/?token=${entry.token}`
    },
    enter(given) {
      const once = entry !== undefined && clock() < entry.until && same(given, entry.token)
      if (once) entry = undefined
      if (!once && !same(given, token)) return undefined
      return `${cookie}=${token}; HttpOnly; SameSite=Strict; Path=/`
    },
    foreign,
    refusal(headers, strict) {
      const refused = foreign(headers, strict)
      if (refused) return refused
      const given = [...cookies(headers.cookie, cookie), bearer(headers.authorization)]
      return given.some((value) => value !== undefined && same(value, token)) ? undefined : 'token'
    },
  }
}

function cookies(header: string | undefined, name: string): string[] {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim())
  return pairs.filter((pair) => pair.startsWith(`${name}=`)).map((pair) => pair.slice(name.length + 1))
}

const bearer = (header: string | undefined): string | undefined => /^Bearer ([\w-]+)$/i.exec(header ?? '')?.[1]

/** Takes the same time for every guess; hashed first, since the comparison wants equal lengths. */
function same(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}
