import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app as electron, dialog, Menu, protocol, safeStorage, session } from 'electron'
import type { BrowserWindow } from 'electron'
import { AppError } from '#contract/appError'
import { createApp } from '../app.ts'
import type { App } from '../app.ts'
import { createLog } from '../logFile.ts'
import { findProgram } from '../program.ts'
import { workspaceFolder } from '../workspaceFolder.ts'
import { pageScheme, servePage } from './appProtocol.ts'
import { notify } from './desktop.ts'
import { guardSession, guardWindow } from './guardWindow.ts'
import { carryWire } from './ipcWire.ts'
import { isCaseFile, parseLaunch } from './launch.ts'
import { menuTemplate } from './menu.ts'
import { askPlace } from './askPlace.ts'
import { systemSecrets } from './secrets.ts'
import { bringToFront, createWindow, openPage } from './window.ts'

/** How long the program may take to close before it is ended anyway. */
const CLOSE_MS_MAX = 5_000

const program = findProgram(import.meta.dirname)
const launch = parseLaunch(process.argv.slice(1), process.cwd())
const folder = workspaceFolder(launch.workspace)
const log = createLog(folder)
const developing = !electron.isPackaged

/** Case files the desktop asked to open before the program was there. */
const caseFiles: string[] = launch.caseFile === undefined ? [] : [launch.caseFile]
let openCase: ((path: string) => Promise<void>) | undefined
let window: BrowserWindow | undefined

// What Chromium keeps is of the window, not of the workspace; one workspace, one window, so one lock.
mkdirSync(join(folder, 'window'), { recursive: true })
electron.setPath('userData', join(folder, 'window'))
protocol.registerSchemesAsPrivileged([pageScheme])
electron.enableSandbox()

electron.on('open-file', (event, path) => {
  event.preventDefault()
  keepCase(path)
})
electron.on('second-instance', (_event, argv, workingDirectory) => {
  const { caseFile } = parseLaunch(argv.slice(1), workingDirectory)
  if (caseFile !== undefined) keepCase(caseFile)
  if (window) bringToFront(window)
})
electron.on('window-all-closed', () => electron.quit())
// Windows are guarded from their first moment, however they come to be.
electron.on('web-contents-created', (_event, contents) => guardWindow(contents))

// Not awaited here: Electron becomes ready only after this module has run to its end.
if (electron.requestSingleInstanceLock()) start().catch(explain)
else electron.quit()

async function start(): Promise<void> {
  await electron.whenReady()
  guardSession(session.defaultSession, developing)
  servePage(session.defaultSession, program.page)
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, developing)))
  const app = await createApp({
    shell: 'electron',
    folder,
    // electron-builder puts them beside the archive, so that worker threads read them as ordinary files.
    resources: electron.isPackaged ? process.resourcesPath : program.resources,
    version: program.version,
    secrets: systemSecrets(safeStorage, process.platform),
    notify,
    placeFor: (name) => askPlace(window, name, log),
    log,
    clock: () => new Date(),
  })
  closeBeforeQuit(app)
  openCase = app.files.openCaseFile
  for (const path of caseFiles.splice(0)) giveCase(path)
  window = createWindow(program.preload, developing)
  window.on('closed', () => {
    window = undefined
  })
  carryWire(window.webContents, app, (message, detail) => log('warn', message, detail))
  await openPage(window)
}

function closeBeforeQuit(app: App): void {
  let closing = false
  electron.on('will-quit', (event) => {
    event.preventDefault()
    if (closing) return
    closing = true
    setTimeout(() => electron.exit(1), CLOSE_MS_MAX)
    app.close().then(
      () => electron.exit(0),
      (error: unknown) => {
        log('error', 'The workspace could not be closed', error)
        electron.exit(1)
      },
    )
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => electron.quit())
}

function keepCase(path: string): void {
  if (!isCaseFile(path)) return
  if (openCase) giveCase(path)
  else caseFiles.push(path)
}

function giveCase(path: string): void {
  openCase?.(path).catch((error: unknown) => log('warn', 'A case file could not be offered', error))
}

function explain(error: unknown): void {
  const sentence =
    error instanceof AppError ? error.message : 'Huntbench could not start. The log of the workspace says why.'
  log('error', 'Start failed', error)
  process.stderr.write(`${sentence}\n`)
  dialog.showErrorBox('Huntbench', sentence)
  electron.exit(1)
}
