/**
 * What the window refuses. The decisions are plain functions, so that they can be tested without Electron; guardWindow.ts
 * hangs them on the events.
 */
export const PAGE_SCHEME = 'huntbench'
export const PAGE_ORIGIN = `${PAGE_SCHEME}://app`
export const PAGE_ADDRESS = `${PAGE_ORIGIN}/index.html`

/** Only the page itself: another place inside it is a change of the part after #, which is no navigation. */
export function mayNavigate(url: string): boolean {
  const address = URL.parse(url)
  return address !== null && isPageOrigin(address) && (address.pathname === '/' || address.pathname === '/index.html')
}

/** What the page may load: its own files, and what it made itself (images as data, downloads as blobs). Never the network. */
export function mayLoad(url: string): boolean {
  const address = URL.parse(url)
  if (address === null) return false
  if (address.protocol === 'blob:') return isPageOrigin(URL.parse(address.pathname))
  return address.protocol === 'data:' || isPageOrigin(address)
}

/** Copying is the one permission the page needs; the system's own dialogs and devices stay closed. */
export const mayUse = (permission: string): boolean => permission === 'clipboard-sanitized-write'

export type Sender = { webContentsId: number; frameUrl: string | undefined; isMainFrame: boolean }

/** A message counts only from the main frame of our window while it shows our page. */
export const isOurSender = (sender: Sender, ourWebContentsId: number): boolean =>
  sender.webContentsId === ourWebContentsId &&
  sender.isMainFrame &&
  sender.frameUrl !== undefined &&
  isPageOrigin(URL.parse(sender.frameUrl))

// URL.origin is "null" for schemes the URL standard does not know, so the parts are compared.
function isPageOrigin(address: URL | null): boolean {
  if (address === null || address.protocol !== `${PAGE_SCHEME}:` || address.host !== 'app') return false
  return address.username === '' && address.password === ''
}
