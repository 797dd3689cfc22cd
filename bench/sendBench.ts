import { startClickhouse } from '../src-main/clickhouse/localServer.ts'
import { importInto, startProduct } from './product.ts'
import { connect } from './socBench.ts'

/** Imports a file and sends its dataset to a ClickHouse on this computer: seconds of both, the count check included. */
export async function sendBench(path: string): Promise<string> {
  const server = await startClickhouse({ users: [{ name: 'bench', password: '', readonly: 0 }] })
  const product = await startProduct()
  const { client } = product
  try {
    const connection = await connect(product, server.url, 'bench')
    const began = performance.now()
    const { datasetId, rows } = await importInto(product, path)
    const imported = (performance.now() - began) / 1000
    const started = performance.now()
    const job = await client.finished((await client.call('copies.send', { connection, datasetId })).jobId)
    if (job.state !== 'succeeded') throw new Error(`Sending ${job.state}: ${job.failure?.message}`)
    const sent = (performance.now() - started) / 1000
    const { copies } = await client.call('copies.list', { datasetId })
    const copy = copies[0]?.id
    const asked = performance.now()
    const { count } = await client.call('rows.count', { datasetId, copy, q: 'netsvcs' })
    const counted = (performance.now() - asked) / 1000
    return [
      `| step, ${rows.toLocaleString('en')} rows | seconds | beside the import |`,
      '|---|---|---|',
      `| import | ${imported.toFixed(2)} | 1.00 |`,
      `| sent, and counted there | ${sent.toFixed(2)} | ${(sent / imported).toFixed(2)} |`,
      `| a word in any cell, asked of the copy (${count.toLocaleString('en')} rows) | ${counted.toFixed(2)} | - |`,
    ].join('\n')
  } finally {
    await product.close()
    await server.stop()
  }
}
