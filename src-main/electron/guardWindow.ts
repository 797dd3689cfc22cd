import type { Session, WebContents } from 'electron'
import { mayLoad, mayNavigate, mayUse } from './guards.ts'

/** Closes every way out of the page: navigation, new windows, embedded pages, permissions, devices, WebRTC. */
export function guardWindow(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    if (!mayNavigate(event.url)) event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !mayNavigate(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    if (!mayNavigate(event.url)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
}

/** `developing`: DevTools load their own files through this session too; they exist only in a program that is not packaged. */
export function guardSession(session: Session, developing: boolean): void {
  session.setPermissionRequestHandler((_contents, permission, callback) => callback(mayUse(permission)))
  session.setPermissionCheckHandler((_contents, permission) => mayUse(permission))
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler(null)
  session.webRequest.onBeforeRequest((details, callback) => {
    callback({ cancel: !(mayLoad(details.url) || (developing && details.url.startsWith('devtools://'))) })
  })
  session.on('will-download', (event, item) => {
    if (!mayLoad(item.getURL())) event.preventDefault()
  })
}
