import { dialog } from 'electron'
import type { BrowserWindow } from 'electron'
import type { Ports } from '../ports.ts'

/** Asks where a file goes. Where no dialog can be shown it goes to the folder of the workspace. */
export async function askPlace(
  window: BrowserWindow | undefined,
  name: string,
  log: Ports['log'],
): Promise<{ path: string } | 'folder' | null> {
  if (!window) return 'folder'
  try {
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      defaultPath: name,
      properties: ['showOverwriteConfirmation', 'createDirectory'],
    })
    return canceled || filePath === '' ? null : { path: filePath }
  } catch (error) {
    log('warn', 'The dialog for a file could not be shown', error)
    return 'folder'
  }
}
