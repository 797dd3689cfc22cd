import { resolve } from 'node:path'
import { AppError } from '#contract/appError'
import { createApp } from '../app.ts'
import { closeOnSignal } from '../exitSignals.ts'
import { createLog } from '../logFile.ts'
import { noSecrets } from '../noSecrets.ts'
import { findProgram } from '../program.ts'
import { workspaceFolder } from '../workspaceFolder.ts'
import { openBrowser } from './desktop.ts'
import { parseServeArguments, serveHelp } from './serveArguments.ts'
import type { ServeArguments } from './serveArguments.ts'
import { startServer } from './server.ts'

const asked = parseServeArguments(process.argv.slice(2))
if (asked === 'help') process.stdout.write(`${serveHelp}\n`)
else if ('wrong' in asked) end(2, asked.wrong)
else await serve(asked).catch((error: unknown) => end(1, sentence(error, asked)))

async function serve({ port, workspace, open, caseFile }: ServeArguments): Promise<void> {
  const program = findProgram(import.meta.dirname)
  const folder = workspaceFolder(workspace)
  const log = createLog(folder)
  const app = await createApp({
    shell: 'headless',
    folder,
    resources: program.resources,
    version: program.version,
    secrets: noSecrets,
    notify: () => undefined,
    placeFor: () => Promise.resolve('download'),
    log,
    clock: () => new Date(),
  })
  try {
    if (caseFile !== undefined) await app.files.openCaseFile(resolve(caseFile))
    const server = await startServer({ app, page: program.page, port, log: (error) => log('error', 'headless', error) })
    closeOnSignal(async () => void (await Promise.all([server.close(), app.close()])), 0)
    process.stdout.write(`Huntbench is served at ${server.access.address()}\n`)
    if (open) openBrowser(server.access.addressForOneVisit)
  } catch (error) {
    await app.close()
    throw error
  }
}

function sentence(error: unknown, { port }: ServeArguments): string {
  if (error instanceof AppError) return error.message
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') return `Port ${port} is in use. Choose another with --port, or leave --port out.`
  if (code === 'EACCES')
    return `Port ${port} needs rights this user does not have. Choose one above 1023, or leave --port out.`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function end(code: number, text: string): void {
  process.stderr.write(`${text}\n`)
  process.exitCode = code
}
