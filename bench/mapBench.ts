import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright'
import { findBrowser } from '../scripts/findBrowser.mjs'
import { programStart } from '../scripts/paths.mjs'
import { median } from './measure.ts'
import { importInto, startProduct } from './product.ts'

/** The picture that must stay quick, and the one that opens through folding. */
const DRAWN = { nodes: 2_000, edges: 5_000 }
const FOLDED = { nodes: 20_000, edges: 50_000 }
/** In the page: a list that grows by the milliseconds between each two frames. */
const FRAMES = `(() => {
  const gaps = []
  let last = performance.now()
  const tick = (now) => {
    gaps.push(now - last)
    last = now
    requestAnimationFrame(tick)
  }
  requestAnimationFrame(tick)
  return gaps
})()`
const WINDOW = { width: 1_440, height: 900 }
/** The page asks for so many nodes and edges by itself; the first measurement wants them all on screen. */
const ALL = 'nodes=2500&edges=6000'

/**
 * The network map: SQLite's counting of a large dataset, then the page in Chromium: how long until a picture stands, how many
 * frames a second it is moved with, and the longest time in which the page answered nothing.
 */
export async function mapBench(path: string): Promise<string> {
  if (!existsSync(join(import.meta.dirname, '..', 'out', 'main', 'headless.js')))
    throw new Error('Build first: npm run build')
  const lines = ['| map | |', '|---|---|', ...(await counting(path))]
  const folder = mkdtempSync(join(tmpdir(), 'huntbench-map-'))
  try {
    for (const { nodes, edges } of [DRAWN, FOLDED]) {
      const file = join(folder, `net ${nodes}.csv`)
      writeFileSync(file, network(nodes, edges))
      const { command, args, env } = programStart('cli.js', [
        'import',
        file,
        '--hunt',
        `net ${nodes}`,
        '--workspace',
        folder,
      ])
      const { status, stderr } = spawnSync(command, args, { env, encoding: 'utf8' })
      if (status !== 0) throw new Error(stderr)
    }
    lines.push(...(await inChromium(folder)))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return lines.join('\n')
}

/** The network of the whole file and of parts of it, asked as the page asks. */
async function counting(path: string): Promise<string[]> {
  const product = await startProduct()
  try {
    const { huntId, rows } = await importInto(product, path)
    const timed = async (from: string): Promise<number> => {
      const started = performance.now()
      await product.client.call('networkMap.build', { huntId, from })
      return performance.now() - started
    }
    const first = await timed('2000-01-01T00:00:00Z')
    const others = [
      await timed('2000-01-02T00:00:00Z'),
      await timed('2000-01-03T00:00:00Z'),
      await timed('2000-01-04T00:00:00Z'),
    ]
    const { all } = await product.client.call('networkMap.build', { huntId, from: '2000-01-04T00:00:00Z' })
    const kept = performance.now()
    await product.client.call('networkMap.edges', { huntId, from: '2000-01-04T00:00:00Z', only: 'folded' })
    return [
      `| network of ${rows.toLocaleString('en')} rows: ${all.nodes.toLocaleString('en')} nodes, ${all.edges.toLocaleString('en')} edges, first time, hosts included | ${(first / 1000).toFixed(1)} s |`,
      `| the same for another question | ${(median(others) / 1000).toFixed(1)} s |`,
      `| a page of its table | ${(performance.now() - kept).toFixed(0)} ms |`,
    ]
  } finally {
    await product.close()
  }
}

/** Connections like those of an office: servers that many talk to, and a tail of rare contacts. */
function network(nodes: number, edges: number): string {
  let state = 11
  const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
  const address = (n: number): string => `10.${n >> 14}.${(n >> 7) & 127}.${(n & 127) + 1}`
  const lines = ['ts,src_ip,dst_ip,dst_port,orig_bytes']
  for (let n = 1; n < nodes; n++) lines.push(line(n, Math.floor(n * random() ** 2)))
  while (lines.length <= edges) {
    const [a, b] = [Math.floor(nodes * random()), Math.floor(nodes * random() ** 3)]
    if (a !== b) lines.push(line(a, b))
  }
  function line(a: number, b: number): string {
    return `2024-01-01T${String(lines.length % 24).padStart(2, '0')}:00:00Z,${address(a)},${address(b)},443,${Math.floor(random() * 9_000)}`
  }
  return `${lines.join('\n')}\n`
}

async function inChromium(folder: string): Promise<string[]> {
  const { command, args, env } = programStart('headless.js', ['--no-open', '--port', '0', '--workspace', folder])
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'], env })
  const executablePath = findBrowser()
  const browser = await chromium.launch(executablePath === undefined ? {} : { executablePath })
  try {
    const address = await new Promise<string>((resolve, reject) => {
      child.once('exit', () => reject(new Error('The shell ended at once.')))
      child.stdout.on('data', (chunk: Buffer) => {
        const found = /http:\/\/\S+/.exec(chunk.toString())
        if (found) resolve(found[0])
      })
    })
    const page = await (await browser.newContext({ viewport: WINDOW })).newPage()
    await page.goto(address)
    return [...(await measured(page, DRAWN.nodes, ALL)), ...(await measured(page, FOLDED.nodes, ''))]
  } finally {
    await browser.close()
    child.removeAllListeners('exit')
    child.kill('SIGTERM')
    await new Promise((resolve) => child.once('exit', resolve))
  }
}

async function measured(page: Page, nodes: number, params: string): Promise<string[]> {
  await page.evaluate("location.hash = '/hunts'")
  await page
    .getByRole('link', { name: new RegExp(`net ${nodes}\\b`) })
    .first()
    .click()
  await page.waitForURL(/#\/h\//)
  const hunt = /h\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? ''
  const frames = await page.evaluateHandle<number[]>(FRAMES)
  const during = async (act: () => Promise<void>): Promise<{ ms: number; fps: number; stall: number }> => {
    await frames.evaluate((gaps) => void gaps.splice(0))
    const started = performance.now()
    await act()
    const ms = performance.now() - started
    const gaps = await frames.jsonValue()
    return { ms, fps: gaps.length / (gaps.reduce((sum, gap) => sum + gap, 0) / 1_000), stall: Math.max(...gaps) }
  }
  const open = await during(async () => {
    await page.evaluate(`location.hash = '/h/${hunt}/map/network?view=map&${params}'`)
    await page.locator('.graph-canvas').waitFor({ timeout: 60_000 })
    await page.locator('.network-picture:not(.view-dim)').waitFor({ timeout: 60_000 })
  })
  const said = await page.getByRole('status').filter({ hasText: 'nodes' }).innerText()
  await page.waitForTimeout(1_500)
  const pan = await during(async () => {
    await page.mouse.move(200, 640)
    await page.mouse.down()
    for (let n = 0; n < 120; n++) await page.mouse.move(200 + n * 5, 640 - n * 3)
    await page.mouse.up()
  })
  await page.waitForTimeout(500)
  const zoom = await during(async () => {
    await page.mouse.move(720, 420)
    for (let n = 0; n < 60; n++) {
      await page.mouse.wheel(0, n < 30 ? -80 : 80)
      await page.waitForTimeout(16)
    }
  })
  return [
    `| ${said}: until the picture stands | ${(open.ms / 1_000).toFixed(1)} s, longest pause of the page ${open.stall.toFixed(0)} ms |`,
    `| ... moved with the mouse | ${pan.fps.toFixed(0)} frames a second |`,
    `| ... zoomed with the wheel | ${zoom.fps.toFixed(0)} frames a second |`,
  ]
}
