import { ipcMain } from 'electron'
import type { IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron'
import { AppError } from '#contract/appError'
import type { Failure } from '#contract/failure'
import type { App } from '../app.ts'
import { parseRequest } from '../parseRequest.ts'
import { isOurSender } from './guards.ts'

/** What the preload says and hears; src-preload/preload.ts names the same channels. */
const CHANNELS = { request: 'request', reply: 'reply', offer: 'offer' } as const

/** Carries the messages of the window. Each page load gets a connection of its own: the calls of the page before end with it. */
export function carryWire(contents: WebContents, app: App, log: (message: string, detail?: unknown) => void): void {
  const connect = () =>
    app.connect((reply) => {
      if (!contents.isDestroyed()) contents.send(CHANNELS.reply, reply)
    })
  let connection = connect()

  contents.on('did-start-navigation', (details) => {
    if (!details.isMainFrame || details.isSameDocument) return
    connection.close()
    connection = connect()
  })
  contents.once('destroyed', () => connection.close())

  const isOurs = (event: IpcMainEvent | IpcMainInvokeEvent): boolean => {
    const frame = event.senderFrame
    const sender = {
      webContentsId: event.sender.id,
      frameUrl: frame?.url,
      isMainFrame: frame !== null && frame.parent === null,
    }
    const ours = isOurSender(sender, contents.id)
    if (!ours) log('A message from elsewhere was dropped', sender)
    return ours
  }

  ipcMain.on(CHANNELS.request, (event, message: unknown) => {
    if (!isOurs(event)) return
    const request = parseRequest(message)
    if (!request) return log('A message that is no request was dropped')
    connection.receive(request).catch((error: unknown) => log('A request could not be received', error))
  })
  ipcMain.handle(
    CHANNELS.offer,
    async (event, path: unknown, name: unknown): Promise<{ ticket: string } | { failure: Failure }> => {
      if (!isOurs(event))
        return { failure: { code: 'unauthorised', message: 'Files can be offered by the window only.' } }
      return offer(app, path, typeof name === 'string' ? name : undefined)
    },
  )
}

async function offer(
  app: App,
  path: unknown,
  name: string | undefined,
): Promise<{ ticket: string } | { failure: Failure }> {
  if (typeof path !== 'string' || path === '') {
    return {
      failure: {
        code: 'unreadable-file',
        message: 'This is no file of this machine. Save it first, then offer it again.',
      },
    }
  }
  try {
    return { ticket: await app.files.offer(path, name) }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const { code, message, detail } = error
    return { failure: { code, message, ...(detail === undefined ? {} : { detail }) } }
  }
}
