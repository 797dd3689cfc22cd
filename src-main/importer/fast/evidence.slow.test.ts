import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { bothWays } from '../testing/bothWays.ts'
import { testFolder } from '../testing/importTo.ts'

const folder = testFolder()
afterAll(() => folder.remove())

const evidence = resolve(import.meta.dirname, '../../../../shared/evidence')

describe.skipIf(!existsSync(evidence))('evidence (needs ../shared/evidence)', () => {
  test('every file gives the same dataset either way, or is declined', async () => {
    const files = readdirSync(evidence, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.(?:md|zip)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
    const tally = { same: 0, declined: 0, failed: 0 }
    for (const file of files) {
      const both = await bothWays(folder, file)
      if ('failed' in both) tally.failed++
      else if (both.declined !== null) tally.declined++
      else {
        expect({ file, differences: both.differences, integrity: both.integrity }).toEqual({
          file,
          differences: [],
          integrity: 'ok',
        })
        tally.same++
      }
    }
    expect(tally.same).toBeGreaterThan(files.length * 0.7)
  }, 600_000)
})
