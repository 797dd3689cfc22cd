import { ESLint } from 'eslint'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { root } from './projectFiles.ts'

const eslint = new ESLint({ cwd: root })

const rulesFor = async (file: string, text: string) => {
  const [result] = await eslint.lintText(`${text}\n`, { filePath: join(root, file) })
  return (result?.messages ?? []).map((message) => message.ruleId ?? message.message)
}

/** rule, file, what breaks it, and where the same is allowed. */
const plants: [rule: string, file: string, text: string, allowedIn?: string][] = [
  ['@typescript-eslint/no-explicit-any', 'src-main/jobs/x.ts', 'export const x: any = 1'],
  [
    '@typescript-eslint/no-non-null-assertion',
    'src-main/jobs/x.ts',
    'export const x = (y?: string) => y!',
    'src-main/jobs/x.test.ts',
  ],
  [
    '@typescript-eslint/consistent-type-assertions',
    'src-main/jobs/x.ts',
    'export const x = (y: unknown) => y as string',
    'src-main/rpc/router.ts',
  ],
  [
    '@typescript-eslint/consistent-type-imports',
    'src-main/jobs/x.ts',
    "import { Job } from '#contract/jobs'\nexport type X = Job",
  ],
  ['no-console', 'src-main/jobs/x.ts', "console.log('x')", 'src-main/cli/x.ts'],
  ['no-eval', 'src-renderer/ui/x.ts', "export const x = eval('1')"],
  ['no-new-func', 'src-renderer/ui/x.ts', "export const x = new Function('return 1')"],
  ['max-lines', 'src-main/jobs/x.ts', 'export {}\n'.repeat(401), 'src-main/jobs/x.test.ts'],
  ['house/max-lines-soon', 'src-main/jobs/x.ts', 'export {}\n'.repeat(301), 'src-main/jobs/x.test.ts'],
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
  ['house/electron-stays-locked', 'src-main/electron/x.ts', 'export const x = { nodeIntegration: true }'],
  ['house/electron-stays-locked', 'src-main/electron/x.ts', 'export const x = { contextIsolation: false }'],
  ['house/electron-stays-locked', 'src-main/electron/x.ts', 'export const x = { sandbox: false }'],
  ['house/electron-stays-locked', 'src-main/electron/x.ts', 'export const x = { webSecurity: false }'],
  [
    'house/electron-stays-locked',
    'src-main/electron/x.ts',
    "import { shell } from 'electron'\nvoid shell.openExternal('x')",
    'src-main/electron/desktop.ts',
  ],
  [
    'house/electron-stays-locked',
    'src-main/electron/x.ts',
    "import { ipcMain } from 'electron'\nipcMain.on('x', () => {})",
    'src-main/electron/ipcWire.ts',
  ],
  ['house/tests-run', 'src-main/jobs/x.test.ts', "test.only('x', () => {})"],
  ['house/tests-run', 'src-main/jobs/x.test.ts', "test.skip('x', () => {})"],
  ['house/tests-run', 'src-main/jobs/x.test.ts', "test.todo('x')"],
]

describe('lint', () => {
  test.each(plants)('%s fires in %s: %s', async (rule, file, text, allowedIn) => {
    expect(await rulesFor(file, text)).toContain(rule)
    if (allowedIn !== undefined) expect(await rulesFor(allowedIn, text)).not.toContain(rule)
  })

  test('a skip with a reason is allowed', async () => {
    expect(
      await rulesFor('e2e/flows/x.spec.ts', "test.skip(process.platform === 'win32', 'no such shell there')"),
    ).not.toContain('house/tests-run')
    expect(await rulesFor('src-main/jobs/x.test.ts', "test.skipIf(true)('x (needs y)', () => {})")).not.toContain(
      'house/tests-run',
    )
  })
})

/** What breaks each rule that needs types. */
const typedPlants: readonly [rule: string, text: string][] = [
  ['no-floating-promises', 'export function x() { Promise.resolve(1) }'],
  ['no-misused-promises', 'export const x = () => { if (Promise.resolve(true)) return 1; return 2 }'],
  ['await-thenable', 'export const x = async () => { await 1 }'],
  ['only-throw-error', "export const x = () => { throw 'text' }"],
  ['prefer-promise-reject-errors', "export const x = () => Promise.reject('text')"],
  ['no-implied-eval', "export const x = () => setTimeout('alert(1)', 1)"],
  ['no-base-to-string', 'export const x = (y: { z: number }) => `${y}`'],
  ['switch-exhaustiveness-check', "export function x(y: 'a' | 'b') { switch (y) { case 'a': return 1 } return 2 }"],
]

describe('lint with types', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huntbench-lint-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('every rule fires on what breaks it, and on nothing else', () => {
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: { strict: true, target: 'es2022', lib: ['es2022', 'dom'] },
        include: ['*.ts'],
      }),
    )
    for (const [rule, text] of typedPlants) writeFileSync(join(folder, `${rule}.ts`), `${text}\n`)
    writeFileSync(join(folder, 'clean.ts'), 'export const x = async () => { await Promise.resolve(1) }\n')
    const { stdout } = spawnSync(
      process.execPath,
      [
        join(root, 'node_modules', 'oxlint', 'bin', 'oxlint'),
        ...['--type-aware', '--config', join(root, '.oxlintrc.json'), '--format', 'json', folder],
      ],
      { cwd: root, encoding: 'utf8' },
    )
    const found = (JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] }).diagnostics
    const pairs = found.map(({ code, filename }) => `${filename.split('/').at(-1)}: ${/\((.+)\)/.exec(code)?.[1]}`)
    expect(pairs.toSorted()).toEqual(typedPlants.map(([rule]) => `${rule}.ts: ${rule}`).toSorted())
  })
})
