import { timeCalls } from './measure.ts'
import { importInto, startProduct } from './product.ts'

/** Times the questions that the grid and the overview ask, over one dataset, as the page asks them. Milliseconds. */
export async function questionsBench(path: string): Promise<string> {
  const product = await startProduct()
  const { call } = product.client
  const { datasetId, huntId, rows } = await importInto(product, path)
  const lines: string[] = []
  const time = async (what: string, times: number, run: (n: number) => Promise<unknown>): Promise<void> => {
    const { median, worst } = await timeCalls(times, run)
    lines.push(`| ${what} | ${median.toFixed(1)} | ${worst.toFixed(1)} |`)
  }
  const once = async (what: string, run: () => Promise<unknown>): Promise<void> => {
    const started = performance.now()
    await run()
    const ms = performance.now() - started
    lines.push(`| ${what} | ${ms.toFixed(0)} | once |`)
  }
  const deep = (n: number): number => Math.floor((rows * ((n * 7919) % 1000)) / 1000)

  await time('page of 200 rows, anywhere, order of the source', 100, (n) =>
    call('rows.page', { datasetId, offset: deep(n), limit: 200 }),
  )
  await once('first page sorted by a text column', () =>
    call('rows.page', { datasetId, sort: { column: 'CommandLine' }, limit: 200 }),
  )
  await time('page of 200 rows, anywhere, sorted by text', 100, (n) =>
    call('rows.page', { datasetId, sort: { column: 'CommandLine' }, offset: deep(n), limit: 200 }),
  )
  await once('first page sorted by a number column', () =>
    call('rows.page', { datasetId, sort: { column: 'ProcessId', descending: true }, limit: 200 }),
  )
  await once('first page sorted by time', () =>
    call('rows.page', { datasetId, sort: { column: '_time', descending: true }, limit: 200 }),
  )
  await once('count of a word in any cell', () => call('rows.count', { datasetId, q: 'netsvcs' }))
  await once('count of a value in one column', () => call('rows.count', { datasetId, q: 'Computer:"SRV-LON0001"' }))
  await once('facet of host names', () => call('rows.facets', { datasetId, column: 'Computer' }))
  await time('histogram of 60 stretches', 5, () => call('rows.histogram', { datasetId }))
  await time('overview of the hunt', 5, () => call('hunts.overview', { id: huntId }))
  await once('all six analyzers over every row', async () => {
    const { jobId } = await call('analyzers.run', { datasetId, autoCreate: false })
    const job = await product.client.finished(jobId)
    if (job.state !== 'succeeded') throw new Error(`The analyzers ${job.state}: ${job.failure?.message}`)
  })
  await once('delete of the dataset', () => call('datasets.delete', { id: datasetId }))
  await product.close()
  return ['| question | ms (median) | slowest |', '|---|---|---|', ...lines].join('\n')
}
