import { parseArgs } from 'node:util'
import type { ParseArgsOptionsConfig } from 'node:util'

export type Command =
  | { command: 'import'; files: string[]; hunt: string; workspace: string | undefined; json: boolean }
  | { command: 'call'; name: string; input: string | undefined; wait: boolean; workspace: string | undefined }
  | { command: 'calls'; json: boolean }
  | { command: 'demo'; port: number | undefined; requests: number | undefined; workspace: string | undefined }
  | { command: 'help'; about: string | undefined }
  | { command: 'version' }
  /** Bad usage: one line that says what is wrong. */
  | { command: 'wrong'; message: string }

const workspace = { workspace: { type: 'string' } } as const
const json = { json: { type: 'boolean' } } as const
const help = { help: { type: 'boolean', short: 'h' } } as const

const wrong = (message: string): Command => ({ command: 'wrong', message })

/** Reads a command line (without the program). Never throws: what cannot be read is `wrong`, in one line. */
export function parseArguments(args: string[]): Command {
  const [word, ...rest] = args
  try {
    switch (word) {
      case 'import':
        return importArguments(rest)
      case 'call':
        return callArguments(rest)
      case 'calls': {
        const { values } = read(rest, { ...json, ...help }, false)
        return values['help'] ? { command: 'help', about: word } : { command: 'calls', json: values['json'] === true }
      }
      case 'demo':
        return demoArguments(rest)
      case undefined:
      case '--help':
      case '-h':
        return { command: 'help', about: undefined }
      case 'help':
        return { command: 'help', about: rest[0] }
      case '--version':
      case '-v':
      case 'version':
        return { command: 'version' }
      default:
        return wrong(`${word} is not a command. huntbench help lists them.`)
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return wrong(`huntbench ${word}: ${message.split(/\.\s|\n/)[0] ?? message}. See huntbench help ${word}.`)
  }
}

function importArguments(args: string[]): Command {
  const { values, positionals } = read(args, { hunt: { type: 'string' }, ...workspace, ...json, ...help }, true)
  if (values['help']) return { command: 'help', about: 'import' }
  const hunt = text(values['hunt'])?.trim()
  if (positionals.length === 0) return wrong('huntbench import: name at least one file, folder or pattern.')
  if (!hunt) return wrong('huntbench import: --hunt NAME says which hunt the files go into.')
  if (values['workspace'] === '') return wrong('huntbench import: --workspace needs a folder.')
  return {
    command: 'import',
    files: positionals,
    hunt,
    workspace: text(values['workspace']),
    json: values['json'] === true,
  }
}

function callArguments(args: string[]): Command {
  const options: ParseArgsOptionsConfig = { 'no-wait': { type: 'boolean' }, ...workspace, ...json, ...help }
  const { values, positionals } = read(args, options, true)
  if (values['help']) return { command: 'help', about: 'call' }
  const [name, input, ...more] = positionals
  if (name === undefined)
    return wrong('huntbench call: name a call, for example hunts.list. huntbench calls lists them.')
  if (more.length > 0) return wrong('huntbench call: the input is one JSON text; put it in quotes.')
  if (values['workspace'] === '') return wrong('huntbench call: --workspace needs a folder.')
  return { command: 'call', name, input, wait: values['no-wait'] !== true, workspace: text(values['workspace']) }
}

function demoArguments(args: string[]): Command {
  const options = { port: { type: 'string' }, requests: { type: 'string' }, ...workspace, ...help } as const
  const { values } = read(args, options, false)
  if (values['help']) return { command: 'help', about: 'demo' }
  const port = number(values['port'], PORT_MAX)
  const requests = number(values['requests'], REQUESTS_MAX)
  if (port === null) return wrong('huntbench demo: --port is a number from 1 to 65535.')
  if (requests === null) return wrong('huntbench demo: --requests is a number from 1 to 100000000.')
  if (values['workspace'] === '') return wrong('huntbench demo: --workspace needs a folder.')
  return { command: 'demo', port, requests, workspace: text(values['workspace']) }
}

const PORT_MAX = 65_535
/** What a small machine generates in minutes. */
const REQUESTS_MAX = 100_000_000

/** Undefined when it was left out, null when it is no whole number from 1 to `most`. */
function number(value: unknown, most: number): number | undefined | null {
  if (value === undefined) return undefined
  const found = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : 0
  return found >= 1 && found <= most ? found : null
}

function read(args: string[], options: ParseArgsOptionsConfig, allowPositionals: boolean) {
  return parseArgs({ args, options, allowPositionals, strict: true })
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
