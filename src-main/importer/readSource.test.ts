import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { openSource } from './readSource.ts'
import { testFolder } from './testing/importTo.ts'

const folder = testFolder()
afterAll(() => folder.remove())

async function unpack(path: string): Promise<number> {
  const source = await openSource(path, { hash: false })
  try {
    let bytes = 0
    for (let block = await source.next(); block !== null; block = await source.next()) bytes += block.length
    return bytes
  } finally {
    await source.close()
  }
}

test('a gzip bomb is given up long before it is unpacked', async () => {
  const member = gzipSync(Buffer.alloc(64 * 1024 * 1024))
  const bomb = folder.write(Buffer.concat(Array.from({ length: 100 }, () => member)))
  await expect(unpack(bomb)).rejects.toMatchObject({ code: 'too-large' })
})

test('a gzip file of several members is unpacked as one', async () => {
  const path = folder.write(Buffer.concat([gzipSync('a,b\n'), gzipSync('1,2\n')]))
  expect(await unpack(path)).toBe(8)
})

test('a gzip file with damaged data says so', async () => {
  const bytes = gzipSync(Buffer.from(Array.from({ length: 100_000 }, (_, n) => `${(n * 7919) % 65_521}\n`).join('')))
  bytes.fill(0xff, bytes.length >> 1, (bytes.length >> 1) + 64)
  await expect(unpack(folder.write(bytes))).rejects.toMatchObject({ code: 'not-a-table' })
})
