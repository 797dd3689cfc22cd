import { join } from 'node:path'
import type { PanelShape } from '#contract/soc'
import { startDemo } from '../src-main/app.ts'
import { timeCalls } from './measure.ts'
import { startProduct, type Product } from './product.ts'

/** What is opened on screens that are about one thing: one of the newest detections. */
type Opened = { ip: string; ja4: string; campaign: number }
/** Each screen is asked so often; the first time is the first paint of an analyst who comes to it. */
const TIMES = 3

/**
 * Fills a ClickHouse with so many requests and asks, for each screen of the console, all parts of its panels at once as the
 * page does. Milliseconds until the first part and until all are there; parts that failed are named.
 */
export async function socBench(requests: number): Promise<string> {
  const began = performance.now()
  const demo = await startDemo({ resources: join(import.meta.dirname, '..', 'resources'), port: 18_199, requests })
  const filled = (performance.now() - began) / 1000
  const product = await startProduct()
  try {
    const connection = await connect(product, demo.url, demo.user)
    const { panels } = await product.client.call('soc.panels', {})
    const told = await someone(product, connection)
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
    return [
      `${demo.requests.toLocaleString('en')} requests in http_logs, made in ${filled.toFixed(0)} s.`,
      '',
      '| screen | parts | first answer, ms | all, first time | all, median | slowest | no answer |',
      '|---|---|---|---|---|---|---|',
      ...lines,
    ].join('\n')
  } finally {
    await product.close()
    await demo.stop()
  }
}

export async function connect({ client }: Product, url: string, user: string): Promise<string> {
  const draft = { name: 'bench', url, user, allowWrite: true, maxSeconds: 300, askAboveRows: 1_000_000_000_000 }
  return (await client.call('connections.create', { connection: draft })).id
}

/** An address, a JA4 and a campaign that are there. */
async function someone({ client }: Product, connection: string): Promise<Opened> {
  const { parts } = await client.call('soc.panel', {
    ...{ connection, panel: 'detections', only: ['rows'], consent: true },
    params: { limit: 1, sort: 'campaign_id' },
  })
  const row = parts[0]?.rows[0] ?? {}
  return { ip: String(row['src_ip']), ja4: String(row['ja4']), campaign: Number(row['campaign_id']) }
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
