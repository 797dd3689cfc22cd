import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const here = import.meta.dirname

/**
 * Three builds. The program has one entry per shell, those of its threads and that of the demo's server; they share chunks, which all lie flat in
 * out/main, so that a chunk finds its neighbours (the worker is './worker.js') wherever its code came from.
 */
export default defineConfig({
  main: {
    build: {
      // Each thread keeps the text of the code it runs. Bundled and without blanks it is a third of that; names stay, for the log.
      externalizeDeps: { exclude: ['zod', 'tldts', 're2js', 'papaparse', 'chardet'] },
      rolldownOptions: {
        input: {
          electron: resolve(here, 'src-main/electron/main.ts'),
          headless: resolve(here, 'src-main/headless/main.ts'),
          cli: resolve(here, 'src-main/cli/main.ts'),
          worker: resolve(here, 'src-main/worker/worker.ts'),
          hashWorker: resolve(here, 'src-main/importer/fast/hashWorker.ts'),
          fastWorker: resolve(here, 'src-main/importer/fast/fastWorker.ts'),
          localServerChild: resolve(here, 'src-main/clickhouse/localServerChild.ts'),
        },
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: 'shared-[hash].js',
          minify: { mangle: false, compress: true, codegen: { removeWhitespace: true } },
        },
      },
    },
  },
  preload: {
    build: {
      rolldownOptions: {
        input: { preload: resolve(here, 'src-preload/preload.ts') },
        // A sandboxed preload is CommonJS, in one file.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(here, 'src-renderer'),
    plugins: [react()],
    build: {
      minify: true,
      // The policy of the page loads fonts and scripts from its own origin only: nothing may become a data: address.
      assetsInlineLimit: 0,
      rolldownOptions: { input: { index: resolve(here, 'src-renderer/index.html') } },
    },
  },
})
