import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { SafeStorage } from 'electron'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '#contract/appError'
import { answerPage, pageScheme } from './appProtocol.ts'
import { parseLaunch } from './launch.ts'
import { menuTemplate } from './menu.ts'
import { systemSecrets } from './secrets.ts'

describe('the page of the window', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'huntbench-page-'))
    mkdirSync(join(folder, 'renderer'))
    writeFileSync(join(folder, 'renderer', 'index.html'), '<title>Huntbench</title>')
    writeFileSync(join(folder, 'secret.html'), 'secret')
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  const ask = (url: string, method = 'GET') => answerPage({ url, method }, join(folder, 'renderer'))

  test('has an origin of its own, which may not pass by the policy', () => {
    expect(pageScheme).toEqual({
      scheme: 'huntbench',
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    })
  })

  test('comes from the built page with its policy', async () => {
    const answer = await ask('huntbench://app/index.html')
    expect(answer.status).toBe(200)
    expect(await answer.text()).toBe('<title>Huntbench</title>')
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(answer.headers.get('content-security-policy')).toContain("connect-src 'self';")
  })

  test.each([
    'huntbench://app/../secret.html',
    'huntbench://app/%2e%2e/secret.html',
    'huntbench://app/..%2fsecret.html',
    'huntbench://other/index.html',
    'huntbench://app/none.html',
    'nothing',
  ])('%s is not part of it', async (url) => expect((await ask(url)).status).toBe(404))

  test('can only be read', async () => expect((await ask('huntbench://app/index.html', 'POST')).status).toBe(404))
})

describe('what the program is started with', () => {
  test('names a workspace and a case file among the switches of Chromium', () => {
    const launch = parseLaunch(['.', '--disable-gpu', '--workspace', '/cases/a', 'night.huntcase', '-x'], '/home/me')
    expect(launch).toEqual({ workspace: '/cases/a', caseFile: resolve('/home/me', 'night.huntcase') })
    expect(parseLaunch(['--workspace=/b', '/c/d.HUNTCASE'], '/')).toEqual({
      workspace: '/b',
      caseFile: '/c/d.HUNTCASE',
    })
    expect(parseLaunch(['--no.huntcase', '--workspace'], '/')).toEqual({ workspace: undefined, caseFile: undefined })
  })
})

describe('secrets', () => {
  const storage = (backend: string, available = true) =>
    ({
      getSelectedStorageBackend: () => backend,
      isEncryptionAvailable: () => available,
      encryptString: (text: string) => Buffer.from(text).reverse(),
      decryptString: (sealed: Buffer) => Buffer.from(sealed).reverse().toString(),
    }) as unknown as SafeStorage

  test('are sealed with the key ring of the system', () => {
    const secrets = systemSecrets(storage('gnome_libsecret'), 'linux')
    expect(secrets.available).toBe(true)
    expect(secrets.seal('pass')).not.toContain('pass')
    expect(secrets.open(secrets.seal('pass'))).toBe('pass')
  })

  test('are refused where there is none', () => {
    for (const secrets of [systemSecrets(storage('basic_text'), 'linux'), systemSecrets(storage('', false), 'win32')]) {
      expect(secrets.available).toBe(false)
      expect(() => secrets.seal('pass')).toThrow(AppError)
    }
  })
})

test('the menu offers developer tools only while developing', () => {
  const roles = (developing: boolean) => JSON.stringify(menuTemplate('linux', developing))
  expect(roles(true)).toContain('toggleDevTools')
  expect(roles(false)).not.toMatch(/toggleDevTools|reload/)
  expect(JSON.stringify(menuTemplate('darwin', false))).toContain('appMenu')
})
