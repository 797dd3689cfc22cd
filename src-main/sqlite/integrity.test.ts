import { copyFileSync, openSync, closeSync, statSync, writeSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { importFile } from '../importer/importFile.ts'
import { testFolder } from '../importer/testing/importTo.ts'
import { createDatasetFiles } from './datasetFiles.ts'
import { integrityComplaint } from './integrity.ts'

const folder = testFolder()
afterAll(() => folder.remove())

test('a sound dataset file has no complaint, one with overwritten pages has', async () => {
  const lines = Array.from({ length: 20_000 }, (_, n) => `${n},host${n % 7},C:\\Windows\\System32\\svchost.exe -k ${n}`)
  const path = folder.write(`id,host,command\n${lines.join('\n')}\n`, 'rows.csv')
  const sound = folder.target()
  await importFile({ path, name: 'rows.csv', dialect: {}, target: sound }, quiet)
  const damaged = folder.target()
  copyFileSync(sound, damaged)
  const file = openSync(damaged, 'r+')
  writeSync(file, Buffer.alloc(16_384, 0x5a), 0, 16_384, Math.floor(statSync(damaged).size / 2 / 16_384) * 16_384)
  closeSync(file)
  expect(complaintOf(sound)).toBeNull()
  expect(complaintOf(damaged)).toMatch(/tree|page|malformed|corrupt/i)
})

const quiet = { cancelled: () => false, progress: () => undefined }

function complaintOf(path: string): string | null {
  const [folderOf, name] = [path.slice(0, path.lastIndexOf('/')), path.slice(path.lastIndexOf('/') + 1)]
  const files = createDatasetFiles(folderOf, () => false)
  try {
    return integrityComplaint(files.open(name.replace(/\.db$/, '')))
  } finally {
    files.closeAll()
  }
}
