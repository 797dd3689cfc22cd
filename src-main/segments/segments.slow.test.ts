import { expect, test } from 'vitest'
import { clangVersion } from '../importer/fast/build.ts'
import { compileSegments } from './build.ts'
import { SEGMENTS_MODULE, SEGMENTS_MODULE_CLANG } from './segmentsModuleBytes.ts'

test('the compiled module is what its sources give', ({ skip }) => {
  if (clangVersion() !== SEGMENTS_MODULE_CLANG) skip(`needs clang ${SEGMENTS_MODULE_CLANG}`)
  expect(compileSegments().toString('base64') === SEGMENTS_MODULE, 'run node src-main/segments/build.ts').toBe(true)
})
