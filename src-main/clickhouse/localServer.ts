import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, openSync, closeSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '#contract/appError'

/** A real ClickHouse on loopback, for tests and the demo. Its data goes with it unless it was given a folder. */
export type ClickhouseServer = { url: string; stop(): Promise<void> }
export type LocalServerOptions = {
  /** A free one when left out. */
  port?: number
  /** Keeps the data here, so that a server started later has it again. */
  folder?: string
  /** In which zone the server writes times without one; UTC when left out. */
  timeZone?: string
  /** USERS when left out. */
  users?: readonly ClickhouseUser[]
}
/** `readonly` as in ClickHouse: 0 may write, 1 may only read and set nothing, 2 may only read. */
export type ClickhouseUser = {
  name: string
  password: string
  readonly: 0 | 1 | 2
  /** All that the user may do, as GRANT statements; everything when left out. */
  grants?: readonly string[]
}

export const USERS = {
  soc: { name: 'soc', password: 'secret', readonly: 0 },
  reader: { name: 'reader', password: 'reader', readonly: 1 },
  analyst: { name: 'analyst', password: 'analyst', readonly: 2 },
} as const satisfies Record<string, ClickhouseUser>

const START_MS = 60_000

type Packages = { from: string; library: string }

/** Two folders up is the root, from the sources and from the build. */
const ENGINE = join(import.meta.dirname, '..', '..', 'test', 'clickhouse', 'engine')
/** What is installed there; test/clickhouse/engine/package.json names the same. */
export const ENGINE_PACKAGES = { '@chdb/lib-linux-x64-gnu': '26.7.3-stable.1', 'ffi-rs': '1.3.7' } as const
/** Beside this file when run from source, beside the bundle after a build. */
const CHILD = import.meta.url.endsWith('.ts') ? 'localServerChild.ts' : 'localServerChild.js'

/**
 * Where ClickHouse lies as a library: the npm packages @chdb/lib-linux-x64-gnu (546 MB, Apache-2.0) and ffi-rs (MIT). They
 * are no dependency of the program: `npm test` and `huntbench demo` install them in test/clickhouse/engine where they exist
 * for the machine, and HUNTBENCH_CLICKHOUSE names another folder that has them. Null: not installed.
 */
function installed(): Packages | null {
  const library = `@chdb/lib-${process.platform}-${process.arch}${process.platform === 'linux' ? '-gnu' : ''}`
  for (const folder of [process.env['HUNTBENCH_CLICKHOUSE'], ENGINE]) {
    if (folder === undefined || folder === '') continue
    const from = join(folder, 'package.json')
    const { resolve } = createRequire(from)
    try {
      resolve('ffi-rs')
      const path = join(resolve(`${library}/package.json`), '..', 'libchdb.so')
      if (existsSync(path)) return { from, library: path }
    } catch {
      // Not in this folder.
    }
  }
  return null
}

/** Why there is no ClickHouse to start; null when there is one. */
export const clickhouseMissing = (): string | null => (installed() ? null : missing())

function missing(): string {
  const { platform, arch } = process
  if (platform !== 'linux' || arch !== 'x64')
    return `There is no ClickHouse for ${platform} ${arch} that could be started here: it exists for Linux x64.`
  if (existsSync(ENGINE))
    return 'ClickHouse is not installed here: npm ci in test/clickhouse/engine installs it (546 MB).'
  const packages = Object.entries(ENGINE_PACKAGES).map(([name, version]) => `${name}@${version}`)
  return `ClickHouse is no part of this program. Run npm install ${packages.join(' ')} in a folder of its own and name that folder in HUNTBENCH_CLICKHOUSE.`
}

/** Starts a server and waits until it answers. It ends with this process at the latest. */
export async function startClickhouse(options: LocalServerOptions = {}): Promise<ClickhouseServer> {
  const packages = installed()
  if (!packages) throw new AppError('unavailable', missing())
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'huntbench-clickhouse-'))
  const port = options.port ?? (await freePort())
  // Another server may take the port in between: its name tells.
  const name = `huntbench-${port}-${process.pid}`
  writeFileSync(join(folder, 'users.xml'), usersXml(options.users ?? Object.values(USERS)))
  writeFileSync(join(folder, 'config.xml'), configXml(folder, name))
  mkdirSync(join(folder, 'data'), { recursive: true })
  const log = openSync(join(folder, 'server.log'), 'a')
  const argv = [
    'clickhouse-local',
    ...['--config-file', join(folder, 'config.xml'), '--path', join(folder, 'data')],
    ...['--listen_host', '127.0.0.1', '--http_port', String(port)],
    ...['--query', `SYSTEM START LISTEN HTTP; ${STAY}`],
  ]
  const child = spawn(
    process.execPath,
    [
      join(import.meta.dirname, CHILD),
      JSON.stringify({
        packages: packages.from,
        library: packages.library,
        argv,
        remove: options.folder === undefined ? folder : null,
      }),
    ],
    { stdio: ['pipe', log, log], env: { ...process.env, TZ: options.timeZone ?? 'UTC' } },
  )
  closeSync(log)
  const ended = new Promise<void>((resolve) => void child.once('exit', () => resolve()))
  let running = true
  void ended.then(() => (running = false))
  const url = `http://127.0.0.1:${port}`
  const stop = async (): Promise<void> => {
    // At once, as a machine goes: it answers nothing more while its folder is removed.
    child.kill('SIGKILL')
    await ended
    if (options.folder === undefined) rmSync(folder, { recursive: true, force: true })
  }
  const until = Date.now() + START_MS
  while ((await nameOf(url)) !== name) {
    if (!running || Date.now() > until) {
      const said = readFileSync(join(folder, 'server.log'), 'utf8').slice(-2_000)
      await stop()
      const taken = /Address already in use|EADDRINUSE/.test(said) ? ` Port ${port} is taken.` : ''
      throw new AppError('unavailable', `ClickHouse did not start.${taken}`, { said })
    }
    await sleep(25)
  }
  return { url, stop }
}

/** The program ends when its query has, so the query never does. */
const STAY =
  'SELECT sleepEachRow(0.2) FROM system.numbers FORMAT Null SETTINGS max_block_size = 1, function_sleep_max_microseconds_per_block = 0, log_queries = 0, readonly = 2'

const nameOf = (url: string): Promise<string | null> =>
  fetch(`${url}/?query=SELECT+1`).then(
    (response) => response.headers.get('x-clickhouse-server-display-name'),
    () => null,
  )

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** What the local program turns on and a server has off. */
const AS_SERVER = '<implicit_select>0</implicit_select><allow_introspection_functions>0</allow_introspection_functions>'

function usersXml(users: readonly ClickhouseUser[]): string {
  const profiles = users.map(
    ({ name, readonly }) =>
      `<p_${name}>${AS_SERVER}${readonly === 0 ? '' : `<readonly>${readonly}</readonly>`}</p_${name}>`,
  )
  const entries = users.map(
    ({ name, password, grants }) =>
      `<${name}><password>${password}</password><networks><ip>127.0.0.1</ip></networks><profile>p_${name}</profile><quota>default</quota>${
        grants === undefined ? '' : `<grants>${grants.map((grant) => `<query>${grant}</query>`).join('')}</grants>`
      }</${name}>`,
  )
  // The query that keeps the program alive and the dictionaries run as `default`, which cannot have a password. It may do no
  // more than they need: any page in a browser can send statements to loopback, and ClickHouse can read files and send them.
  return `<clickhouse><profiles><default>${AS_SERVER}</default>${profiles.join('')}</profiles>
<users><default><password></password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota><grants><query>GRANT SELECT ON *.*</query><query>GRANT SYSTEM LISTEN ON *.*</query></grants></default>${entries.join('')}</users>
<quotas><default/></quotas></clickhouse>\n`
}

const configXml = (folder: string, name: string): string =>
  `<clickhouse><display_name>${name}</display_name><users_config>${folder}/users.xml</users_config>
<user_directories><users_xml><path>${folder}/users.xml</path></users_xml></user_directories>
<max_server_memory_usage>4000000000</max_server_memory_usage><mark_cache_size>67108864</mark_cache_size>
<uncompressed_cache_size>0</uncompressed_cache_size></clickhouse>\n`
