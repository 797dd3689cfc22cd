import { isAbsolute, resolve } from 'node:path'

/** What the program was started with: a workspace, and a case file that the desktop asked to open. */
export type Launch = { workspace: string | undefined; caseFile: string | undefined }

/** Reads the arguments after the program. Switches of Chromium stand among them, so what is unknown is passed over. */
export function parseLaunch(args: string[], folder: string): Launch {
  const launch: Launch = { workspace: undefined, caseFile: undefined }
  for (const [index, argument] of args.entries()) {
    if (argument === '--workspace') launch.workspace = args[index + 1] ?? launch.workspace
    else if (argument.startsWith('--workspace=')) launch.workspace = argument.slice('--workspace='.length)
    else if (isCaseFile(argument)) launch.caseFile = isAbsolute(argument) ? argument : resolve(folder, argument)
  }
  return launch
}

export const isCaseFile = (path: string): boolean => !path.startsWith('-') && /\.huntcase$/i.test(path)
