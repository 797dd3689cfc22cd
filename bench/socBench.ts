import { loadavg } from 'node:os'
import { join } from 'node:path'
import type { PanelShape } from '#contract/soc'
import { startDemo } from '../src-main/app.ts'
import { timeCalls } from './measure.ts'
import { startProduct, type Product } from './product.ts'
import { socPaint, type PaintedScreen } from './socPaint.ts'

/** What is opened on screens that are about one thing: one of the newest detections. */
type Opened = { ip: string; ja4: string; campaign: number }
/** Each screen is asked so often; the first time is the first paint of an analyst who comes to it. */
const TIMES = 3

/**
 * Fills a ClickHouse with so many requests and asks, for each screen of the console, all parts of its panels at once as the
 * page does: milliseconds until the first part and until all are there; parts that failed are named. Then the page itself, in
 * a browser: until the first panel shows data, and until all do.
 */
export async function socBench(requests: number): Promise<string> {
  const began = performance.now()
  const demo = await startDemo({ resources: join(import.meta.dirname, '..', 'resources'), port: 18_199, requests })
  const filled = (performance.now() - began) / 1000
  const product = await startProduct()
  try {
    const connection = await connect(product, demo.url, demo.user)
    const told = await someone(product, connection)
    const lines = await askedScreens(product, connection, told)
    // The page has a program of its own.
    await product.end()
    const busy = loadavg()[0]?.toFixed(1) ?? 'unknown'
    const painted = await socPaint(product.folder, connection, screensOf(told))
    return [
      `${demo.requests.toLocaleString('en')} requests in http_logs, made in ${filled.toFixed(0)} s.`,
      '',
      '| screen, as calls | parts | first answer, ms | all, first time | all, median | slowest | no answer |',
      '|---|---|---|---|---|---|---|',
      ...lines,
      '',
      `From the click to the picture, at a load of ${busy} before and ${loadavg()[0]?.toFixed(1) ?? 'unknown'} after (the browser, the program and ClickHouse among it):`,
      '',
      ...painted,
    ].join('\n')
  } finally {
    await product.close()
    await demo.stop()
  }
}

/** A line for each screen: all parts of its panels, asked at once. */
export async function askedScreens(product: Product, connection: string, told: Opened): Promise<string[]> {
  const { panels } = await product.client.call('soc.panels', {})
  const lines: string[] = []
  for (const screen of new Set(panels.map((panel) => panel.screen))) {
    const asked = panels.filter((panel) => panel.screen === screen)
    const firsts: number[] = []
    const failed = new Set<string>()
    let cold: number | null = null
    const { median, worst } = await timeCalls(TIMES, async () => {
      const started = performance.now()
      const answers = await askAll(product, connection, asked, told, () => firsts.push(performance.now() - started))
      cold ??= performance.now() - started
      for (const name of answers) failed.add(name)
    })
    const first = Math.min(...firsts)
    const parts = asked.reduce((sum, panel) => sum + panel.parts.length, 0)
    lines.push(
      `| ${screen} | ${parts} | ${first.toFixed(0)} | ${(cold ?? 0).toFixed(0)} | ${median.toFixed(0)} | ${worst.toFixed(0)} | ${[...failed].join(', ') || '-'} |`,
    )
  }
  return lines
}

/** Every tab, and the parts of tabs that are shown one at a time. */
export const screensOf = ({ ip, ja4, campaign }: Opened): PaintedScreen[] => [
  { name: 'Overview', path: 'overview' },
  { name: 'Detections', path: 'detections' },
  { name: 'Detections: scores', path: 'detections?show=scores' },
  { name: 'Detections: recurrence', path: 'detections?show=recurrence' },
  { name: 'Detections: classify', path: 'detections?show=classify' },
  { name: 'Traffic', path: 'traffic' },
  { name: 'Traffic: where and when', path: 'traffic?show=where' },
  { name: 'Fingerprints', path: 'fingerprints' },
  { name: 'Fingerprints: signatures', path: 'fingerprints?show=signatures' },
  { name: 'Fingerprints: discovery, all of 7 days', path: 'fingerprints?show=discovery' },
  { name: 'Behaviour: threat patterns', path: 'behaviour' },
  { name: 'Behaviour: live feed', path: 'behaviour?show=live' },
  { name: 'Behaviour: sessions', path: 'behaviour?show=sessions' },
  { name: 'Behaviour: features', path: 'behaviour?show=features' },
  { name: 'Campaigns', path: 'campaigns' },
  { name: 'A campaign', path: `campaigns?campaign=${campaign}` },
  { name: 'Models', path: 'models' },
  { name: 'Reference lists', path: 'lists' },
  { name: 'Health', path: 'health' },
  { name: 'An address', path: `address/${encodeURIComponent(ip)}` },
  { name: 'A JA4', path: `ja4/${encodeURIComponent(ja4)}` },
]

export async function connect({ client }: Product, url: string, user: string): Promise<string> {
  const draft = { name: 'bench', url, user, allowWrite: true, maxSeconds: 300, askAboveRows: 1_000_000_000_000 }
  return (await client.call('connections.create', { connection: draft })).id
}

/** An address, a JA4 and a campaign that are there. */
export async function someone({ client }: Product, connection: string): Promise<Opened> {
  const first = async (panel: string, part: string, params: { limit?: number }) => {
    const asked = { connection, panel, only: [part], consent: true, params: { ...params } }
    return (await client.call('soc.panel', asked)).parts[0]?.rows[0] ?? {}
  }
  const row = await first('detections', 'rows', { limit: 1 })
  const campaign = await first('campaigns', 'rows', {})
  return { ip: String(row['src_ip']), ja4: String(row['ja4']), campaign: Number(campaign['campaign_id']) }
}

/** Asks every part alone, all at once. Names of those that failed. */
async function askAll(
  { client }: Product,
  connection: string,
  panels: readonly PanelShape[],
  opened: Opened,
  onAnswer: () => void,
): Promise<string[]> {
  const failed: string[] = []
  await Promise.all(
    panels.flatMap(({ id, parts, filters }) =>
      parts.map(async ({ name }) => {
        const own = Object.fromEntries(Object.entries(opened).filter(([key]) => filters.includes(key)))
        const asked = { connection, panel: id, only: [name], params: own, consent: true }
        const answer = await client.call('soc.panel', asked).catch(() => null)
        onAnswer()
        if (answer === null || answer.parts.some(({ failure }) => failure !== null)) failed.push(`${id}.${name}`)
      }),
    ),
  )
  return failed
}
