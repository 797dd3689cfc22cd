import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp, type App } from '../src-main/app.ts'
import { openClient, type Client } from '../src-main/testing/client.ts'
import { testPorts } from '../src-main/testing/ports.ts'

export type Product = {
  app: App
  client: Client
  folder: string
  /** Ends the program; another one may then take its folder. */
  end(): Promise<void>
  /** Ends it where it still runs, and removes the folder. */
  close(): Promise<void>
}

/** The whole application on a workspace of its own, as the shells run it. */
export async function startProduct(): Promise<Product> {
  const folder = mkdtempSync(join(tmpdir(), 'huntbench-bench-'))
  const app = await createApp({
    ...testPorts(folder),
    log: (level, message, detail) => {
      if (level === 'error') console.error(message, detail)
    },
  })
  const client = openClient(app)
  let ended: Promise<void> | undefined
  const end = (): Promise<void> => {
    if (ended === undefined) client.close()
    return (ended ??= app.close())
  }
  return {
    app,
    client,
    folder,
    end,
    async close() {
      await end()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Imports a file and answers its dataset; fails when the import does. */
export async function importInto(
  product: Product,
  path: string,
  huntName = 'bench',
): Promise<{ datasetId: string; huntId: string; rows: number; quarantined: number }> {
  const hunt = await product.client.call('hunts.create', { name: huntName, analyzeOnImport: false })
  const ticket = await product.app.files.offer(path)
  const { jobId } = await product.client.call('datasets.import', { huntId: hunt.id, files: [{ ticket }] })
  const job = await product.client.finished(jobId)
  if (job.state !== 'succeeded') throw new Error(`The import ${job.state}: ${job.failure?.message}`)
  const { datasets } = await product.client.call('datasets.list', { huntId: hunt.id })
  const dataset = datasets[0]
  if (dataset?.state !== 'ready') throw new Error(`Nothing was imported: ${dataset?.failure?.message}`)
  return { datasetId: dataset.id, huntId: hunt.id, rows: dataset.rows, quarantined: dataset.quarantined }
}
