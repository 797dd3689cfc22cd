import { randomBytes } from 'node:crypto'
import { AppError } from '#contract/appError'

/** Where a file for the person shall stand. `replace`: they have said yes to that, or it cannot be there yet. */
export type Place = { path: string; replace: boolean }

/** Places that nobody used are forgotten, oldest first, beyond this many. */
const PLACES_MAX = 1_000

export type Places = {
  /** A ticket for a path that the person named. */
  name(path: string): string
  /** AppError 'not-found' when the ticket is unknown. */
  take(ticket: string): Place
}

/** Tickets stand for places to write to: what comes over a wire never names a path. */
export function createPlaces(): Places {
  const named = new Map<string, Place>()
  return {
    name(path) {
      const ticket = randomBytes(18).toString('base64url')
      // A name typed in a hurry may be that of the evidence itself.
      named.set(ticket, { path, replace: false })
      for (const oldest of named.keys()) {
        if (named.size <= PLACES_MAX) break
        named.delete(oldest)
      }
      return ticket
    },
    take(ticket) {
      const place = named.get(ticket)
      named.delete(ticket)
      if (!place) throw new AppError('not-found', 'This place is not known. Name it again.', { path: 'to' })
      return place
    },
  }
}
