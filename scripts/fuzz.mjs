// npm run fuzz -- --seconds 3600 --jobs 2 --seed 1: imports hostile files the fast and the careful way, see test/fuzz/main.ts.
import { join } from 'node:path'
import { ensure } from './ensure.mjs'
import { programNode, root } from './paths.mjs'
import { runInTerminal } from './run.mjs'

await ensure()
const { code } = await runInTerminal(programNode(), [join(root, 'test', 'fuzz', 'main.ts'), ...process.argv.slice(2)], {
  cwd: root,
})
process.exitCode = code
