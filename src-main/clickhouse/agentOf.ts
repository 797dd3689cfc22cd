import { Agent } from 'node:https'

/** How a server proves who it is. */
export type ClickhouseTls = {
  /** Certificates of the authority that signed, as PEM; null: those this computer knows. */
  ca: string | null
  /** false: whoever answers is believed. */
  verify: boolean
}

/** Connections that may be open to one server at once. */
const SOCKETS_MAX = 10

/** What makes connections to an https address; null where the driver's own does. */
export function agentOf(url: string, tls: ClickhouseTls | undefined): Agent | null {
  if (tls === undefined || !/^https:/i.test(url) || (tls.verify && tls.ca === null)) return null
  return new Agent({
    keepAlive: true,
    maxSockets: SOCKETS_MAX,
    rejectUnauthorized: tls.verify,
    ...(tls.ca === null ? {} : { ca: tls.ca }),
  })
}
