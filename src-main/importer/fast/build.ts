// Builds the WebAssembly module of the fast import: node src-main/importer/fast/build.ts (Node 24)
// Needs clang and wasm-ld of LLVM 14 (Debian 12: apt install clang lld). The result is committed as fastModuleBytes.ts, so that
// nobody else needs a compiler; fastImport.test.ts rebuilds and compares where the same major version is there.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))

export const FLAGS = [
  '--target=wasm32',
  '-std=c11',
  '-O3',
  '-msimd128',
  '-mbulk-memory',
  '-mmutable-globals',
  '-mnontrapping-fptoint',
  '-matomics',
  '-nostdlib',
  '-ffreestanding',
  '-fvisibility=hidden',
  '-fno-ident',
  '-Wall',
  '-Wextra',
  '-Werror',
  '-Wno-missing-field-initializers',
  '-Wl,--no-entry',
  '-Wl,--export-dynamic',
  '-Wl,--import-memory',
  '-Wl,--shared-memory',
  '-Wl,--max-memory=4294967296',
  '-Wl,-z,stack-size=65536',
  '-Wl,--export=__heap_base',
  '-Wl,--export=__stack_pointer',
  '-Wl,--strip-all',
]

/** The major version of clang on PATH, or null. */
export function clangVersion(): number | null {
  try {
    return Number(
      /version (\d+)/.exec(
        execFileSync('clang', ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
      )?.[1],
    )
  } catch {
    return null
  }
}

/** Compiles c/fast.c, or another source in another room, and answers the module's bytes. */
export function compile(source = 'c/fast.c', room = here): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'huntbench-wasm-'))
  try {
    execFileSync('clang', [...FLAGS, '-o', join(folder, 'module.wasm'), source], { cwd: room, stdio: 'inherit' })
    return readFileSync(join(folder, 'module.wasm'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const base64 = compile().toString('base64')
  const lines = base64.match(/.{1,110}/g) ?? []
  writeFileSync(
    join(here, 'fastModuleBytes.ts'),
    `/** c/fast.c compiled by build.ts with clang ${clangVersion()}, as base64. Not written by hand. */\nexport const FAST_MODULE =\n${lines.map((line) => `  '${line}'`).join(' +\n')}\n\n/** The major version of clang that built it. */\nexport const FAST_MODULE_CLANG = ${clangVersion()}\n`,
  )
}
