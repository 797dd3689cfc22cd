import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { contract } from '#contract/contract'
import { analyzers } from '../src-main/analyzers/index.ts'
import { migrations } from '../src-main/sqlite/migrations/index.ts'
import { root } from './projectFiles.ts'

type Exports = Record<string, unknown>

const sourcesOf = (folder: string) =>
  readdirSync(join(root, folder)).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.endsWith('.d.ts'),
  )

const load = async (folder: string, file: string): Promise<Exports> =>
  import(pathToFileURL(join(root, folder, file)).href)

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

describe('analyzers', () => {
  const folder = 'src-main/analyzers'
  const isAnalyzer = (value: unknown) =>
    isRecord(value) && typeof value['start'] === 'function' && Array.isArray(value['reads'])
  /** suspicious_commands lives in suspiciousCommands.ts. */
  const fileOf = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

  test('every file that holds an analyzer is in the list, once', async () => {
    const found: string[] = []
    for (const file of sourcesOf(folder).filter((name) => name !== 'index.ts'))
      for (const value of Object.values(await load(folder, file)))
        if (isAnalyzer(value) && isRecord(value)) found.push(String(value['name']))
    expect(analyzers.length).toBeGreaterThan(0)
    expect(analyzers.map((analyzer) => analyzer.name).sort()).toEqual(found.sort())
  })

  test.each(analyzers.map((analyzer) => analyzer.name))('%s has a file of its name, and a test', (name) => {
    expect(existsSync(join(root, folder, `${fileOf(name)}.ts`))).toBe(true)
    expect(existsSync(join(root, folder, `${fileOf(name)}.test.ts`))).toBe(true)
  })

  test.each([...analyzers])('$name reads what it needs', (analyzer) => {
    expect(analyzer.needs.filter((field) => !analyzer.reads.includes(field))).toEqual([])
  })
})

describe('migrations', () => {
  const folder = 'src-main/sqlite/migrations'
  const files = sourcesOf(folder)
    .filter((file) => file !== 'index.ts')
    .sort()

  test('are numbered from 0001 without gaps', () => {
    expect(files.map((file) => Number(file.slice(0, 4)))).toEqual(files.map((_, index) => index + 1))
  })

  test('run in the order of their numbers, all of them', async () => {
    expect(migrations.length).toBe(files.length)
    for (const [index, file] of files.entries())
      expect(Object.values(await load(folder, file))).toContain(migrations[index])
  })

  test.each(files)('%s has a test that starts from the version before', (file) => {
    expect(existsSync(join(root, folder, file.replace('.ts', '.test.ts')))).toBe(true)
  })
})

describe('the contract', () => {
  const folder = 'src-preload/contract'
  const isEntry = (value: unknown) =>
    isRecord(value) && ['query', 'command', 'topic'].includes(String(value['kind'])) && 'does' in value

  test('holds every entry of every noun, and each noun stands in the file of its name', async () => {
    const found: string[] = []
    for (const file of sourcesOf(folder).filter((name) => name !== 'contract.ts')) {
      for (const value of Object.values(await load(folder, file))) {
        if (!isRecord(value) || Object.keys(value).length === 0 || !Object.values(value).every(isEntry)) continue
        const names = Object.keys(value)
        expect(new Set(names.map((name) => `${name.split('.')[0]}.ts`))).toEqual(new Set([file]))
        found.push(...names)
      }
    }
    expect(Object.keys(contract).sort()).toEqual(found.sort())
  })
})
