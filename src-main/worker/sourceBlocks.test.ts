import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sourceBlocks } from './sourceBlocks.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'huntbench-blocks-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const MIB = 1_048_576
const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest()
const bytes = Buffer.from(
  `a,b\n${Array.from({ length: 9_500 }, (_, n) => `${String(n).padStart(999, 'x')},y\n`).join('')}`,
)
const going = (): boolean => false

it('are the digests of every MiB of what was imported, packed or not', async () => {
  const expected = Array.from({ length: Math.ceil(bytes.length / MIB) }, (_, n) =>
    sha256(bytes.subarray(n * MIB, (n + 1) * MIB)),
  )
  for (const written of [bytes, gzipSync(bytes), bytes.subarray(0, 3 * MIB)]) {
    const path = join(folder, 'source')
    writeFileSync(path, written)
    const blocks = await sourceBlocks(path, null, sha256(written).toString('hex'), going)
    const count = written.length === 3 * MIB ? 3 : expected.length
    expect(Buffer.from(blocks ?? []).toString('hex')).toBe(Buffer.concat(expected.slice(0, count)).toString('hex'))
  }
})

it('are nothing when the source is another file by now, and end when they are cancelled', async () => {
  const path = join(folder, 'other')
  writeFileSync(path, bytes)
  expect(await sourceBlocks(path, null, sha256(Buffer.from('the imported one')).toString('hex'), going)).toBeNull()
  await expect(sourceBlocks(path, null, '', () => true)).rejects.toMatchObject({ code: 'cancelled' })
  await expect(sourceBlocks(join(folder, 'none'), null, '', going)).rejects.toMatchObject({ code: 'unreadable-file' })
})
