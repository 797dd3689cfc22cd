import fc from 'fast-check'
import { expect, test } from 'vitest'
import { helpText } from './help.ts'
import { parseArguments } from './parseArguments.ts'

const parse = (line: string) => parseArguments(line.split(' ').filter(Boolean))

test('an import names files and a hunt, in any order', () => {
  const expected = { command: 'import', files: ['a.csv', 'logs'], hunt: 'demo', workspace: 'w', json: true }
  expect(parse('import a.csv logs --hunt demo --workspace w --json')).toEqual(expected)
  expect(parse('import --json --hunt=demo a.csv --workspace=w logs')).toEqual(expected)
  expect(parseArguments(['import', '--hunt', 'x', '--', '-odd.csv'])).toMatchObject({ files: ['-odd.csv'] })
})

test('a call has a name, perhaps an input, and waits unless told otherwise', () => {
  expect(parse('call hunts.list')).toEqual({
    command: 'call',
    name: 'hunts.list',
    input: undefined,
    wait: true,
    workspace: undefined,
  })
  expect(parseArguments(['call', 'rows.page', '{"a":1}', '--no-wait'])).toMatchObject({ input: '{"a":1}', wait: false })
  expect(parse('call hunts.list -')).toMatchObject({ input: '-' })
})

test('help, version, calls and demo', () => {
  expect(parse('')).toEqual({ command: 'help', about: undefined })
  expect(parse('help import')).toEqual({ command: 'help', about: 'import' })
  expect(parse('import --help')).toEqual({ command: 'help', about: 'import' })
  expect(parse('--version')).toEqual({ command: 'version' })
  expect(parse('calls --json')).toEqual({ command: 'calls', json: true })
  expect(parse('demo')).toEqual({ command: 'demo', port: undefined, requests: undefined, workspace: undefined })
  expect(parse('demo --port 1 --requests 5 --workspace w')).toEqual({
    command: 'demo',
    port: 1,
    requests: 5,
    workspace: 'w',
  })
  for (const bad of ['--port 0', '--port 65536', '--port x', '--requests 1e9', '--requests -1', '--workspace='])
    expect([bad, parse(`demo ${bad}`).command]).toEqual([bad, 'wrong'])
})

test.each([
  'frobnicate',
  'import',
  'import a.csv',
  'import --hunt x',
  'import a.csv --hunt',
  'import a.csv --hunt x --jsn',
  'import a.csv --hunt x --workspace=',
  'call',
  'call a.b {} {}',
  'calls hunts.list',
  'calls --json=yes',
])('"%s" is answered with one line', (line) => {
  const parsed = parse(line)
  expect(parsed.command).toBe('wrong')
  expect('message' in parsed && parsed.message).toMatch(/^[^\n]{10,160}$/)
})

test('no command line makes it throw', () => {
  const words = fc.oneof(
    fc.constantFrom('import', 'call', 'calls', 'help', '--hunt', '--json', '--workspace', '--', '-'),
    fc.string(),
  )
  fc.assert(fc.property(fc.array(words, { maxLength: 8 }), (args) => typeof parseArguments(args).command === 'string'))
})

test('every command that the overview lists has a help of its own', () => {
  const overview = helpText(undefined)
  for (const command of ['import', 'call', 'calls', 'serve', 'demo']) {
    expect(overview).toContain(`\n  ${command} `)
    expect(helpText(command)).toContain(`huntbench ${command}`)
  }
  expect(helpText('nothing')).toBe(overview)
})
