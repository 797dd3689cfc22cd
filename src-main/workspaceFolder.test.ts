import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { workspaceFolder } from './workspaceFolder.ts'

const on = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv = {}) => ({ platform, env, home: '/home/me' })

test('the workspace is the one asked for, else HUNTBENCH_WORKSPACE', () => {
  expect(workspaceFolder('cases', on('linux', { HUNTBENCH_WORKSPACE: '/other' }))).toBe(resolve('cases'))
  expect(workspaceFolder(undefined, on('linux', { HUNTBENCH_WORKSPACE: '/other' }))).toBe(resolve('/other'))
  expect(workspaceFolder('', on('linux', { HUNTBENCH_WORKSPACE: '' }))).toBe(
    join('/home/me', '.local', 'share', 'huntbench'),
  )
})

test('left alone it is the folder for application data of the platform', () => {
  expect(workspaceFolder(undefined, on('linux'))).toBe(join('/home/me', '.local', 'share', 'huntbench'))
  expect(workspaceFolder(undefined, on('linux', { XDG_DATA_HOME: '/data' }))).toBe(join('/data', 'huntbench'))
  expect(workspaceFolder(undefined, on('linux', { XDG_DATA_HOME: 'relative' }))).toBe(
    join('/home/me', '.local', 'share', 'huntbench'),
  )
  expect(workspaceFolder(undefined, on('darwin'))).toBe(join('/home/me', 'Library', 'Application Support', 'Huntbench'))
  expect(workspaceFolder(undefined, on('win32', { APPDATA: '/roaming' }))).toBe(join('/roaming', 'Huntbench'))
})
