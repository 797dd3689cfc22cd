import { useState } from 'react'
import { useCall } from '../../../backend/query.ts'
import { Action } from '../../../ui/Action.tsx'

/** Where the messages of a desktop channel appear, and in a browser how it may show them outside of the page. */
export function DesktopNote() {
  const { data: workspace } = useCall('workspace.info', {})
  const [permission, setPermission] = useState(() => ('Notification' in window ? Notification.permission : 'denied'))
  if (workspace?.shell === 'electron')
    return <p className="t2 sm channel-note">Messages of the desktop on this computer. They leave it not.</p>
  return (
    <p className="t2 sm channel-note">
      {permission === 'granted'
        ? 'Messages of this browser on this computer, while a page of Huntbench is open.'
        : 'Messages at the edge of this page, while it is open.'}
      {permission === 'default' && (
        <Action quiet onClick={() => void Notification.requestPermission().then(setPermission)}>
          Let the browser show them
        </Action>
      )}
    </p>
  )
}
