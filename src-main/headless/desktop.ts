import { spawn } from 'node:child_process'

/** The command that opens an address in the browser of the user; undefined where there is no desktop to show it on. */
export function openCommand(
  address: string,
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv,
): [string, string[]] | undefined {
  if (platform === 'darwin') return ['open', [address]]
  // Not `cmd /c start`: it would read the & of an address as its own.
  if (platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', address]]
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? ['xdg-open', [address]] : undefined
}

/** Opens the browser where there is one. Nothing depends on it: the address is printed as well. */
export function openBrowser(address: () => string): void {
  if (!openCommand('', process.platform, process.env)) return
  const [command, args] = openCommand(address(), process.platform, process.env) ?? ['', []]
  const child = spawn(command, args, { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
}
