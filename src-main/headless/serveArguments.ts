import { parseArgs } from 'node:util'

export type ServeArguments = {
  port: number
  workspace: string | undefined
  open: boolean
  /** A case file to look into. */
  caseFile: string | undefined
}

export const serveHelp = `huntbench serve [FILE.huntcase] [--port N] [--workspace DIR] [--no-open]
huntbench open FILE.huntcase [--port N] [--workspace DIR] [--no-open]

Serves the workstation to browsers of this machine, on 127.0.0.1 only.
  FILE.huntcase     a case file: the browser shows what is in it before anything is imported
  --port N          listen on this port (default: a free one)
  --workspace DIR   work in this folder (default: HUNTBENCH_WORKSPACE, else the folder for application data)
  --no-open         do not open a browser`

/** Reads the arguments of `huntbench serve`; a string is what is wrong with them. */
export function parseServeArguments(args: string[]): ServeArguments | 'help' | { wrong: string } {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        port: { type: 'string' },
        workspace: { type: 'string' },
        open: { type: 'boolean' },
        'no-open': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    if (values.help) return 'help'
    const port = values.port ?? '0'
    if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
      return { wrong: `--port ${port}: a port is a number from 0 to 65535.` }
    if (values.workspace === '') return { wrong: '--workspace needs a folder.' }
    const [caseFile, more] = positionals
    if (more !== undefined) return { wrong: `huntbench serve: one case file at a time, not ${more} as well.` }
    if (caseFile !== undefined && !/\.huntcase$/i.test(caseFile))
      return {
        wrong: `huntbench serve: ${caseFile} is no case file (.huntcase). Evidence is imported with huntbench import.`,
      }
    return { caseFile, port: Number(port), workspace: values.workspace, open: values['no-open'] !== true }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { wrong: `huntbench serve: ${message.split(/\.\s|\n/)[0] ?? message}.` }
  }
}
