import { useEffect, useRef } from 'react'
import { OverlayToaster } from '@blueprintjs/core'
import { useBackend } from '../backend/BackendContext.ts'
import { link } from '../state/places.ts'
import { navigate } from '../state/route.ts'

/** How long a message stays, in milliseconds. */
const TIMEOUT_MS = 12_000

/** What desktop channels say where the program has no desktop: as a message of the browser where it may, else in the page. */
export function DesktopMessages() {
  const backend = useBackend()
  const toaster = useRef<OverlayToaster>(null)
  useEffect(
    () =>
      backend.on('notifications.changed', ({ message }) => {
        if (message === null) return
        const { title, body, huntId } = message
        const open = () => huntId !== null && navigate(link.alerts(huntId))
        if ('Notification' in window && Notification.permission === 'granted') {
          const shown = new Notification(title, { body })
          shown.addEventListener('click', () => (window.focus(), open()))
          return
        }
        toaster.current?.show({
          message: title,
          timeout: TIMEOUT_MS,
          ...(huntId === null ? {} : { action: { text: 'Show alerts', onClick: open } }),
        })
      }),
    [backend],
  )
  return <OverlayToaster ref={toaster} position="bottom-right" maxToasts={3} />
}
