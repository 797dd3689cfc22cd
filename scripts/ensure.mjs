// Makes the program ready to run: installs what the lock file names and builds what the sources say, when they are not there yet.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { programNode, root, tool } from './paths.mjs'
import { runQuietly } from './run.mjs'

const NODE_MIN = 20
/** How long another process may take to install and build before this one gives up waiting. */
const OTHER_MS_MAX = 15 * 60_000

const say = (line) => process.stderr.write(`${line}\n`)

/** Installs and builds what is missing. Ends this process with a sentence when that fails. Writes to stderr only. */
export async function ensure({ build = true } = {}) {
  if (Number(process.versions.node.split('.')[0]) < NODE_MIN) {
    fail(`Huntbench needs Node ${NODE_MIN} or later to start; this is Node ${process.versions.node}.`)
  }
  if (installed() && (!build || built())) return
  await alone(async () => {
    if (!installed()) await install()
    if (build && !built()) await buildNow()
  })
}

/** npm writes node_modules/.package-lock.json last: it says what is really there. */
function installed() {
  const hidden = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(hidden) || !programNode()) return false
  try {
    const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
    const there = JSON.parse(readFileSync(hidden, 'utf8')).packages
    return Object.entries(wanted).every(
      ([path, { version, optional }]) => path === '' || there[path]?.version === version || (optional && !there[path]),
    )
  } catch {
    return false
  }
}

async function install() {
  say('Installing what the lock file names (npm ci); this happens once.')
  const options = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  const npm = process.env.npm_execpath
  const { code, output } =
    npm && /\.[cm]?js$/.test(npm)
      ? await runQuietly(process.execPath, [npm, ...options], { cwd: root })
      : await runQuietly('npm', options, { cwd: root, shell: process.platform === 'win32' })
  if (code !== 0) fail(`${output}npm ci failed. Check that npm can reach its registry, then start again.`)
  // npm may be told to run no install scripts; the package "node" fetches its Node in one, and only that one is needed.
  if (!programNode()) await runQuietly(process.execPath, ['installArchSpecificPackage.js'], { cwd: tool('node') })
  if (!programNode())
    fail('Node 24 (package "node") could not be installed. Check that npm can reach its registry, then start again.')
}

const stamp = join(root, 'out', '.built')

const built = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === sourcesHash()

/** Of everything the build reads. Tests are left out: they never reach the program. */
function sourcesHash() {
  const hash = createHash('sha256')
  const files = [
    'package.json',
    'package-lock.json',
    'electron.vite.config.ts',
    'tsconfig.base.json',
    'src-main',
    'src-preload',
    'src-renderer',
    'src-shared',
    'resources',
  ]
  for (const file of files.flatMap((name) => filesBelow(join(root, name)))) {
    hash.update(`${relative(root, file)}\0`).update(createHash('sha256').update(readFileSync(file)).digest())
  }
  return hash.digest('hex')
}

function filesBelow(path) {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  return entries.flatMap((entry) => {
    const child = join(path, entry.name)
    if (entry.isDirectory()) return filesBelow(child)
    return /\.test\.tsx?$/.test(entry.name) ? [] : [child]
  })
}

async function buildNow() {
  say('Building.')
  const hash = sourcesHash()
  rmSync(stamp, { force: true })
  const { code, output } = await runQuietly(
    programNode(),
    [tool('electron-vite', 'bin', 'electron-vite.js'), 'build', '--logLevel', 'warn'],
    { cwd: root },
  )
  if (code !== 0) fail(`${output}The build failed; what it said is above.`)
  writeFileSync(stamp, hash)
}

/** Two starts at once would install and build into each other. The lock of a process that died is taken over. */
async function alone(work) {
  const lock = join(root, '.cache', 'ensure.lock')
  mkdirSync(join(root, '.cache'), { recursive: true })
  const until = Date.now() + OTHER_MS_MAX
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      if (!holderLives(lock)) rmSync(lock, { force: true })
      else if (Date.now() > until)
        fail(
          `Another start has been preparing the program for too long. Remove ${relative(root, lock)} when none is running.`,
        )
      else await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
  const release = () => rmSync(lock, { force: true })
  process.once('exit', release)
  try {
    await work()
  } finally {
    release()
    process.off('exit', release)
  }
}

function holderLives(lock) {
  try {
    process.kill(Number(readFileSync(lock, 'utf8')) || -1, 0)
    return true
  } catch (error) {
    // Between the making of the file and the writing of the number it is empty: young files count as held.
    return error.code === 'EPERM' || (existsSync(lock) && Date.now() - statSync(lock).mtimeMs < 1_000)
  }
}

function fail(sentence) {
  say(sentence)
  process.exit(1)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (process.argv.includes('--force')) rmSync(stamp, { force: true })
  await ensure({ build: !process.argv.includes('--no-build') })
}
