/** The thread's entry: beside this file when run from source, beside the bundle after a build (all chunks lie in one folder). */
export const workerUrl: URL = import.meta.url.endsWith('.ts')
  ? new URL('./worker.ts', import.meta.url)
  : new URL('./worker.js', import.meta.url)
