import { join } from 'node:path'
import type { CallName } from '#contract/contract'
import type { Reply } from '#contract/wire'
import { alertHandlers } from './alerts/alertHandlers.ts'
import { parseAnalyzerConfig } from './analyzers/analyzerConfig.ts'
import { analyzerHandlers } from './analyzers/analyzerHandlers.ts'
import { analyzers } from './analyzers/index.ts'
import { createRunOverDatasets } from './analyzers/runOverDatasets.ts'
import { annotationHandlers } from './annotations/annotationHandlers.ts'
import { attackHandlers } from './attack/attackHandlers.ts'
import { ATTACK_VERSION, readTechniques } from './attack/techniques.ts'
import { caseHandlers } from './cases/caseHandlers.ts'
import { createCopies } from './copies/createCopies.ts'
import { createConnections } from './connections/createConnections.ts'
import { createWaitingFiles } from './caseFiles/waitingFiles.ts'
import { caseFileHandlers } from './caseFiles/caseFileHandlers.ts'
import { datasetHandlers } from './datasets/datasetHandlers.ts'
import { correlationHandlers } from './correlation/correlationHandlers.ts'
import { createChangeReading } from './datasets/changeReading.ts'
import { createPrepareDatasets } from './datasets/prepareDatasets.ts'
import { createImportFiles } from './datasets/importFiles.ts'
import { createImportSample } from './datasets/importSample.ts'
import { replaceFile } from './datasets/replaceFile.ts'
import { importMadeInto } from './datasets/importMade.ts'
import { createDownloads, type Downloads } from './files/downloads.ts'
import { createExportTargets } from './files/exportTargets.ts'
import { createPlaces } from './files/places.ts'
import { createTickets, type Tickets } from './files/tickets.ts'
import { hostHandlers } from './hosts/hostHandlers.ts'
import { huntHandlers } from './hunts/huntHandlers.ts'
import { hypothesisHandlers } from './hypotheses/hypothesisHandlers.ts'
import { intelHandlers } from './intel/intelHandlers.ts'
import { createMatchLists } from './intel/matchLists.ts'
import { sweepIndicators } from './intel/sweepIndicators.ts'
import { jobHandlers } from './jobs/jobHandlers.ts'
import { createJobRunner } from './jobs/jobRunner.ts'
import { keywordHandlers, seedThemes } from './keywords/keywordHandlers.ts'
import { openSampleMap } from './maps/openSampleMap.ts'
import { mappingHandlers } from './mappings/mappingHandlers.ts'
import { mapHandlers } from './maps/mapHandlers.ts'
import { networkMapHandlers } from './networkMap/networkMapHandlers.ts'
import { createNotifications } from './notifications/createNotifications.ts'
import type { Ports } from './ports.ts'
import { processHandlers } from './processes/processHandlers.ts'
import { createWriteJob, reportHandlers } from './reports/reportHandlers.ts'
import { rowHandlers, rowsOfReady } from './rows/rowHandlers.ts'
import { createEvents } from './rpc/events.ts'
import type { CallContext, Handlers } from './rpc/handlers.ts'
import { checked, connect, type Connection } from './rpc/router.ts'
import { createDetectOnImport } from './rules/detectOnImport.ts'
import { ruleHandlers, seedTemplates } from './rules/ruleHandlers.ts'
import { ruleTargets } from './rules/ruleTargets.ts'
import { createRunOverRules } from './rules/runOverRules.ts'
import { searchHandlers } from './searches/searchHandlers.ts'
import type { Demo, DemoOptions } from './soc/demo/startDemo.ts'
import { readSettings, settingsHandlers } from './settings/settingsHandlers.ts'
import { segmentsPath } from './segments/segmentFile.ts'
import { inspectServer } from './soc/inspectServer.ts'
import { serverOf } from './soc/server.ts'
import { socHandlers } from './soc/socHandlers.ts'
import { lockWorkspace } from './sqlite/workspaceLock.ts'
import { openStore } from './worker/pool.ts'
import { createDiscardFiles } from './workspace/discardFiles.ts'
import { recover } from './workspace/recover.ts'
import { workspaceFolders } from './workspace/workspaceFolders.ts'
import { workspaceHandlers } from './workspace/workspaceHandlers.ts'

export type { Connection } from './rpc/router.ts'

/** The application, without a shell. Every shell builds one and carries its messages. */
export type App = {
  connect(send: (reply: Reply) => void): Connection
  files: Pick<Tickets, 'offer' | 'upload'> & {
    /** A ticket for a path to write to that the person named. */
    placeAt(path: string): string
    /** The file behind the token of a download; null when there is none, or it was fetched. */
    download: Downloads['take']
    /** A case file that the desktop asked to open; pages hear of it. */
    openCaseFile(path: string): Promise<void>
  }
  /** Resolves when all that is done behind the calls is done: what quick questions of new datasets need. */
  settled(): Promise<void>
  /** Cancels jobs, waits for them, closes every file. */
  close(): Promise<void>
}

export type AppOptions = {
  /** Check every answer against the contract; for tests. */
  checkAnswers?: boolean
}

/** The demo's ClickHouse; it needs no workspace, and nobody else loads it. */
export const startDemo = async (options: DemoOptions): Promise<Demo> =>
  (await import('./soc/demo/startDemo.ts')).startDemo(options)
export type { Demo }

/**
 * Builds and wires everything: this is the table of contents of the program.
 * AppError 'workspace-locked', 'workspace-damaged', 'workspace-newer', 'disk-full'.
 */
export async function createApp(ports: Ports, options: AppOptions = {}): Promise<App> {
  const folders = workspaceFolders(ports.folder)
  const lock = lockWorkspace(folders.root)
  const store = await openStore(
    { workspace: folders.database, datasets: folders.datasets, backups: folders.backups },
    ports.log,
  ).catch((error: unknown) => {
    lock.release()
    throw error
  })
  const begin = async (): Promise<void> => {
    await recover(store, folders, ports)
    await seedTemplates(store, ports.clock().getTime())
    await seedThemes(store, join(ports.resources, 'keywords'), ports.clock().getTime())
    await sweepIndicators(store)
  }
  await begin().catch(async (error: unknown) => {
    await store.close()
    lock.release()
    throw error
  })

  const events = createEvents()
  const jobs = createJobRunner(events, ports)
  const tickets = createTickets(folders.uploads, folders.sources)
  /** A file that is offered is looked at or imported next: the thread for it starts meanwhile. */
  const prepared =
    <A extends unknown[], R>(take: (...args: A) => R) =>
    (...args: A): R => {
      store.prepare()
      return take(...args)
    }
  const segmentsOf = (id: string): string => segmentsPath(join(folders.datasets, `${id}.db`))
  const preparing = createPrepareDatasets({ store, events, ports, segmentsOf })
  const { prepare } = preparing
  const discardFiles = createDiscardFiles(store, folders, ports.log, { segmentsOf, stop: preparing.stop })
  async function putInPlace(id: string, target: string, lasting: string): Promise<void> {
    await preparing.stop([id])
    await replaceFile(store, id, target, lasting)
  }
  const places = createPlaces()
  const downloads = createDownloads(folders.downloads)
  const waitingFiles = createWaitingFiles(tickets, events)
  const targets = createExportTargets({ ports, places, downloads, exports: folders.exports })
  const analyst = async (): Promise<string> => (await readSettings(store)).analystName
  async function mayLeave(huntId: string | null): Promise<string | null> {
    const [forbidding] = huntId === null ? [] : await store.read().cases.forbidding(huntId)
    return forbidding ? `Case ${forbidding.number} is PAP:RED: nothing about its hunts leaves this computer.` : null
  }
  const notifications = createNotifications({
    store,
    ports,
    events,
    on: async () => (await readSettings(store)).notify,
    mayLeave,
  })
  const onAlerts = notifications.made
  const runOverDatasets = createRunOverDatasets({ store, events, ports, onAlerts })
  const runOverRules = createRunOverRules({ store, events, ports, onAlerts })
  const matchLists = createMatchLists({ store, events, ports, onAlerts })
  const importFiles = createImportFiles({
    store,
    jobs,
    events,
    tickets,
    ports,
    folders,
    discardFiles,
    prepare,
    analyze: createDetectOnImport({
      store,
      runOverRules,
      analyzers: analyzers.map(({ name }) => name),
      runAnalyzers: async ({ id, huntId }, names, context) =>
        (await runOverDatasets({ huntId, datasetIds: [id], analyzers: names, config: {}, keep: true }, context))
          .alertsCreated,
      prepared: prepare,
      matchLists: async (dataset, context) =>
        (await readSettings(store)).matchListsOnImport
          ? (await matchLists({ verdicts: ['malicious', 'suspicious'] }, [dataset], context)).alertsCreated
          : 0,
    }),
  })

  const changeReading = createChangeReading({
    ...{ store, jobs, events, ports, folders, analyst, prepare },
    replaceFile: putInPlace,
  })

  const sample = join(ports.resources, 'samples')
  const importSample = createImportSample({
    ...{ store, tickets, importFiles, folder: sample },
    openMap: (huntId, path) => openSampleMap(store, { huntId, path, now: ports.clock().getTime() }),
  })

  const connections = createConnections({ store, ports, events, inspect: inspectServer })
  const copies = createCopies({ store, jobs, events, ports, mayLeave, connection: connections.server })

  const techniques = readTechniques(join(ports.resources, 'attack', 'techniques.csv'))
  const rowsOf = (id: string, signal: AbortSignal) => rowsOfReady(store, id, signal)
  const datasetCalls = datasetHandlers({
    ...{ store, jobs, events, tickets, importFiles, changeReading, discardFiles },
    prepared: preparing.prepared,
  })
  const named = (technique: string): string => techniques.named(technique).name
  const caseCalls = caseHandlers({ store, events, ports, analyst, rowsOf, named })
  const searchCalls = searchHandlers({ store, events, ports })
  const quiet = { signal: new AbortController().signal }
  const reportCalls = reportHandlers({
    ...{ store, jobs, events, ports, targets, analyst, attack: ATTACK_VERSION },
    technique: techniques.named,
    links: async (id, kind, limit, offset) => caseCalls['cases.links']({ id, kind, limit, offset }, quiet),
    resolve: async (references) =>
      (await caseCalls['cases.resolve']({ references: [...references] }, quiet)).references,
    ask: async (call, input, signal) => ask(call, input, signal),
    analyzerTitle: (name) => analyzers.find((analyzer) => analyzer.name === name)?.title ?? name,
    searchNow: async (id, signal) => {
      const { total, datasets } = await searchCalls['searches.run']({ id }, { signal })
      const asked = datasets.filter(({ leftOut }) => leftOut === null).map(({ id: datasetId }) => datasetId)
      return { total, asked, notAsked: datasets.length - asked.length }
    },
  })
  const all: Handlers = {
    ...workspaceHandlers({ store, ports, sample }),
    ...huntHandlers({
      store,
      jobs,
      events,
      ports,
      techniques,
      discardFiles,
      analyzeOnImport: async () => (await readSettings(store)).analyzeOnImport,
      importSample,
    }),
    ...datasetCalls,
    ...mappingHandlers({ store, events, ports, tickets, writeJob: createWriteJob({ jobs, targets }) }),
    ...rowHandlers({ store, events, ports, jobs, targets, copies: copies.rows }),
    ...annotationHandlers({ store, events, ports, analyst, rowsOf }),
    ...hypothesisHandlers({ store, events, ports, analyst, rowsOf }),
    ...caseCalls,
    ...reportCalls,
    ...attackHandlers({
      ...{ techniques, tickets, writeJob: createWriteJob({ jobs, targets }) },
      hunt: (id) => store.read().hunts.get(id),
      used: (huntId) => store.read().alerts.techniques(huntId),
      layer: (request, signal) => store.task({ signal }).reports.layer({ ...request, attack: ATTACK_VERSION }),
      ofCase: (caseId, to, context) =>
        reportCalls['reports.build']({ caseId, format: 'navigator', sections: [], guard: true, to }, context),
      intoCase: (id, links, context) => caseCalls['cases.link']({ id, links }, context),
    }),
    ...analyzerHandlers({ store, jobs, runOverDatasets }),
    ...alertHandlers({
      ...{ store, events, ports, analyst },
      bytesOf: async (id, row, context) => datasetCalls['datasets.bytes']({ id, row }, context),
    }),
    ...ruleHandlers({ store, jobs, events, ports, runOverRules, checkAnalyzer: parseAnalyzerConfig }),
    ...searchCalls,
    ...keywordHandlers({ store, jobs, events, ports }),
    ...notifications.handlers,
    ...correlationHandlers({
      store,
      ports,
      techniqueUses: [
        async (huntIds) =>
          (await store.read().alerts.techniqueUses(huntIds)).map((use) => ({ ...use, from: 'alert' as const })),
        async (huntIds) =>
          (await store.read().hypotheses.techniqueUses(huntIds)).map((use) => ({
            ...use,
            from: 'hypothesis' as const,
          })),
      ],
      techniqueName: (technique) => techniques.named(technique).name,
    }),
    ...intelHandlers({
      ...{ store, jobs, events, ports, tickets, matchLists },
      targets: (which) => ruleTargets(store, which),
    }),
    ...processHandlers({ store, tacticsOf: (id) => techniques.named(id).tactics }),
    ...connections.handlers,
    ...copies.handlers,
    ...socHandlers({
      ...{ ports, events, jobs },
      importInto: (huntId) => importMadeInto(huntId, { store, tickets, importFiles }),
      server: async (id) => serverOf(await connections.server(id)),
    }),
    ...caseFileHandlers({
      ...{ store, jobs, events, ports, tickets, targets, folders, analyst },
      waiting: waitingFiles,
      replaceFile: putInPlace,
      prepare,
    }),
    ...hostHandlers({ store, events, ports, analyst }),
    ...networkMapHandlers({ store, ports }),
    ...mapHandlers({ store, events, ports, jobs, targets }),
    ...jobHandlers(jobs),
    ...settingsHandlers({ store, events, onChange: notifications.wake }),
  }
  /** Any call by its name, with an input that was checked against its contract. */
  async function ask(call: CallName, input: unknown, signal: AbortSignal): Promise<unknown> {
    const handler: (input: never, context: CallContext) => unknown = all[call]
    return Reflect.apply(handler, undefined, [input, { signal }])
  }
  const handlers = options.checkAnswers ? checked(all) : all

  return {
    connect: (send) => connect(handlers, events, ports.log, send),
    files: {
      offer: prepared(tickets.offer),
      upload: prepared(tickets.upload),
      placeAt: places.name,
      download: downloads.take,
      openCaseFile: waitingFiles.open,
    },
    settled: preparing.idle,
    async close() {
      await jobs.close()
      await preparing.close()
      await notifications.close()
      await connections.close()
      await downloads.close()
      await store.close()
      lock.release()
    },
  }
}
