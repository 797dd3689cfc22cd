import { chosenFiles } from './droppedFiles.ts'
import type { PendingFile } from './pendingFiles.ts'

/** Lets the browser ask for files, or for a folder with everything in it. Resolves to none when the dialog is closed. */
export function chooseFiles({ folder = false } = {}): Promise<PendingFile[]> {
  const input = document.createElement('input')
  input.type = 'file'
  input.multiple = true
  input.webkitdirectory = folder
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve(chosenFiles(input.files)))
    input.addEventListener('cancel', () => resolve([]))
    input.click()
  })
}
