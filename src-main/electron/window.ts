import { BrowserWindow } from 'electron'
import type { BrowserWindowConstructorOptions } from 'electron'
import { PAGE_ADDRESS } from './guards.ts'
import { windowOptions } from './windowOptions.ts'

/** The window of the workstation; shown once it has something to show. */
export function createWindow(preload: string, developing: boolean): BrowserWindow {
  const options: BrowserWindowConstructorOptions = windowOptions(preload, developing)
  const window = new BrowserWindow(options)
  window.once('ready-to-show', () => window.show())
  return window
}

export const openPage = (window: BrowserWindow): Promise<void> => window.loadURL(PAGE_ADDRESS)

export function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
