import type { Wire } from '#contract/wire'
import type { PageWire } from './pageWire.ts'

declare global {
  interface Window {
    /** Put there by the preload of the Electron shell; absent in a browser. */
    wire?: Wire<File>
  }
}

/** The wire of the Electron shell: in the same program, so never lost. */
export const electronWire = (wire: Wire<File>): PageWire => ({
  send: (request) => wire.send(request),
  onReply: (listener) => wire.onReply(listener),
  offerFile: (file) => wire.offerFile(file),
  connection: { current: () => 'open', onChange: () => () => undefined },
})
