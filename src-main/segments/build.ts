// Builds the WebAssembly module of the column segments: node src-main/segments/build.ts (Node 24), with the compiler and the
// flags of importer/fast/build.ts. The result is committed as segmentsModuleBytes.ts; segments.slow.test.ts compares.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { clangVersion, compile } from '../importer/fast/build.ts'

/** Compiles c/segments.c and answers the module's bytes. */
export const compileSegments = (): Buffer => compile('c/segments.c', import.meta.dirname)

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lines = compileSegments()
    .toString('base64')
    .match(/.{1,110}/g)
  writeFileSync(
    join(import.meta.dirname, 'segmentsModuleBytes.ts'),
    `/** c/segments.c compiled by build.ts with clang ${clangVersion()}, as base64. Not written by hand. */\nexport const SEGMENTS_MODULE =\n${(lines ?? []).map((line) => `  '${line}'`).join(' +\n')}\n\n/** The major version of clang that built it. */\nexport const SEGMENTS_MODULE_CLANG = ${clangVersion()}\n`,
  )
}
