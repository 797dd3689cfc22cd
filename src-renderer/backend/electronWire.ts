import { AppError } from '#contract/appError'
import type { Failure } from '#contract/failure'
import type { Wire } from '#contract/wire'
import type { PageWire } from './pageWire.ts'

declare global {
  interface Window {
    /** Put there by the preload of the Electron shell; absent in a browser. */
    wire?: Wire<File>
  }
}

const isFailure = (reason: unknown): reason is Failure =>
  typeof reason === 'object' && reason !== null && 'code' in reason && 'message' in reason

/** The wire of the Electron shell: in the same program, so never lost. */
export const electronWire = (wire: Wire<File>): PageWire => ({
  send: (request) => wire.send(request),
  onReply: (listener) => wire.onReply(listener),
  // Plain values cross the bridge, errors do not.
  offerFile: (file, path) =>
    wire.offerFile(file, path).catch((reason: unknown) => {
      throw isFailure(reason)
        ? AppError.from(reason)
        : new AppError('internal', `${file.name} could not be handed over.`)
    }),
  // The path is handed over, not the bytes.
  offerBeginning: () => null,
  connection: { current: () => 'open', onChange: () => () => undefined },
})
