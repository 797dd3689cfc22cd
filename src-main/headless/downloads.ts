import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { App } from '../app.ts'

const PREFIX = '/downloads/'

export const isDownload = (path: string): boolean => path.startsWith(PREFIX)

/**
 * Sends the file behind the token in the path to a browser that is let in, to be saved and never shown; once. What breaks off
 * can be fetched again. False where there is no such file.
 */
export async function sendDownload(path: string, response: ServerResponse, files: App['files']): Promise<boolean> {
  const file = files.download(path.slice(PREFIX.length))
  const handle = file && (await open(file.path).catch(() => null))
  if (!file || !handle) {
    file?.broken()
    return false
  }
  response.writeHead(200, {
    // No kind that a browser would show, whatever the cells say.
    'Content-Type': 'application/octet-stream',
    'Content-Length': file.bytes,
    'Content-Disposition': `attachment; filename="${asciiName(file.name)}"; filename*=UTF-8''${encoded(file.name)}`,
    'Cache-Control': 'no-store',
  })
  try {
    await pipeline(createReadStream('', { fd: handle }), response)
  } catch (error) {
    file.broken()
    throw error
  }
  await file.sent()
  return true
}

/** For browsers that do not read the other one. */
const asciiName = (name: string): string => name.replace(/[^\w.() -]/g, '_')

/** RFC 8187: these characters are no part of it although encodeURIComponent leaves them. */
const encoded = (name: string): string =>
  encodeURIComponent(name).replace(/['()*!]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
