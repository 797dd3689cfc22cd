import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { importFile } from '../importer/importFile.ts'
import { createDatasetFiles } from '../sqlite/datasetFiles.ts'
import { sourceBlocks } from './sourceBlocks.ts'
import { sourceBytes } from './sourceBytes.ts'

let folder: string
let source: string
let blocks: Uint8Array | null
const files = () => createDatasetFiles(folder, () => false)
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'huntbench-bytes-'))
  source = join(folder, 'big.csv.gz')
  // Far more than one read of the file, and hard to compress, so that the file is still being read when the row was found.
  const line = (n: number): string =>
    `${n},${((n * 2_654_435_761) >>> 0).toString(36)}${((n * 40_503) >>> 0).toString(36)}`
  writeFileSync(source, gzipSync(`n,text\n${Array.from({ length: 200_000 }, (_, n) => line(n)).join('\n')}\n`))
  const { sha256 } = await importFile(
    { path: source, name: 'big.csv.gz', dialect: {}, target: join(folder, 'd.db') },
    { cancelled: () => false, progress: () => undefined },
  )
  blocks = await sourceBlocks(source, null, sha256, () => false)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it.skipIf(process.platform !== 'linux')(
  'leaves no file open, however often bytes of a compressed source are shown',
  async () => {
    const opened = files()
    const handle = opened.open('d')
    const descriptors = (): number => readdirSync('/proc/self/fd').length
    const before = descriptors()
    for (let n = 1; n <= 20; n++)
      expect(await sourceBytes(handle, n, source, 'utf-8', null, blocks)).toMatchObject({ proof: 'matches' })
    for (let tries = 0; tries < 100 && descriptors() > before + 2; tries++) await wait(20)
    expect(descriptors()).toBeLessThanOrEqual(before + 2)
    opened.closeAll()
  },
)

it('says that the source is missing when it is gone or cut off', async () => {
  const opened = files()
  const handle = opened.open('d')
  expect(await sourceBytes(handle, 1, join(folder, 'none'), 'utf-8', null, blocks)).toMatchObject({
    proof: 'source-missing',
  })
  writeFileSync(join(folder, 'cut.gz'), gzipSync('n,text\n').subarray(0, 12))
  expect(await sourceBytes(handle, 199_999, join(folder, 'cut.gz'), 'utf-8', null, blocks)).toMatchObject({
    proof: 'source-missing',
  })
  opened.closeAll()
})
