import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const sources = ['src-main', 'src-preload', 'src-renderer', 'src-shared']
const config: { forbidden: { name: string; comment?: string }[] } = createRequire(import.meta.url)(
  '../.dependency-cruiser.cjs',
)

/** A forbidden import per rule: the first file breaks it, the others are what it needs to exist. */
const plants: Record<string, [string, string][]> = {
  'contract-is-pure': [['src-preload/contract/plantPure.ts', "import fs from 'node:fs'\nexport const v = fs"]],
  'preload-is-only-a-wire': [
    ['src-preload/plantWire.ts', "import type { Job } from '#contract/jobs'\nexport type V = Job"],
  ],
  'preload-takes-types-of-the-wire': [
    ['src-preload/plantTypes.ts', "import { x } from '#contract/wire'\nexport const v = x"],
  ],
  'shared-is-plain': [['src-shared/plantNode.ts', "import fs from 'node:fs'\nexport const v = fs"]],
  'shared-takes-types-and-plain-values': [
    ['src-shared/plantSchema.ts', "import { x } from '#contract/cases'\nexport const v = x"],
  ],
  'electron-only-in-its-shell': [
    ['src-main/jobs/plantElectron.ts', "import { app } from 'electron'\nexport const v = app"],
  ],
  'only-the-electron-shell-reaches-electron': [
    ['src-main/headless/plantReach.ts', "import { v } from './plantReached.ts'\nexport const w = v"],
    [
      'src-main/headless/plantReached.ts',
      "import type { App } from 'electron'\nexport type V = App\nexport const v = 1",
    ],
  ],
  'shells-are-leaves': [
    ['src-main/jobs/plantLeaf.ts', "import type { V } from '../headless/plantShell.ts'\nexport type W = V"],
    ['src-main/headless/plantShell.ts', 'export type V = 1'],
  ],
  'shells-do-not-import-each-other': [
    ['src-main/cli/plantOther.ts', "import type { V } from '../headless/plantShell.ts'\nexport type W = V"],
    ['src-main/headless/plantShell.ts', 'export type V = 1'],
  ],
  'shells-see-only-the-app': [
    ['src-main/cli/plantReaches.ts', "import type { V } from '../jobs/plantRoom.ts'\nexport type W = V"],
    ['src-main/jobs/plantRoom.ts', 'export type V = 1'],
  ],
  'only-shells-start-the-app': [
    ['src-main/jobs/plantApp.ts', "import type { A } from '../app.ts'\nexport type V = A"],
    ['src-main/app.ts', 'export type A = 1'],
  ],
  'what-shells-share-is-plain': [
    ['src-main/workspaceFolder.ts', "import type { V } from './jobs/plantRoom.ts'\nexport type W = V"],
    ['src-main/jobs/plantRoom.ts', 'export type V = 1'],
  ],
  'entries-are-not-imported': [
    ['src-main/worker/plantEntry.ts', "import './worker.ts'"],
    ['src-main/worker/worker.ts', 'export {}'],
  ],
  'main-knows-no-ui': [
    ['src-main/jobs/plantUi.ts', "import { createRoot } from 'react-dom/client'\nexport const v = createRoot"],
  ],
  'main-uses-runtime-packages': [
    ['src-main/jobs/plantDev.ts', "import { createServer } from 'vite'\nexport const v = createServer"],
  ],
  'nouns-do-not-import-each-other': [
    ['src-main/plantNoun/one.ts', "import type { V } from '../plantOtherNoun/two.ts'\nexport type W = V"],
    ['src-main/plantOtherNoun/two.ts', 'export type V = 1'],
  ],
  'nouns-stay-in-their-room': [
    ['src-main/plantNoun/sql.ts', "import type { V } from '../sqlite/plantSql.ts'\nexport type W = V"],
    ['src-main/sqlite/plantSql.ts', 'export type V = 1'],
  ],
  'nouns-take-types-of-the-pool': [
    ['src-main/plantNoun/pool.ts', "import { p } from '../worker/pool.ts'\nexport const v = p"],
    ['src-main/worker/pool.ts', 'export const p = 1'],
  ],
  'rooms-know-no-noun': [
    ['src-main/jobs/plantBack.ts', "import type { V } from '../plantOtherNoun/two.ts'\nexport type W = V"],
    ['src-main/plantOtherNoun/two.ts', 'export type V = 1'],
  ],
  'analyzer-calls-keep-the-arrows-of-a-noun': [
    ['src-main/analyzers/analyzerHandlers.ts', "import type { V } from '../sqlite/plantSql.ts'\nexport type W = V"],
    ['src-main/sqlite/plantSql.ts', 'export type V = 1'],
  ],
  'pool-stays-on-the-main-thread': [
    ['src-main/worker/thread.ts', "import { v } from '../importer/plantImport.ts'\nexport const w = v"],
    ['src-main/importer/plantImport.ts', 'export const v = 1'],
  ],
  'procedures-are-called-through-the-pool': [
    ['src-main/jobs/plantProcedure.ts', "import { v } from '../worker/procedures.ts'\nexport const w = v"],
  ],
  'predicate-stands-alone': [
    ['src-main/predicate/plantStore.ts', "import type { V } from '../sqlite/plantSql.ts'\nexport type W = V"],
    ['src-main/sqlite/plantSql.ts', 'export type V = 1'],
  ],
  'graph-sees-only-pairs': [
    ['src-main/graph/plantStore.ts', "import type { V } from '../sqlite/plantDb.ts'\nexport type W = V"],
    ['src-main/sqlite/plantDb.ts', 'export type V = 1'],
  ],
  'reporting-sees-only-contents': [
    ['src-main/reporting/plantStore.ts', "import type { V } from '../sqlite/plantDb.ts'\nexport type W = V"],
    ['src-main/sqlite/plantDb.ts', 'export type V = 1'],
  ],
  'lineage-sees-only-records': [
    ['src-main/lineage/plantStore.ts', "import type { V } from '../sqlite/plantDb.ts'\nexport type W = V"],
    ['src-main/sqlite/plantDb.ts', 'export type V = 1'],
  ],
  'sharing-sees-only-records': [
    ['src-main/sharing/plantStore.ts', "import type { V } from '../sqlite/plantDb.ts'\nexport type W = V"],
    ['src-main/sqlite/plantDb.ts', 'export type V = 1'],
  ],
  'conditions-see-only-rows': [
    ['src-main/conditions/plantStore.ts', "import type { V } from '../sqlite/plantDb.ts'\nexport type W = V"],
    ['src-main/sqlite/plantDb.ts', 'export type V = 1'],
  ],
  'exporter-sees-only-texts': [
    ['src-main/exporter/plantStore.ts', "import type { V } from '../sqlite/plantDb.ts'\nexport type W = V"],
    ['src-main/sqlite/plantDb.ts', 'export type V = 1'],
  ],
  'analyzers-do-not-see-their-calls': [
    ['src-main/analyzers/plantCalls.ts', "import type { W } from './analyzerHandlers.ts'\nexport type V = W"],
  ],
  'sqlite-runs-in-the-worker': [
    ['src-main/jobs/plantSql.ts', "import { open } from '../sqlite/plantOpen.ts'\nexport const v = open"],
    ['src-main/sqlite/plantOpen.ts', 'export const open = 1'],
  ],
  'sqlite-stands-alone': [
    ['src-main/sqlite/plantAlone.ts', "import type { V } from '../jobs/plantRoom.ts'\nexport type W = V"],
    ['src-main/jobs/plantRoom.ts', 'export type V = 1'],
  ],
  'clickhouse-stands-alone': [
    ['src-main/clickhouse/plantAlone.ts', "import type { V } from '../jobs/plantRoom.ts'\nexport type W = V"],
    ['src-main/jobs/plantRoom.ts', 'export type V = 1'],
  ],
  'stores-take-plain-contract-values': [
    ['src-main/sqlite/plantSchema.ts', "import { hunt } from '#contract/hunts'\nexport const v = hunt"],
  ],
  'importer-knows-no-workspace': [
    ['src-main/importer/plantWorkspace.ts', "import type { V } from '../sqlite/plantSql.ts'\nexport type W = V"],
    ['src-main/sqlite/plantSql.ts', 'export type V = 1'],
  ],
  'segments-know-pages-only': [
    ['src-main/segments/plantRoom.ts', "import type { V } from '../sqlite/plantSql.ts'\nexport type W = V"],
    ['src-main/sqlite/plantSql.ts', 'export type V = 1'],
  ],
  'analyzers-see-only-rows': [
    ['src-main/analyzers/plantStore.ts', "import type { V } from '../sqlite/plantSql.ts'\nexport type W = V"],
    ['src-main/sqlite/plantSql.ts', 'export type V = 1'],
  ],
  'sqlite-driver-only-in-sqlite': [
    ['src-main/worker/plantDriver.ts', "import D from 'better-sqlite3'\nexport const v = D"],
  ],
  'clickhouse-driver-only-in-clickhouse': [
    ['src-main/soc/plantDriver.ts', "import { createClient } from '@clickhouse/client'\nexport const v = createClient"],
  ],
  'page-knows-only-the-contract': [
    [
      'src-renderer/backend/plantMain.ts',
      "import type { Ports } from '../../src-main/ports.ts'\nexport type V = Ports",
    ],
  ],
  'page-takes-types-and-plain-values': [
    ['src-renderer/backend/plantZod.ts', "import { contract } from '#contract/contract'\nexport const v = contract"],
  ],
  'page-has-no-node': [['src-renderer/backend/plantNode.ts', "import fs from 'node:fs'\nexport const v = fs"]],
  'views-do-not-import-each-other': [
    ['src-renderer/views/plant/One.tsx', "import type { V } from '../plantOther/Two.tsx'\nexport type W = V"],
    ['src-renderer/views/plantOther/Two.tsx', 'export type V = 1'],
  ],
  'views-do-not-see-the-frame': [
    ['src-renderer/views/plant/Frame.tsx', "import type { V } from '../../app/PlantFrame.tsx'\nexport type W = V"],
    ['src-renderer/app/PlantFrame.tsx', 'export type V = 1'],
  ],
  'pictures-stand-alone': [
    ['src-renderer/charts/plantBackend.ts', "import type { V } from '../backend/plantData.ts'\nexport type W = V"],
    ['src-renderer/backend/plantData.ts', 'export type V = 1'],
  ],
  'backend-and-state-know-no-screen': [
    ['src-renderer/state/plantScreen.ts', "import type { V } from '../grid/PlantGrid.tsx'\nexport type W = V"],
    ['src-renderer/grid/PlantGrid.tsx', 'export type V = 1'],
    ['src-renderer/ui/PlantWidget.tsx', 'export type V = 1'],
  ],
  'echarts-only-in-EChart': [
    ['src-renderer/charts/plantEcharts.ts', "import { use } from 'echarts/core'\nexport const v = use"],
  ],
  'cytoscape-only-in-GraphCanvas': [
    ['src-renderer/graph/plantCytoscape.ts', "import cytoscape from 'cytoscape'\nexport const v = cytoscape"],
  ],
  'product-does-not-import-tests': [
    ['src-main/jobs/plantTested.ts', "import { v } from './plantIt.test.ts'\nexport const w = v"],
    ['src-main/jobs/plantIt.test.ts', 'export const v = 1'],
  ],
  'no-cycles': [
    ['src-main/jobs/plantRound.ts', "import { y } from './plantAbout.ts'\nexport const v = y"],
    ['src-main/jobs/plantAbout.ts', "import { v } from './plantRound.ts'\nexport const y = () => v"],
  ],
  'no-orphans': [['src-main/jobs/plantAlone.ts', 'export const v = 1']],
  'imports-resolve': [
    ['src-main/jobs/plantNowhere.ts', "import type { V } from './plantMissing.ts'\nexport type W = V"],
  ],
}

/** Imports that look close to a forbidden one and are allowed. */
const allowed: [string, string][] = [
  [
    'src-main/plantNoun/mayHaveTypes.ts',
    "import type { Job } from '#contract/jobs'\nimport type { p } from '../worker/pool.ts'\nexport type V = [Job, typeof p]",
  ],
  ['src-main/importer/plantWrites.ts', "import { w } from '../sqlite/datasetWriter.ts'\nexport const v = w"],
  ['src-main/sqlite/datasetWriter.ts', "import { severities } from '#contract/values'\nexport const w = severities"],
  ['src-main/worker/procedures.ts', "import { w } from '../importer/plantWrites.ts'\nexport const v = w"],
  ['src-main/cli/plantShell.ts', "import type { Ports } from '../ports.ts'\nexport type V = Ports"],
  [
    'src-renderer/views/plant/mayHaveTypes.ts',
    "import type { Job } from '#contract/jobs'\nimport { severities } from '#contract/values'\nexport type V = Job\nexport const v = severities",
  ],
  ['src-renderer/grid/plantUi.ts', "import type { V } from '../ui/PlantWidget.tsx'\nexport type W = V"],
]

type Violation = { from: string; rule: { name: string }; to: string }
const scratch: string[] = []
afterAll(() => scratch.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

/** Runs dependency-cruiser over a tree and returns what it objects to. The linked node_modules count as inside it. */
function cruise(folder: string): Violation[] {
  const bin = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const flags = [
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'json',
    '--progress',
    'none',
    '--preserve-symlinks',
  ]
  const run = spawnSync(process.execPath, [bin, ...sources, ...flags], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  })
  if (run.stdout === '') throw new Error(`dependency-cruiser said nothing: ${run.stderr}`)
  return JSON.parse(run.stdout).summary.violations
}

/** Of the tree only what plants import that is no plant. `npm run check` asks the whole tree, as a step of its own. */
function smallTree(): string {
  const folder = mkdtempSync(join(tmpdir(), 'huntbench-fences-'))
  scratch.push(folder)
  const parts = ['src-preload/contract', 'src-main/ports.ts']
  for (const file of [...parts, 'package.json', 'tsconfig.base.json', '.dependency-cruiser.cjs'])
    cpSync(join(root, file), join(folder, file), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
  return folder
}

const describeViolation = (violation: Violation) => `${violation.rule.name}: ${violation.from} -> ${violation.to}`

describe('fences', () => {
  let found: Violation[] = []

  beforeAll(() => {
    const folder = smallTree()
    for (const [file, text] of [...Object.values(plants).flat(), ...allowed]) {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), `${text}\n`)
    }
    found = cruise(folder)
  }, 60_000)

  test('every rule has a plant and says why it exists', () => {
    expect(Object.keys(plants).sort()).toEqual(config.forbidden.map((rule) => rule.name).sort())
    expect(config.forbidden.filter((rule) => (rule.comment ?? '').length < 20).map((rule) => rule.name)).toEqual([])
  })

  test.each(Object.entries(plants))('%s fires', (name, [first, second]) => {
    const where = name === 'no-cycles' ? [first?.[0], second?.[0]] : [first?.[0]]
    const here = found.filter((violation) => where.includes(violation.from))
    expect(here.map((violation) => violation.rule.name)).toContain(name)
  })

  test.each(allowed)('%s is allowed', (file) => {
    const here = found.filter((violation) => violation.from === file && violation.rule.name !== 'no-orphans')
    expect(here.map(describeViolation)).toEqual([])
  })
})
