import { text } from 'node:stream/consumers'
import { AppError } from '#contract/appError'
import { isCallName } from '#contract/contract'
import { createApp } from '../app.ts'
import type { App } from '../app.ts'
import { closeOnSignal } from '../exitSignals.ts'
import { createLog } from '../logFile.ts'
import { noSecrets } from '../noSecrets.ts'
import { findProgram } from '../program.ts'
import { workspaceFolder } from '../workspaceFolder.ts'
import { makeCall, parseInput } from './callCommand.ts'
import { createCaller } from './caller.ts'
import type { Caller } from './caller.ts'
import { callsForPeople, callsForPrograms } from './callsCommand.ts'
import { connectDemo } from './connectDemo.ts'
import { demoCommand } from './demoCommand.ts'
import { filesToImport } from './filesToImport.ts'
import { helpText } from './help.ts'
import { importFiles, reportForPeople, reportForPrograms } from './importCommand.ts'
import { parseArguments } from './parseArguments.ts'
import type { Command } from './parseArguments.ts'
import { createProgress } from './progress.ts'

const program = findProgram(import.meta.dirname)
const progress = createProgress(process.stderr)

// A reader that has seen enough (huntbench calls | head) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

try {
  process.exitCode = await run(parseArguments(process.argv.slice(2)))
} catch (error) {
  progress.clear()
  process.exitCode = fail(error)
}

async function run(command: Command): Promise<number> {
  switch (command.command) {
    case 'wrong':
      process.stderr.write(`${command.message}\n`)
      return 2
    case 'help':
      return print(helpText(command.about))
    case 'version':
      return print(program.version)
    case 'calls':
      return command.json ? printJson(callsForPrograms()) : print(callsForPeople())
    case 'demo':
      return demoCommand(command, program, progress, print, async (demo) => {
        const app = await openApp(command.workspace)
        const caller = createCaller(app)
        try {
          return await connectDemo(caller, demo)
        } finally {
          caller.close()
          await app.close()
        }
      })
    case 'call': {
      const { name, wait, workspace } = command
      if (!isCallName(name))
        throw new AppError('not-found', `No call is named ${name}. huntbench calls lists them.`, { call: name })
      const input = parseInput(command.input === '-' ? await text(process.stdin) : command.input)
      return withApp(workspace, async (app, caller) => {
        const { value, ok, ended } = await makeCall(app, caller, { name, input, wait }, progress)
        printJson(value)
        await ended
        return ok ? 0 : 1
      })
    }
    case 'import': {
      const files = await filesToImport(command.files)
      return withApp(command.workspace, async (app, caller) => {
        const report = await importFiles(app, caller, files, command.hunt, progress)
        if (command.json) printJson(reportForPrograms(report))
        else print(reportForPeople(report))
        // The result is told; what makes its questions quick goes with the command that brought it.
        await app.settled()
        return report.failed.length === 0 ? 0 : 1
      })
    }
  }
}

function openApp(workspace: string | undefined): Promise<App> {
  const folder = workspaceFolder(workspace)
  return createApp({
    shell: 'cli',
    folder,
    resources: program.resources,
    version: program.version,
    secrets: noSecrets,
    notify: () => undefined,
    placeFor: () => Promise.resolve('folder'),
    log: createLog(folder),
    clock: () => new Date(),
  })
}

/** Opens the workspace for one command and closes it whatever happens; Ctrl-C cancels what runs. */
async function withApp(
  workspace: string | undefined,
  work: (app: App, caller: Caller) => Promise<number>,
): Promise<number> {
  const app = await openApp(workspace)
  let closed: Promise<void> | undefined
  const close = () => (closed ??= app.close())
  closeOnSignal(() => {
    progress.clear()
    process.stderr.write('Stopping.\n')
    return close()
  }, 130)
  const caller = createCaller(app)
  try {
    return await work(app, caller)
  } finally {
    caller.close()
    await close()
  }
}

function print(words: string): number {
  process.stdout.write(`${words}\n`)
  return 0
}

function printJson(value: unknown): number {
  return print(JSON.stringify(value, null, 2))
}

/** A failure on stdout, for programs; its sentence on stderr, for people. */
function fail(error: unknown): number {
  if (error instanceof AppError) {
    const { code, message, detail } = error
    printJson({ code, message, ...(detail === undefined ? {} : { detail }) })
    if (process.stderr.isTTY && !process.stdout.isTTY) process.stderr.write(`${message}\n`)
    return 1
  }
  const message = error instanceof Error ? error.message : String(error)
  printJson({ code: 'internal', message: `Unexpected error: ${message}` })
  return 1
}
