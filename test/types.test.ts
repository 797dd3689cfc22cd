import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { projectFiles, root } from './projectFiles.ts'

/** A file in each folder that has types of its own, or none, and what it may not know there. */
const places: [file: string, unknown: string][] = [
  ['src-main/plant.ts', 'document'],
  ['src-main/plant.test.ts', 'document'],
  ['src-preload/plant.ts', 'nothingOfTheKind'],
  ['src-preload/plant.test.ts', 'document'],
  ['src-preload/contract/plant.ts', 'process'],
  ['src-preload/contract/page.ts', 'document'],
  ['src-preload/contract/plant.test.ts', 'document'],
  ['src-shared/plant.ts', 'process'],
  ['src-shared/page.ts', 'document'],
  ['src-shared/plant.test.ts', 'document'],
  ['src-renderer/plant.tsx', 'process'],
  ['src-renderer/plant.test.ts', 'process'],
  ['e2e/plant.ts', 'nothingOfTheKind'],
  ['test/plant.ts', 'document'],
  ['bench/plant.ts', 'document'],
  ['plant.config.ts', 'document'],
]
/** What the options of tsconfig.base.json refuse. */
const REFUSED = ['TS2322', 'TS2322', 'TS2375', 'TS2578', 'TS1294'] as const
const text = (unknown: string): string => `export const wrong: number = 'text'
export const first = (list: readonly number[]): number => list[0]
export const left: { x?: string } = { x: undefined }
// @ts-expect-error Nothing is wrong in the next line.
export const right = 1
export class Field { constructor(private field: number) {} }
export const known = ${unknown}
`

const folder = mkdtempSync(join(tmpdir(), 'huntbench-types-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const found = new Map<string, string[]>()

beforeAll(() => {
  for (const file of projectFiles().filter((one) => /(?:^|\/)tsconfig[^/]*\.json$/.test(one)))
    cpSync(join(root, file), join(folder, file), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
  writeFileSync(
    join(folder, '.oxlintrc.json'),
    '{ "categories": { "correctness": "off" }, "ignorePatterns": ["node_modules/"] }',
  )
  for (const [file, unknown] of places) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text(unknown))
  }
  const oxlint = join(root, 'node_modules', 'oxlint', 'bin', 'oxlint')
  const { stdout } = spawnSync(process.execPath, [oxlint, '--type-aware', '--type-check', '--format', 'json'], {
    cwd: folder,
    encoding: 'utf8',
  })
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] }
  for (const { code, filename } of diagnostics) {
    const file = relative(folder, resolve(folder, filename)).split(sep).join('/')
    found.set(file, [...(found.get(file) ?? []), /TS\d+/.exec(code)?.[0] ?? code])
  }
})

// `npm run check` has the types of every file looked at beside lint, by the configuration that is nearest to it and names it.
test.each(places)('%s is held to its types, and knows no %s', (file) => {
  const [unknown, ...others] = ['TS2304', 'TS2584', 'TS2591', 'TS2580'].filter((code) =>
    found.get(file)?.includes(code),
  )
  expect(others).toEqual([])
  expect(found.get(file)?.toSorted()).toEqual([...REFUSED, unknown].toSorted())
})
