import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { contract } from '#contract/contract'
import { failureCodes } from '#contract/values'
import { analyzers } from '../src-main/analyzers/index.ts'
import { projectFiles, read, root } from './projectFiles.ts'

const documents = projectFiles().filter((file) => file.endsWith('.md'))
const scripts: Record<string, string> = JSON.parse(read('package.json')).scripts ?? {}
const architecture = existsSync(join(root, 'ARCHITECTURE.md')) ? read('ARCHITECTURE.md') : ''

/** `workspace.db` is a file, not a call. */
const fileEndings = new Set(['ts', 'tsx', 'db', 'lock', 'json', 'md'])

/** Names that stand in the text as `name`. */
const missing = (names: readonly string[]) => names.filter((name) => !architecture.includes(`\`${name}\``))

const folders = (parent: string) =>
  readdirSync(join(root, parent), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${parent}/${entry.name}/`)

describe('ARCHITECTURE.md', () => {
  test('names every room', () => {
    expect(
      missing(
        ['src-main', 'src-renderer', 'src-preload'].flatMap(folders).filter((name) => name !== 'src-renderer/public/'),
      ),
    ).toEqual([])
  })

  test('names every call and topic', () => {
    expect(missing(Object.keys(contract))).toEqual([])
  })

  test('names no call that does not exist', () => {
    const nouns = new Set(Object.keys(contract).map((name) => name.split('.')[0]))
    const named = [...architecture.matchAll(/`([a-z][A-Za-z]*)\.([a-z][A-Za-z]*)`/g)]
    const invented = named.filter(
      ([, noun, verb]) =>
        nouns.has(noun) && !fileEndings.has(verb ?? '') && !Object.hasOwn(contract, `${noun}.${verb}`),
    )
    expect(invented.map(([text]) => text)).toEqual([])
  })

  test('names every failure code', () => {
    expect(missing(failureCodes)).toEqual([])
  })

  test('names every analyzer', () => {
    expect(missing(analyzers.map((analyzer) => analyzer.name))).toEqual([])
  })
})

describe.each(documents)('%s', (file) => {
  const text = read(file)

  test('names only npm scripts that exist', () => {
    const named = [...text.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test))\b/g)].map(
      (match) => match[1] ?? match[2] ?? '',
    )
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([])
  })

  test('links only to what exists', () => {
    const inMarkdown = [...text.matchAll(/!?\[[^\]]*\]\(([^)\s]+)[^)]*\)/g)].map((match) => match[1] ?? '')
    const inHtml = [...text.matchAll(/<(?:img|source|a)\b[^>]*?\b(?:src|srcset|href)="([^"]+)"/g)].map(
      (match) => match[1] ?? '',
    )
    const here = [...inMarkdown, ...inHtml]
      .filter((link) => !/^(?:[a-z]+:|#)/i.test(link))
      .map((link) => link.replace(/#.*$/, ''))
    expect(here.filter((link) => !existsSync(join(root, dirname(file), link)))).toEqual([])
  })
})

test('there are documents to check', () => {
  expect(documents).toEqual(
    expect.arrayContaining(['ARCHITECTURE.md', 'README.md', 'SECURITY.md', 'CHANGELOG.md', 'NOTICE.md']),
  )
})
