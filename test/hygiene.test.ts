import { describe, expect, test } from 'vitest'
import { projectFiles, read } from './projectFiles.ts'

/** These two hold what they look for. */
const seekers = ['test/hygiene.test.ts', 'test/lint.test.ts']
const binary = /\.(png|ico|icns|woff2?|gz|zip|db|wasm)$/
/** Evidence and data of others: kept as they were written, paths and all. */
const data = /^(resources\/(samples|attack)\/|e2e\/data\/)|\/testdata\/|\.(csv|tsv|log)$/
const tests = /\.(test|spec)\.tsx?$|^(test|e2e|bench)\//

const all = projectFiles()
const texts = all.filter((file) => !seekers.includes(file) && !binary.test(file) && !data.test(file))
const written = texts.filter((file) => file !== 'package-lock.json')

/** `file:line: text` of every line that matches. */
const hits = (files: string[], pattern: RegExp) =>
  files.flatMap((file) =>
    read(file)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}: ${line.trim().slice(0, 160)}`] : [])),
  )

describe('no file of the project', () => {
  test.each([
    [
      'names a path of the machine it was written on',
      /(?<![\w.~-])\/(?:work|root(?!\/\.ssh\b)|home\/(?!analyst\b|user\b))\/?[\w.-]*\/[\w.-]/,
    ],
    [
      'names a package registry',
      /registry\.(?:npmjs|yarnpkg)|npmmirror|verdaccio|artifactory|_authToken|^registry\s*=/i,
    ],
    ['leaves work for later in a comment', /\b(?:TODO|FIXME|HACK)\b/],
    [
      'speaks of how it was written',
      /\b(?:claude|anthropic|openai|chatgpt|copilot|llms?|language model|sub-?agents?|(?:coding|ai) (?:agent|assistant)s?|as an ai|prompted|co-authored-by|(?:next|last|previous|earlier) session|session notes)\b/i,
    ],
    ['is left over from a merge', /^(?:<{7}|>{7}|={7})(?:\s|$)/],
  ])('%s', (_, pattern) => {
    expect(hits(written, pattern)).toEqual([])
  })

  test('focuses a test', () => {
    expect(
      hits(
        texts.filter((file) => tests.test(file)),
        /\b(?:test|it|describe)\.only\(/,
      ),
    ).toEqual([])
  })

  test('outside of tests reads the folder beside the project', () => {
    expect(
      hits(
        written.filter((file) => !tests.test(file)),
        /\.\.\/shared\b/,
      ),
    ).toEqual([])
  })

  test('has carriage returns', () => {
    expect(texts.filter((file) => read(file).includes('\r\n'))).toEqual([])
  })
})

describe('packages', () => {
  const manifest = JSON.parse(read('package.json'))
  const lock = JSON.parse(read('package-lock.json'))
  const wanted: Record<string, string> = { ...manifest.dependencies, ...manifest.devDependencies }

  test('are asked for in exact versions', () => {
    expect(Object.entries(wanted).filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))).toEqual([])
  })

  test('are locked in the versions asked for', () => {
    const locked = Object.keys(wanted).map((name) => [name, lock.packages[`node_modules/${name}`]?.version])
    expect(Object.fromEntries(locked)).toEqual(wanted)
  })

  test('are locked with their hash and without an address to fetch them from', () => {
    const entries: [string, { resolved?: string; integrity?: string; link?: boolean }][] = Object.entries(lock.packages)
    expect(entries.filter(([, entry]) => entry.resolved !== undefined).map(([name]) => name)).toEqual([])
    expect(
      entries
        .filter(([name, entry]) => name !== '' && entry.link !== true && entry.integrity === undefined)
        .map(([name]) => name),
    ).toEqual([])
  })
})
