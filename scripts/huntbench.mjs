#!/usr/bin/env node
// The program from a terminal. `serve`, and `open` with a case file, are the headless shell; every other command is the
// command line shell.
import { ensure } from './ensure.mjs'
import { ensureClickhouse } from './ensureClickhouse.mjs'
import { programStart } from './paths.mjs'
import { runInTerminal } from './run.mjs'

await ensure()
const args = process.argv.slice(2)
// Where there is none for this machine the demo says so itself.
if (args[0] === 'demo' && !args.includes('--help') && !process.env.HUNTBENCH_CLICKHOUSE) await ensureClickhouse()
const serves = args[0] === 'serve' || args[0] === 'open'
if (args[0] === 'open' && args.length === 1) args.push('--help')
const [shell, rest] = serves ? ['headless.js', args.slice(1)] : ['cli.js', args]
const { command, args: all, env } = programStart(shell, rest)
const { code } = await runInTerminal(command, all, { env })
process.exitCode = code
