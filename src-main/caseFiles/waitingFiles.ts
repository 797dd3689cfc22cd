import { basename } from 'node:path'
import type { Tickets } from '../files/tickets.ts'
import type { Events } from '../rpc/events.ts'

/** More case files than this wait for nobody: the first ones are forgotten. */
const WAITING_MAX = 20

type Waiting = { ticket: string; name: string }
export type WaitingFiles = {
  /** A case file that the desktop asked to open. AppError 'not-found', 'unreadable-file'. */
  open(path: string): Promise<void>
  list(): Waiting[]
  /** Somebody has looked at it. */
  seen(ticket: string): void
}

/** Case files wait here until a page asks for them: the window may not have loaded when the desktop names one. */
export function createWaitingFiles(tickets: Pick<Tickets, 'offer'>, events: Events): WaitingFiles {
  let waiting: Waiting[] = []
  return {
    async open(path) {
      const file = { ticket: await tickets.offer(path), name: basename(path) }
      waiting = [file, ...waiting].slice(0, WAITING_MAX)
      events.emit('caseFiles.changed', file)
    },
    list: () => [...waiting],
    seen(ticket) {
      waiting = waiting.filter((file) => file.ticket !== ticket)
    },
  }
}
