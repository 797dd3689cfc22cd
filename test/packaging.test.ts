import { readdirSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Configuration } from 'electron-builder'
import { describe, expect, test } from 'vitest'
import { read, root } from './projectFiles.ts'

const config: Configuration = (await import('../electron-builder.config.mjs')).default
const manifest = JSON.parse(read('package.json'))

describe('the packaged program', () => {
  test('cannot be turned into a plain Node, inspected, or fed other code', () => {
    expect(config.electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    })
    expect(config.asar).toBe(true)
    expect(config.asarUnpack).toEqual(['node_modules/better-sqlite3/**', 'node_modules/pdfmake/build/fonts/**'])
  })

  test('is made for Linux, Windows and macOS', () => {
    expect(config.linux?.target).toEqual(['AppImage', 'deb'])
    expect(config.win?.target).toEqual(['nsis', 'portable'])
    expect(config.mac?.target).toEqual(['dmg'])
  })

  test('holds the builds, no sources, and nothing that phones home', () => {
    const files = config.files
    expect(files).toEqual(
      expect.arrayContaining(['out/**', 'package.json', '!node_modules/better-sqlite3/{deps,src,build}/**']),
    )
    expect(JSON.stringify(files)).not.toMatch(/"src-|"test|"e2e/)
    expect(config.publish).toBeNull()
    expect(manifest.main).toMatch(/^out\/main\//)
  })

  test.each([
    ['linux', 'linux'],
    ['win', 'win32'],
    ['mac', 'darwin'],
  ] as const)('for %s carries the SQLite binary of that platform only, compiled by nobody here', (key, platform) => {
    expect(config.npmRebuild).toBe(false)
    expect(config[key]?.files).toEqual([`!node_modules/better-sqlite3/prebuilds/!(${platform}-\${arch}).node`])
    expect(readdirSync(join(root, 'node_modules/better-sqlite3/prebuilds'))).toEqual(
      expect.arrayContaining([`${platform}-x64.node`, `${platform}-arm64.node`]),
    )
  })

  test('opens case files', () => {
    expect(config.fileAssociations).toEqual([expect.objectContaining({ ext: 'huntcase' })])
    expect(config.nsis?.perMachine).toBe(true)
  })

  test('carries samples, ATT&CK and the licences beside the archive', () => {
    expect(config.extraResources).toEqual(
      expect.arrayContaining([expect.objectContaining({ from: 'resources', to: '.' }), 'LICENSE', 'NOTICE.md']),
    )
  })
})

describe('what is carried of others', () => {
  test('each sample is the file that its origin note names, byte for byte', () => {
    const note = read('resources/samples/ORIGIN.md')
    const noted = [...note.matchAll(/^\| `([^`]+)` \| `([0-9a-f]{64})` \|/gm)].map(([, file, hash]) => [file, hash])
    const samples = readdirSync(join(root, 'resources/samples'), { recursive: true, encoding: 'utf8' })
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => file.endsWith('.csv'))
    const real = samples.map((file) => [
      file,
      createHash('sha256')
        .update(readFileSync(join(root, 'resources/samples', file)))
        .digest('hex'),
    ])
    expect(Object.fromEntries(noted)).toEqual(Object.fromEntries(real))
  })

  test('ATT&CK comes with the designation that MITRE asks for', () => {
    const designation =
      '© 2025 The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE Corporation.'
    expect(read('resources/attack/LICENSE.txt')).toContain(designation)
    expect(read('NOTICE.md')).toContain(designation)
  })

  test('icons have the size of their name', () => {
    const icons = readdirSync(join(root, 'resources/icons')).filter((file) => file.endsWith('.png'))
    expect(icons).toEqual(
      expect.arrayContaining(['16x16.png', '32x32.png', '256x256.png', '512x512.png', '1024x1024.png']),
    )
    for (const icon of icons) {
      const bytes = readFileSync(join(root, 'resources/icons', icon))
      expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}.png`).toBe(icon)
    }
  })
})
