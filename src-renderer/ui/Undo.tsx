import { createContext, use, useMemo, useRef } from 'react'
import type { ReactNode } from 'react'
import { OverlayToaster } from '@blueprintjs/core'

/** How long an undo is offered. */
const TIMEOUT_MS = 8_000

export interface Undo {
  /** Says what was done and offers to undo it: `offer('12 alerts resolved', () => ...)`. */
  offer(message: string, undo: () => void): void
  /** Says what is the case, where nothing can be undone; with a way on. */
  tell(message: string, action?: { text: string; onClick: () => void }): void
  available(): boolean
  /** Undoes the last thing that is still offered. */
  last(): void
}

const UndoContext = createContext<Undo>({
  ...{ offer: () => undefined, tell: () => undefined, available: () => false, last: () => undefined },
})

export const useUndo = (): Undo => use(UndoContext)

export function UndoProvider({ children }: { children: ReactNode }) {
  const toaster = useRef<OverlayToaster>(null)
  const offered = useRef<{ key: string; undo: () => void } | null>(null)
  const value = useMemo<Undo>(
    () => ({
      offer: (message, undo) => {
        const key = toaster.current?.show({
          message,
          timeout: TIMEOUT_MS,
          action: { text: 'Undo', onClick: undo },
          onDismiss: () => {
            if (offered.current?.key === key) offered.current = null
          },
        })
        if (key !== undefined) offered.current = { key, undo }
      },
      tell: (message, action) =>
        void toaster.current?.show({ message, timeout: TIMEOUT_MS, ...(action && { action }) }),
      available: () => offered.current !== null,
      last: () => {
        const now = offered.current
        if (!now) return
        toaster.current?.dismiss(now.key)
        now.undo()
      },
    }),
    [],
  )
  return (
    <UndoContext value={value}>
      {children}
      <OverlayToaster ref={toaster} position="bottom" maxToasts={1} />
    </UndoContext>
  )
}
