import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findBrowser } from '../scripts/findBrowser.mjs'

const bundle = join(import.meta.dirname, '..', 'out', 'preload', 'preload.cjs')
const browserPath: string | undefined = findBrowser()
const missing = !existsSync(bundle)
  ? 'the preload is not built'
  : browserPath === undefined
    ? 'there is no browser'
    : undefined

/** Electron as a sandboxed preload sees it: `require` gives three objects, and what is exposed appears on the window. */
const electron = `
  window.electronLog = { exposed: [], sent: [], invoked: [], listeners: {} }
  const listeners = window.electronLog.listeners
  const electron = {
    contextBridge: { exposeInMainWorld: (name, api) => { window.electronLog.exposed.push(name); window[name] = api } },
    ipcRenderer: {
      send: (channel, ...args) => void window.electronLog.sent.push([channel, ...args]),
      on: (channel, listener) => void (listeners[channel] ??= []).push(listener),
      removeListener: (channel, listener) => { listeners[channel] = (listeners[channel] ?? []).filter((one) => one !== listener) },
      invoke: async (channel, ...args) => {
        window.electronLog.invoked.push([channel, ...args])
        return args[0] === '' ? { failure: { code: 'unreadable-file', message: 'No file.' } } : { ticket: 'ticket of ' + args[0] }
      },
    },
    webUtils: { getPathForFile: (file) => (file.name === 'made-by-script' ? '' : '/evidence/' + file.name) },
  }
  window.fromMain = (channel, message) => { for (const one of [...(listeners[channel] ?? [])]) one({ sender: 'secret' }, message) }
  const require = (name) => { if (name !== 'electron') throw new Error('A sandboxed preload cannot load ' + name); return electron }
`

describe.skipIf(missing !== undefined)(
  `the bridge of the Electron window${missing ? ` (skipped: ${missing})` : ''}`,
  () => {
    let browser: Browser
    let page: Page

    beforeAll(async () => {
      browser = await chromium.launch({
        ...(browserPath ? { executablePath: browserPath } : {}),
        args: ['--no-sandbox'],
      })
      page = await browser.newPage()
      await page.evaluate(`(() => { ${electron}; ((require) => { ${readFileSync(bundle, 'utf8')} })(require) })()`)
    })
    afterAll(() => browser.close())

    const run = (script: string): Promise<unknown> => page.evaluate(`(async () => { ${script} })()`)

    test('gives the page three functions and nothing else', async () => {
      expect(await run('return electronLog.exposed')).toEqual(['wire'])
      expect(await run('return Object.entries(wire).map(([name, value]) => [name, typeof value])')).toEqual([
        ['send', 'function'],
        ['onReply', 'function'],
        ['offerFile', 'function'],
      ])
    })

    test('carries requests on one channel and answers nothing to the sender', async () => {
      const request = { t: 'call', id: 7, name: 'hunts.list', input: { text: 'ü' } }
      expect(await run(`return wire.send(${JSON.stringify(request)}, 'more')`)).toBeUndefined()
      expect(await run('return electronLog.sent')).toEqual([['request', request]])
    })

    test('hands on replies without the event of Electron until the page stops listening', async () => {
      const heard = await run(`
      const heard = []
      const stop = wire.onReply((...args) => heard.push(args))
      const stopOther = wire.onReply(() => heard.push('other'))
      fromMain('reply', { t: 'ok', id: 7, value: 1 })
      stop()
      fromMain('reply', { t: 'ok', id: 8, value: 2 })
      stopOther()
      fromMain('reply', { t: 'ok', id: 9, value: 3 })
      fromMain('other', {})
      return heard
    `)
      expect(heard).toEqual([[{ t: 'ok', id: 7, value: 1 }], 'other', 'other'])
      expect(await run('return electronLog.listeners.reply.length')).toBe(0)
    })

    test('turns a file into a ticket; the page never sees its path', async () => {
      expect(await run("return wire.offerFile(new File(['a'], 'events.csv'), 'case/events.csv')")).toBe(
        'ticket of /evidence/events.csv',
      )
      expect(await run('return electronLog.invoked')).toEqual([['offer', '/evidence/events.csv', 'case/events.csv']])
    })

    test('tells why a file could not be offered, as values', async () => {
      const told = await run("return wire.offerFile(new File(['a'], 'made-by-script')).catch((failure) => failure)")
      expect(told).toEqual({ code: 'unreadable-file', message: 'No file.' })
    })
  },
)
