import type { MenuItemConstructorOptions } from 'electron'

/** The menu holds what the system expects; the commands of the product are in the page. */
export const menuTemplate = (platform: NodeJS.Platform, developing: boolean): MenuItemConstructorOptions[] => [
  ...(platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
  { label: 'File', submenu: [platform === 'darwin' ? { role: 'close' } : { role: 'quit' }] },
  { role: 'editMenu' },
  {
    label: 'View',
    submenu: [
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
      ...(developing ? ([{ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }] as const) : []),
    ],
  },
  { role: 'windowMenu' },
]
