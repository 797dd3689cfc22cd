import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'

export type Surroundings = { env: NodeJS.ProcessEnv; platform: NodeJS.Platform; home: string }

const here = (): Surroundings => ({ env: process.env, platform: process.platform, home: homedir() })

/** Where the workspace is: what was asked for, else HUNTBENCH_WORKSPACE, else the folder for application data of this user. */
export function workspaceFolder(asked: string | undefined, around: Surroundings = here()): string {
  const named = asked || around.env['HUNTBENCH_WORKSPACE']
  return named ? resolve(named) : defaultFolder(around)
}

function defaultFolder({ env, platform, home }: Surroundings): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Huntbench')
  if (platform === 'win32') return join(env['APPDATA'] || join(home, 'AppData', 'Roaming'), 'Huntbench')
  // The XDG specification: a path that is not absolute is to be ignored.
  const data = env['XDG_DATA_HOME']
  return join(data && isAbsolute(data) ? data : join(home, '.local', 'share'), 'huntbench')
}
