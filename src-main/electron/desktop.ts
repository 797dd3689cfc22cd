import { Notification } from 'electron'

/** Shows a message of the desktop, where the desktop shows messages. */
export function notify(title: string, body: string): void {
  if (Notification.isSupported()) new Notification({ title, body }).show()
}
