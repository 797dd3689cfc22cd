// Finds the browser in which the page is tested.
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { runQuietly } from './run.mjs'

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
]

const macPaths = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
]

const windowsPaths = () =>
  ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
    .map((name) => process.env[name])
    .filter(Boolean)
    .flatMap((folder) => [
      join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ])

/** Path of a Chromium, Chrome or Edge; CHROME_PATH goes first. undefined when there is none. */
export function findBrowser() {
  const named = process.env.CHROME_PATH
  const candidates = [
    ...(named ? [named] : []),
    ...(process.platform === 'darwin' ? macPaths : []),
    ...(process.platform === 'win32' ? windowsPaths() : []),
    ...(process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name))),
  ]
  return candidates.find(runnable)
}

/** As findBrowser; on Debian as root a missing browser is installed. Throws with a sentence when there is none in the end. */
export async function ensureBrowser() {
  const found = findBrowser()
  if (found) return found
  if (process.platform === 'linux' && process.getuid() === 0 && existsSync('/etc/debian_version')) {
    process.stderr.write(
      'Installing Chromium for the end to end tests (apt-get install chromium); this happens once.\n',
    )
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    await runQuietly('apt-get', ['update', '-q'], { env })
    const { code, output } = await runQuietly(
      'apt-get',
      ['install', '-y', '-q', '--no-install-recommends', 'chromium'],
      { env },
    )
    const installed = findBrowser()
    if (code === 0 && installed) return installed
    throw new Error(
      `${output}Chromium could not be installed. Install it, or set CHROME_PATH to a Chromium, Chrome or Edge.`,
    )
  }
  throw new Error('The end to end tests need Chromium, Chrome or Edge. Install one, or set CHROME_PATH to it.')
}

function runnable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
