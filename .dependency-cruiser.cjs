/**
 * The import arrows of ARCHITECTURE.md. Every rule is planted once in test/fences.test.ts, which demands that it fires.
 * Type-only imports count (tsPreCompilationDeps); `#contract/...` is followed through the imports field of package.json.
 */
/** Tests and what only they use may import anything. */
const TEST = '[.](test|bench)[.]tsx?$|^src-main/testing/|^src-main/(importer|soc|headless)/testing/'
const SHELLS = 'electron|headless|cli'
/** Rooms of src-main that are no noun. Every other folder is one, so a new folder is fenced from its first file on. */
const ROOMS = `${SHELLS}|rpc|jobs|files|predicate|conditions|importer|exporter|sharing|segments|worker|sqlite|clickhouse|analyzers|lineage|graph|soc|reporting|testing`
const NOUN = `^src-main/(?!(?:${ROOMS})/)([^/]+)/`
/** The calls of the analyzers stand in their registry's folder; these files keep the arrows of a noun. */
const ANALYZER_CALLS = '^src-main/analyzers/(analyzerHandlers|runOverDatasets|analyzeInShares)[.]ts$'
/** What a noun may import of src-main beside its own folder; of worker/ types only. */
const NOUN_MAY =
  '^src-main/(rpc|jobs|files|predicate|conditions|clickhouse)/|^src-main/reporting/(content|navigator)[.]ts$|^src-main/worker/(pool|procedures)[.]ts$|^src-main/ports[.]ts$'
/** The part of worker/ that runs on the main thread. */
const POOL = '^src-main/worker/(affinity|pool|thread|messages|workerUrl)[.]ts$'
/** Shapes without behaviour that several rooms speak of. */
const SHAPES = '^src-main/importer/(datasetFile|importRequest|importMeta)[.]ts$|^src-main/analyzers/analyzer[.]ts$'
/** What travels in case files, as shapes: the store is handed the kinds. */
const SHARED = '^src-main/sharing/(kind|fields|record)[.]ts$'
/** Of the contract everyone may have types; only these two files carry no zod and may be imported as values by leaves and the page. */
const PLAIN_CONTRACT = '^src-preload/contract/(values|appError)[.]ts$'
const ELECTRON = '^electron$|node_modules/electron/'
const TYPE_ONLY = ['type-only']

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    // ---- the bridge -------------------------------------------------------------------------------------------------
    {
      name: 'contract-is-pure',
      comment:
        'The contract says what may be said. With zod and itself as its only imports it cannot grow helpers, and every side can read it.',
      severity: 'error',
      from: { path: '^src-preload/contract/', pathNot: TEST },
      to: { pathNot: '^src-preload/contract/|node_modules/zod/' },
    },
    {
      name: 'preload-is-only-a-wire',
      comment:
        'The preload runs beside the page with more rights than it. It carries messages, so electron and the shape of the wire are all it needs.',
      severity: 'error',
      from: { path: '^src-preload/[^/]+[.]ts$', pathNot: TEST },
      to: { pathNot: `^src-preload/contract/wire[.]ts$|${ELECTRON}` },
    },
    {
      name: 'preload-takes-types-of-the-wire',
      comment: 'A value from the contract would pull zod into the sandboxed preload.',
      severity: 'error',
      from: { path: '^src-preload/[^/]+[.]ts$', pathNot: TEST },
      to: { path: '^src-preload/contract/', dependencyTypesNot: TYPE_ONLY },
    },

    {
      name: 'shared-is-plain',
      comment:
        'What page and program, or rooms that may not see one another, do alike: values in, values out. It knows no platform, no store and no element.',
      severity: 'error',
      from: { path: '^src-shared/', pathNot: TEST },
      to: { pathNot: '^src-shared/|^src-preload/contract/|node_modules/marked/' },
    },
    {
      name: 'shared-takes-types-and-plain-values',
      comment: 'As the page: a schema brings zod along.',
      severity: 'error',
      from: { path: '^src-shared/', pathNot: TEST },
      to: { path: '^src-preload/contract/', pathNot: PLAIN_CONTRACT, dependencyTypesNot: TYPE_ONLY },
    },

    // ---- the shells -------------------------------------------------------------------------------------------------
    {
      name: 'electron-only-in-its-shell',
      comment: 'The application is a plain Node program; Electron is one of three ways to start it.',
      severity: 'error',
      from: { pathNot: '^src-main/electron/|^src-preload/preload[.]ts$' },
      to: { path: ELECTRON },
    },
    {
      name: 'only-the-electron-shell-reaches-electron',
      comment:
        'Also through a chain of imports: one such path and the headless server and the terminal no longer start under plain Node.',
      severity: 'error',
      from: { path: '^src-main/', pathNot: '^src-main/electron/' },
      to: { path: ELECTRON, reachable: true },
    },
    {
      name: 'shells-are-leaves',
      comment:
        'A shell carries messages to the application. What the application needs from it comes through ports.ts.',
      severity: 'error',
      from: { path: '^src-', pathNot: `^src-main/(${SHELLS})/` },
      to: { path: `^src-main/(${SHELLS})/` },
    },
    {
      name: 'shells-do-not-import-each-other',
      comment:
        'Each shell can be deleted without the others noticing. What two of them share stands at the top of src-main.',
      severity: 'error',
      from: { path: `^src-main/(${SHELLS})/`, pathNot: TEST },
      to: { path: `^src-main/(${SHELLS})/`, pathNot: '^src-main/$1/' },
    },
    {
      name: 'shells-see-only-the-app',
      comment:
        'app.ts, and the plain files beside it (ports, page policy, workspace folder ...). A shell that reaches into a room makes a feature that exists in one shell only.',
      severity: 'error',
      from: { path: `^src-main/(${SHELLS})/`, pathNot: TEST },
      to: { path: '^src-main/[^/]+/', pathNot: `^src-main/(${SHELLS})/` },
    },
    {
      name: 'only-shells-start-the-app',
      comment: 'app.ts wires the rooms; a room that imports it would depend on all others.',
      severity: 'error',
      from: { path: '^src-main/', pathNot: `^src-main/(${SHELLS})/|^src-main/[^/]+$|${TEST}` },
      to: { path: '^src-main/app[.]ts$' },
    },
    {
      name: 'what-shells-share-is-plain',
      comment:
        'The files beside app.ts are read by every shell before there is an application: they know no room, so they cannot become one.',
      severity: 'error',
      from: { path: '^src-main/[^/]+[.]ts$', pathNot: `^src-main/app[.]ts$|${TEST}` },
      to: { path: '^src-main/[^/]+/' },
    },
    {
      name: 'entries-are-not-imported',
      comment: 'Preload, page and thread start by being run; importing them would run them twice.',
      severity: 'error',
      from: { path: '^src-' },
      to: {
        path: '^src-main/worker/worker[.]ts$|^src-preload/preload[.]ts$|^src-renderer/main[.]tsx$',
        dependencyTypesNot: TYPE_ONLY,
      },
    },

    // ---- the application --------------------------------------------------------------------------------------------
    {
      name: 'main-knows-no-ui',
      comment: 'Main runs without a page (terminal, tests, server).',
      severity: 'error',
      from: { path: '^src-(main|preload)/', pathNot: TEST },
      to: { path: '^src-renderer/|node_modules/(react|react-dom|@blueprintjs|@tanstack|echarts|cytoscape)/' },
    },
    {
      name: 'main-uses-runtime-packages',
      comment: 'Development packages are not in the packaged program, so main would not start there.',
      severity: 'error',
      from: { path: '^src-main/', pathNot: TEST },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: TYPE_ONLY,
        pathNot: ELECTRON,
      },
    },
    {
      name: 'nouns-do-not-import-each-other',
      comment:
        'Deleting a feature is deleting one folder. What two nouns need together is a topic, a job or a procedure.',
      severity: 'error',
      from: { path: NOUN, pathNot: TEST },
      to: { path: NOUN, pathNot: '^src-main/$1/' },
    },
    {
      name: 'analyzer-calls-keep-the-arrows-of-a-noun',
      comment: 'The calls of the analyzers are a noun like any other, beside the registry that they list.',
      severity: 'error',
      from: { path: ANALYZER_CALLS },
      to: { path: '^src-main/', pathNot: `^src-main/analyzers/|${NOUN_MAY}` },
    },
    {
      name: 'nouns-stay-in-their-room',
      comment:
        'A noun translates calls into work: contract, rpc, jobs, files, predicate, conditions, clickhouse, and the pool by type. Everything else runs in the worker.',
      severity: 'error',
      from: { path: NOUN, pathNot: TEST },
      to: { path: '^src-main/', pathNot: `${NOUN}|${NOUN_MAY}` },
    },
    {
      name: 'nouns-take-types-of-the-pool',
      comment: 'There is one pool; app.ts hands it over. A value of it would be a second one.',
      severity: 'error',
      from: { path: [NOUN, ANALYZER_CALLS], pathNot: TEST },
      to: { path: '^src-main/worker/', dependencyTypesNot: TYPE_ONLY },
    },
    {
      name: 'rooms-know-no-noun',
      comment: 'Rooms serve the nouns; an arrow back would make every noun depend on every other.',
      severity: 'error',
      from: { path: `^src-main/(${ROOMS})/`, pathNot: `^src-main/(${SHELLS})/|${TEST}` },
      to: { path: NOUN },
    },
    {
      name: 'pool-stays-on-the-main-thread',
      comment:
        'Pool, thread and messages run on the main thread. What opens files runs inside the thread, and procedures.ts is the list of it: known here by type only.',
      severity: 'error',
      from: { path: POOL },
      to: { path: '^src-main/', pathNot: `${POOL}|^src-main/ports[.]ts$`, dependencyTypesNot: TYPE_ONLY },
    },
    {
      name: 'procedures-are-called-through-the-pool',
      comment: 'A room that imports a procedure as a value runs it on its own thread, past the queue and past cancel.',
      severity: 'error',
      from: { path: '^src-main/', pathNot: `^src-main/worker/|${TEST}` },
      to: { path: '^src-main/worker/', pathNot: POOL, dependencyTypesNot: TYPE_ONLY },
    },
    {
      name: 'sqlite-runs-in-the-worker',
      comment:
        'A statement on the main thread stops every call and the window with it. Outside the thread only the lock of the workspace is taken (app.ts).',
      severity: 'error',
      from: { path: '^src-main/', pathNot: `^src-main/(worker|sqlite|importer)/|${TEST}` },
      to: { path: '^src-main/sqlite/', pathNot: '^src-main/sqlite/workspaceLock[.]ts$', dependencyTypesNot: TYPE_ONLY },
    },
    {
      name: 'sqlite-stands-alone',
      comment:
        'sqlite/ knows its driver, plain contract values, compiled predicates, and the shapes of what it stores. Columns and rows come as arguments.',
      severity: 'error',
      from: { path: '^src-main/sqlite/', pathNot: TEST },
      to: {
        path: '^src-main/',
        pathNot: `^src-main/(sqlite|predicate|segments)/|^src-main/conditions/sameAlert[.]ts$|${SHAPES}|${SHARED}`,
      },
    },
    {
      name: 'predicate-stands-alone',
      comment: 'One filter tree, compiled for every store: it knows their column layout and none of them.',
      severity: 'error',
      from: { path: '^src-main/predicate/', pathNot: TEST },
      to: { path: '^src-main/', pathNot: '^src-main/predicate/|^src-main/importer/datasetFile[.]ts$' },
    },
    {
      name: 'conditions-see-only-rows',
      comment:
        'A rule is asked of rows that are handed to it; with predicates and the shape of a finding it needs no store and is tested without one.',
      severity: 'error',
      from: { path: '^src-main/conditions/', pathNot: TEST },
      to: {
        path: '^src-main/',
        pathNot: '^src-main/(conditions|predicate)/|^src-main/analyzers/analyzer[.]ts$',
      },
    },
    {
      name: 'exporter-sees-only-texts',
      comment: 'Texts in, one file out, beside and renamed. Without a store behind it any list can be exported.',
      severity: 'error',
      from: { path: '^src-main/exporter/', pathNot: TEST },
      to: { path: '^src-main/', pathNot: '^src-main/exporter/' },
    },
    {
      name: 'sharing-sees-only-records',
      comment:
        'A case file is read and merged without a workspace behind it: what comes from a stranger is checked where nothing can be touched.',
      severity: 'error',
      from: { path: '^src-main/sharing/', pathNot: TEST },
      to: { path: '^src-main/', pathNot: '^src-main/sharing/' },
    },
    {
      name: 'reporting-sees-only-contents',
      comment:
        'What was gathered of a case in, one file out. Without a store behind it every format is tested with one made-up case.',
      severity: 'error',
      from: { path: '^src-main/reporting/', pathNot: TEST },
      to: { path: '^src-main/', pathNot: '^src-main/(reporting|exporter)/' },
    },
    {
      name: 'lineage-sees-only-records',
      comment:
        'Trees of processes are made of what rows say, whoever read them: without a store they are tested with three records.',
      severity: 'error',
      from: { path: '^src-main/lineage/', pathNot: TEST },
      to: { path: '^src-main/', pathNot: '^src-main/lineage/' },
    },
    {
      name: 'graph-sees-only-pairs',
      comment:
        'Maps are made of what rows say together, whoever counted it: folding and ways are tested with three nodes.',
      severity: 'error',
      from: { path: '^src-main/graph/', pathNot: TEST },
      to: { path: '^src-main/', pathNot: '^src-main/graph/' },
    },
    {
      name: 'clickhouse-stands-alone',
      comment: 'clickhouse/ knows its driver and plain contract values; questions and their SQL come from soc/.',
      severity: 'error',
      from: { path: '^src-main/clickhouse/', pathNot: TEST },
      to: { path: '^src-main/', pathNot: '^src-main/clickhouse/' },
    },
    {
      name: 'stores-take-plain-contract-values',
      comment: 'Input is parsed once, in the router. A store that imports a schema would parse again.',
      severity: 'error',
      from: { path: '^src-main/(sqlite|clickhouse)/', pathNot: TEST },
      to: { path: '^src-preload/contract/', pathNot: PLAIN_CONTRACT, dependencyTypesNot: TYPE_ONLY },
    },
    {
      name: 'importer-knows-no-workspace',
      comment:
        'Bytes in, one dataset file out. The importer writes through sqlite/datasetWriter.ts and sees no other room, so it can be run on any file anywhere.',
      severity: 'error',
      from: { path: '^src-main/importer/', pathNot: TEST },
      to: { path: '^src-main/', pathNot: '^src-main/importer/|^src-main/sqlite/datasetWriter[.]ts$' },
    },
    {
      name: 'segments-know-pages-only',
      comment:
        'Compiled code over the pages of a dataset file: sqlite/ has it made and asks it. It knows the layout, how numbers are read, and the compiler of the fast import.',
      severity: 'error',
      from: { path: '^src-main/segments/', pathNot: TEST },
      to: {
        path: '^src-main/',
        pathNot:
          '^src-main/segments/|^src-main/predicate/bounds[.]ts$|^src-main/importer/(datasetFile|fast/build)[.]ts$',
      },
    },
    {
      name: 'analyzers-see-only-rows',
      comment:
        'An analyzer is handed rows and answers findings; without a store behind it, it is tested with three rows and moved between threads freely.',
      severity: 'error',
      from: { path: '^src-main/analyzers/', pathNot: `${ANALYZER_CALLS}|${TEST}` },
      to: { path: '^src-main/', pathNot: '^src-main/analyzers/' },
    },
    {
      name: 'analyzers-do-not-see-their-calls',
      comment: 'The thread imports the analyzers; through their calls it would import the pool that started it.',
      severity: 'error',
      from: { path: '^src-main/(analyzers|worker)/', pathNot: `${ANALYZER_CALLS}|${TEST}` },
      to: { path: ANALYZER_CALLS },
    },
    {
      name: 'sqlite-driver-only-in-sqlite',
      comment: 'Opening rights (read-only, limits, pragmas) are decided in one place.',
      severity: 'error',
      from: { pathNot: `^src-main/sqlite/|${TEST}` },
      to: { path: 'node_modules/(@types/)?better-sqlite3/|^node:sqlite$' },
    },
    {
      name: 'clickhouse-driver-only-in-clickhouse',
      comment: 'Query ids, limits and cancel are set in one place.',
      severity: 'error',
      from: { pathNot: `^src-main/clickhouse/|${TEST}` },
      to: { path: 'node_modules/@clickhouse/' },
    },

    // ---- the page ---------------------------------------------------------------------------------------------------
    {
      name: 'page-knows-only-the-contract',
      comment: 'The page cannot tell which shell it talks to.',
      severity: 'error',
      from: { path: '^src-renderer/', pathNot: TEST },
      to: { path: '^src-(main|preload)/', pathNot: '^src-preload/contract/' },
    },
    {
      name: 'page-takes-types-and-plain-values',
      comment: 'Types cost nothing; a schema brings zod into the page (188 kB against 1.8 kB, measured).',
      severity: 'error',
      from: { path: '^src-renderer/', pathNot: TEST },
      to: { path: '^src-preload/contract/', pathNot: PLAIN_CONTRACT, dependencyTypesNot: TYPE_ONLY },
    },
    {
      name: 'page-has-no-node',
      comment: 'The page is ordinary Chromium, sandboxed, and is served to browsers as well.',
      severity: 'error',
      from: { path: '^src-renderer/', pathNot: TEST },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'views-do-not-import-each-other',
      comment:
        'A view leads to another through the URL. What two views share belongs in ui/, grid/, charts/ or graph/.',
      severity: 'error',
      from: { path: '^src-renderer/views/([^/]+)(?:/|$)', pathNot: TEST },
      to: { path: '^src-renderer/views/', pathNot: '^src-renderer/views/$1(?:/|$)' },
    },
    {
      name: 'views-do-not-see-the-frame',
      comment: 'app/ mounts the views; the way back would be a cycle and a view that only works in this frame.',
      severity: 'error',
      from: { path: '^src-renderer/views/', pathNot: TEST },
      to: { path: '^src-renderer/(app/|main[.]tsx$)' },
    },
    {
      name: 'pictures-stand-alone',
      comment:
        'grid, charts, graph and ui draw what they are handed. Without backend or state they are used by any view and shown in isolation.',
      severity: 'error',
      from: { path: '^src-renderer/(grid|charts|graph|ui)/', pathNot: TEST },
      to: { path: '^src-renderer/', pathNot: '^src-renderer/($1|ui)/' },
    },
    {
      name: 'backend-and-state-know-no-screen',
      comment:
        'What carries data does not know who shows it. (backend/ may use ui/: a failed call is shown the same way everywhere.)',
      severity: 'error',
      from: { path: '^src-renderer/(backend|state)/', pathNot: TEST },
      to: { path: '^src-renderer/(app|views|grid|charts|graph)/' },
    },
    {
      name: 'echarts-only-in-EChart',
      comment: 'One place decides which parts of ECharts are bundled, its theme and its table twin.',
      severity: 'error',
      from: { path: '^src-', pathNot: '^src-renderer/charts/EChart[.]tsx$' },
      to: { path: 'node_modules/echarts/' },
    },
    {
      name: 'cytoscape-only-in-GraphCanvas',
      comment: 'One place owns the canvas, its limits and its table twin.',
      severity: 'error',
      from: { path: '^src-', pathNot: '^src-renderer/graph/GraphCanvas[.]tsx$' },
      to: { path: 'node_modules/(@types/)?cytoscape/' },
    },

    // ---- everywhere -------------------------------------------------------------------------------------------------
    {
      name: 'product-does-not-import-tests',
      comment: 'Test code is not packaged and may do what the product must not.',
      severity: 'error',
      from: { path: '^src-', pathNot: TEST },
      to: { path: `${TEST}|^(test|e2e|bench|scripts)/` },
    },
    {
      name: 'no-cycles',
      comment: 'Two files in a circle are one file that nobody can read alone. Circles of types only are harmless.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: TYPE_ONLY } },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nothing imports and that imports nothing is left over.',
      severity: 'error',
      from: { orphan: true, pathNot: '[.]d[.]ts$|[.]css$|[.]json$' },
      to: {},
    },
    {
      name: 'imports-resolve',
      comment: 'An import this tool cannot follow is an arrow no rule sees.',
      severity: 'error',
      from: { path: '^src-' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'browser', 'node', 'require', 'types', 'style', 'default'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
}
