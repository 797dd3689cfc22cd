import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const out = join(root, 'out')
const built = existsSync(join(out, '.built'))

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

describe.skipIf(!built)(`the build${built ? '' : ' (skipped: there is none; npm run build makes it)'}`, () => {
  test('has an entry for every shell and for the threads, all in one folder', () => {
    const files = readdirSync(join(out, 'main'), { withFileTypes: true })
    expect(files.map((file) => file.name)).toEqual(
      expect.arrayContaining(['electron.js', 'headless.js', 'cli.js', 'worker.js', 'fastWorker.js']),
    )
    expect(files.filter((file) => !file.isFile())).toEqual([])
  })

  test('has one preload that a sandbox can load: a single CommonJS file that requires electron only', () => {
    expect(readdirSync(join(out, 'preload'))).toEqual(['preload.cjs'])
    const preload = readFileSync(join(out, 'preload', 'preload.cjs'), 'utf8')
    expect([...preload.matchAll(/require\("([^"]+)"\)/g)].map((match) => match[1])).toEqual(['electron'])
    expect(preload).not.toMatch(/^\s*(import|export)\b/m)
  })

  test('starts electron in its own shell only', () => {
    const importers = filesBelow(join(out, 'main')).filter((file) =>
      /from ?"electron"/.test(readFileSync(file, 'utf8')),
    )
    expect(importers).toEqual([join(out, 'main', 'electron.js')])
  })

  test('has a page without scripts or styles in its text, which its policy would refuse', () => {
    const page = readFileSync(join(out, 'renderer', 'index.html'), 'utf8')
    expect(page).not.toMatch(/<style|<script(?![^>]*\bsrc=)|\son\w+=/i)
    expect(page).not.toMatch(/(src|href)="(https?:)?\/\//)
  })

  test('names no folder of the machine that built it', () => {
    const text = filesBelow(out).filter((file) => /\.(c?js|html|css|map)$/.test(file))
    expect(text.length).toBeGreaterThan(5)
    expect(text.filter((file) => readFileSync(file, 'utf8').includes(root))).toEqual([])
  })
})
