import type { Reply, Request } from '#contract/wire'
import type { ConnectionState, PageWire } from './pageWire.ts'

/** Two ends of a wire in memory, for tests: the page's end, and what the application would do at the other. */
export function wirePair(start: ConnectionState = 'open') {
  const replies = new Set<(reply: Reply) => void>()
  const watchers = new Set<() => void>()
  const requests: Request[] = []
  let state = start
  const page: PageWire = {
    send: (request) => {
      // As a real wire: nothing but JSON gets through, and nothing at all while there is no connection.
      if (state === 'open') requests.push(JSON.parse(JSON.stringify(request)))
    },
    onReply: (listener) => {
      replies.add(listener)
      return () => void replies.delete(listener)
    },
    offerFile: (file, path) => Promise.resolve(`ticket of ${path ?? file.name}`),
    offerBeginning: () => null,
    connection: {
      current: () => state,
      onChange: (listener) => {
        watchers.add(listener)
        return () => void watchers.delete(listener)
      },
    },
  }
  return {
    page,
    requests,
    say: (reply: Reply) => {
      for (const listener of replies) listener(reply)
    },
    become: (next: ConnectionState) => {
      state = next
      for (const watcher of [...watchers]) watcher()
    },
  }
}
