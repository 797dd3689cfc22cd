// npm run bench: see bench/main.ts for what can be asked.
import { join } from 'node:path'
import { ensure } from './ensure.mjs'
import { programNode, root } from './paths.mjs'
import { runInTerminal } from './run.mjs'

await ensure()
const { code } = await runInTerminal(programNode(), [join(root, 'bench', 'main.ts'), ...process.argv.slice(2)], {
  cwd: root,
})
process.exitCode = code
