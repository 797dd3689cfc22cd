import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, parse, relative, resolve, sep } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from './projectFiles.ts'

/** rule, file, what breaks it, and where the same is allowed. */
const plants: [rule: string, file: string, text: string, allowedIn?: string][] = [
  ['typescript/no-explicit-any', 'src-main/jobs/x.ts', 'export const x: any = 1'],
  [
    'typescript/no-non-null-assertion',
    'src-main/jobs/x.ts',
    'export const x = (y?: string) => y!',
    'src-main/jobs/x.test.ts',
  ],
  [
    'typescript/consistent-type-assertions',
    'src-main/jobs/x.ts',
    'export const x = (y: unknown) => y as string',
    'src-main/rpc/router.ts',
  ],
  [
    'typescript/consistent-type-imports',
    'src-main/jobs/x.ts',
    "import { Job } from '#contract/jobs'\nexport type X = Job",
  ],
  ['no-console', 'src-main/jobs/x.ts', "console.log('x')", 'src-main/cli/x.ts'],
  ['no-eval', 'src-renderer/ui/x.ts', "export const x = eval('1')"],
  ['no-new-func', 'src-renderer/ui/x.ts', "export const x = new Function('return 1')"],
  ['max-lines', 'src-main/jobs/x.ts', 'export {}\n'.repeat(301), 'src-main/jobs/x.test.ts'],
  [
    'house/sql-lives-with-the-store',
    'src-main/jobs/x.ts',
    "export const x = 'SELECT a FROM b'",
    'src-main/sqlite/x.ts',
  ],
  [
    'house/sql-lives-with-the-store',
    'src-main/jobs/x.ts',
    'export const x = (t: string) => `\n  DELETE FROM ${t}`',
    'src-main/sqlite/queries/x.ts',
  ],
  ['house/imports-name-files', 'src-main/jobs/x.ts', "import { y } from './y'\nexport const x = y"],
  ['house/page-holds-no-html', 'src-renderer/ui/x.ts', "export const x = (e: HTMLElement) => { e.innerHTML = '' }"],
  [
    'house/page-holds-no-html',
    'src-renderer/ui/x.ts',
    "export const x = (e: Element) => e.insertAdjacentHTML('beforeend', '')",
  ],
  [
    'house/page-holds-no-html',
    'src-renderer/ui/X.tsx',
    "export const X = () => <b dangerouslySetInnerHTML={{ __html: '' }} />",
  ],
  [
    'react-hooks/rules-of-hooks',
    'src-renderer/ui/X.tsx',
    "import { useState } from 'react'\nexport function X({ on }: { on: boolean }) { if (on) useState(1); return null }",
  ],
  [
    'react/refs',
    'src-renderer/ui/X.tsx',
    "import { useRef } from 'react'\nexport function X() { const a = useRef(1); return <b>{a.current}</b> }",
  ],
  [
    'react/set-state-in-render',
    'src-renderer/ui/X.tsx',
    "import { useState } from 'react'\nexport function X() { const [a, set] = useState(1); set(2); return <b>{a}</b> }",
  ],
  ['react/static-components', 'src-renderer/ui/X.tsx', 'export function X() { const Y = () => <b />; return <Y /> }'],
  [
    'react-hooks/exhaustive-deps',
    'src-renderer/ui/X.tsx',
    "import { useEffect } from 'react'\nexport function X({ a }: { a: () => void }) { useEffect(() => { a() }, []); return null }",
  ],
  ['house/electron-stays-locked', 'src-main/electron/x.ts', 'export const x = { nodeIntegration: true }'],
  ['house/electron-stays-locked', 'src-main/electron/x.ts', 'export const x = { contextIsolation: false }'],
  ['house/electron-stays-locked', 'src-main/electron/x.ts', 'export const x = { sandbox: false }'],
  ['house/electron-stays-locked', 'src-main/electron/x.ts', 'export const x = { webSecurity: false }'],
  [
    'house/electron-opens-in-one-place',
    'src-main/electron/x.ts',
    "import { shell } from 'electron'\nvoid shell.openExternal('x')",
    'src-main/electron/desktop.ts',
  ],
  [
    'house/electron-hears-in-one-place',
    'src-main/electron/x.ts',
    "import { ipcMain } from 'electron'\nipcMain.on('x', () => {})",
    'src-main/electron/ipcWire.ts',
  ],
  ['house/tests-run', 'src-main/jobs/x.test.ts', "test.only('x', () => {})"],
  ['house/tests-run', 'src-main/jobs/x.test.ts', "test.skip('x', () => {})"],
  ['house/tests-run', 'src-main/jobs/x.test.ts', "test.todo('x')"],
]

/** What is no fault. */
const clean: readonly [file: string, text: string][] = [
  ['e2e/flows/x.spec.ts', "test.skip(process.platform === 'win32', 'no such shell there')"],
  ['src-main/jobs/x.test.ts', "test.skipIf(true)('x (needs y)', () => {})"],
  ['src-main/jobs/x.ts', 'export const x = async () => { await Promise.resolve(1) }'],
]

/** What breaks each rule that needs types. */
const typedPlants: readonly [rule: string, text: string][] = [
  ['typescript/no-floating-promises', 'export function x() { Promise.resolve(1) }'],
  ['typescript/no-misused-promises', 'export const x = () => { if (Promise.resolve(true)) return 1; return 2 }'],
  ['typescript/await-thenable', 'export const x = async () => { await 1 }'],
  ['typescript/only-throw-error', "export const x = () => { throw 'text' }"],
  ['typescript/prefer-promise-reject-errors', "export const x = () => Promise.reject('text')"],
  ['typescript/no-implied-eval', "export const x = () => setTimeout('alert(1)', 1)"],
  ['typescript/no-base-to-string', 'export const x = (y: { z: number }) => `${y}`'],
  [
    'typescript/switch-exhaustiveness-check',
    "export function x(y: 'a' | 'b') { switch (y) { case 'a': return 1 } return 2 }",
  ],
]

const folder = mkdtempSync(join(tmpdir(), 'huntbench-lint-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const written = new Set<string>()
/** Writes a file where the configuration knows its folder; `x` gets a number, so that many stand side by side. */
function plant(file: string, text: string): string {
  const { dir, base } = parse(file)
  const path = /^x\./i.test(base) ? join(dir, `${base[0]}${written.size}${base.slice(1)}`) : file
  expect(written).not.toContain(path)
  written.add(path)
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), `${text}\n`)
  return path
}

/** Rules that fired, by file. One run looks at everything. */
const fired = new Map<string, string[]>()
const firing = plants.map(([rule, file, text, allowedIn]) => ({
  rule,
  path: plant(file, text),
  allowed: allowedIn === undefined ? undefined : plant(allowedIn, text),
}))
const typed = typedPlants.map(([rule, text]) => ({ rule, path: plant('src-main/jobs/x.ts', text) }))
const faultless = clean.map(([file, text]) => plant(file, text))

beforeAll(() => {
  cpSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
  cpSync(join(root, 'scripts', 'lint'), join(folder, 'scripts', 'lint'), { recursive: true })
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { strict: true, target: 'es2022', lib: ['es2022', 'dom'], jsx: 'react-jsx' } }),
  )
  const { stdout } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules', 'oxlint', 'bin', 'oxlint'),
      '--type-aware',
      '--format',
      'json',
      '--config',
      join(folder, '.oxlintrc.json'),
      folder,
    ],
    { cwd: root, encoding: 'utf8', maxBuffer: 64 << 20 },
  )
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] }
  for (const [file, found] of Map.groupBy(diagnostics, ({ filename }) =>
    relative(folder, resolve(root, filename)).split(sep).join('/'),
  ))
    fired.set(
      file,
      found.map(({ code }) => code.replace(/^eslint\((.+)\)$/, '$1').replace(/^(.+)\((.+)\)$/, '$1/$2')),
    )
})

describe('lint', () => {
  test.each(firing)('$rule fires in $path', ({ rule, path, allowed }) => {
    expect(fired.get(path) ?? []).toContain(rule)
    if (allowed !== undefined) expect(fired.get(allowed) ?? []).not.toContain(rule)
  })

  test.each(typed)('$rule, which needs types, fires in $path and nothing else does', ({ rule, path }) => {
    expect(fired.get(path)).toEqual([rule])
  })

  test('a skip with a reason and a promise that is waited for are allowed', () => {
    for (const path of faultless) expect(fired.get(path) ?? []).toEqual([])
  })
})
