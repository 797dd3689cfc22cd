import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isOurSender, mayLoad, mayNavigate, mayUse } from './guards.ts'
import { windowOptions } from './windowOptions.ts'

const foreign = [
  'https://huntbench/',
  'http://127.0.0.1:8080/',
  'file:///etc/passwd',
  ['javascript', 'alert(1)'].join(':'),
  'about:blank',
  'chrome://settings',
  'ws://127.0.0.1/',
  'huntbench://other/index.html',
  'huntbench://app.evil.example/index.html',
  'huntbench://app@evil/index.html',
  'huntbench://user@app/index.html',
  'huntbench://app:80/index.html',
  'xhuntbench://app/index.html',
  'huntbench:app/index.html',
  '',
  'no address',
]

describe('the window', () => {
  test('is a sandboxed page without Node', () => {
    const { webPreferences } = windowOptions('/program/preload.cjs', false)
    expect(webPreferences).toMatchObject({
      preload: '/program/preload.cjs',
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      devTools: false,
      spellcheck: false,
    })
  })

  test('fits a screen of 1280x720', () => {
    const { minWidth, minHeight } = windowOptions('', false)
    expect(minWidth).toBeLessThanOrEqual(1280)
    expect(minHeight).toBeLessThanOrEqual(720)
  })
})

describe('the page cannot', () => {
  test.each(foreign)('go to %s or load from it', (url) => {
    expect(mayNavigate(url)).toBe(false)
    expect(mayLoad(url)).toBe(false)
  })

  test('go anywhere but to itself', () => {
    expect(mayNavigate('huntbench://app/index.html')).toBe(true)
    expect(mayNavigate('huntbench://app/index.html#/h/1/overview')).toBe(true)
    expect(mayNavigate('huntbench://app/')).toBe(true)
    expect(mayNavigate('huntbench://app/assets/index.js')).toBe(false)
    expect(mayNavigate('data:text/html,<script>alert(1)</script>')).toBe(false)
    expect(mayNavigate('blob:huntbench://app/5e2f')).toBe(false)
  })

  test('load anything but its own files and what it made itself', () => {
    expect(mayLoad('huntbench://app/assets/index.js')).toBe(true)
    expect(mayLoad('data:image/png;base64,AAAA')).toBe(true)
    expect(mayLoad('blob:huntbench://app/5e2f')).toBe(true)
    expect(mayLoad('blob:https://evil.example/5e2f')).toBe(false)
  })

  test('reach the network, whatever the address looks like', () => {
    fc.assert(
      fc.property(
        fc.webUrl({
          validSchemes: ['http', 'https', 'ws', 'wss', 'ftp'],
          withFragments: true,
          withQueryParameters: true,
        }),
        (url) => !mayLoad(url) && !mayNavigate(url),
      ),
    )
  })

  test('use a device or a permission of the system, except for copying', () => {
    expect(mayUse('clipboard-sanitized-write')).toBe(true)
    for (const permission of [
      'clipboard-read',
      'media',
      'geolocation',
      'notifications',
      'openExternal',
      'usb',
      'fileSystem',
      'fullscreen',
    ]) {
      expect(mayUse(permission)).toBe(false)
    }
  })
})

describe('a message counts only', () => {
  const ours = { webContentsId: 3, frameUrl: 'huntbench://app/index.html#/hunts', isMainFrame: true }

  test('from the main frame of our window while it shows our page', () => {
    expect(isOurSender(ours, 3)).toBe(true)
    expect(isOurSender(ours, 4)).toBe(false)
    expect(isOurSender({ ...ours, isMainFrame: false }, 3)).toBe(false)
    expect(isOurSender({ ...ours, frameUrl: undefined }, 3)).toBe(false)
    for (const frameUrl of foreign) expect(isOurSender({ ...ours, frameUrl }, 3)).toBe(false)
  })
})
