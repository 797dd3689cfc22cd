import { rmSync } from 'node:fs'
import { generateEvents } from './generateEvents.ts'
import { timeCalls } from './measure.ts'
import { importInto, startProduct } from './product.ts'

/** Two hunts of one dataset each, of the same network at another time: what they have in common. Milliseconds. */
export async function correlationBench(path: string, rows: number): Promise<string> {
  const otherPath = path.replace(/\.csv$/, '-2.csv')
  await generateEvents(otherPath, rows, 2)
  const product = await startProduct()
  const { call } = product.client
  const [one, other] = [await importInto(product, path, 'one'), await importInto(product, otherPath, 'other')]
  await product.app.settled()
  const huntIds = [one.huntId, other.huntId]
  const lines: string[] = []
  const started = performance.now()
  const { summary, iocs, distinct } = await call('correlation.run', { huntIds })
  lines.push(`| two hunts compared, the first time | ${(performance.now() - started).toFixed(0)} | once |`)
  const time = async (what: string, run: (n: number) => Promise<unknown>): Promise<void> => {
    const { median, worst } = await timeCalls(5, run)
    lines.push(`| ${what} | ${median.toFixed(0)} | ${worst.toFixed(0)} |`)
  }
  await time('again, another page', (n) => call('correlation.run', { huntIds, offset: n * 50, limit: 50 }))
  await time('all hunts, without private addresses', (n) =>
    call('correlation.all', { hide: ['private'], offset: n * 50, limit: 50 }),
  )
  await time('every place of an indicator', (n) =>
    call('correlation.findIoc', { value: iocs[n % iocs.length]?.value ?? '', limit: 50 }),
  )
  await product.close()
  rmSync(otherPath, { force: true })
  return [
    `Two datasets of ${rows.toLocaleString('en')} rows, ${distinct.toLocaleString('en')} distinct indicators: ${summary}`,
    '',
    '| correlation | ms (median) | slowest |',
    '|---|---|---|',
    ...lines,
  ].join('\n')
}
