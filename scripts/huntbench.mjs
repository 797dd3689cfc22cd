#!/usr/bin/env node
// The program from a terminal. `serve` is the headless shell; every other command is the command line shell.
import { join } from 'node:path'
import { ensure } from './ensure.mjs'
import { programNode, root } from './paths.mjs'
import { runInTerminal } from './run.mjs'

await ensure()
const args = process.argv.slice(2)
const [shell, rest] = args[0] === 'serve' ? ['headless.js', args.slice(1)] : ['cli.js', args]
const { code } = await runInTerminal(programNode(), [join(root, 'out', 'main', shell), ...rest])
process.exitCode = code
