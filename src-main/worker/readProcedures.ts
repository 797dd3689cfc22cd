import { indicatorsOf } from '../importer/indicators/indicatorOf.ts'
import { profiles } from '../importer/profiles.ts'
import { mappingFault } from '../importer/recogniseMapping.ts'
import { takeApart } from '../importer/takeApart.ts'
import { chosenOrder, chosenRows } from '../sqlite/chosenRows.ts'
import type { DatasetHandle } from '../sqlite/datasetFiles.ts'
import type { ReadDb } from '../sqlite/db.ts'
import { groups } from '../sqlite/queries/alertGroups.read.ts'
import { history } from '../sqlite/queries/alertHistory.read.ts'
import * as alertsRead from '../sqlite/queries/alerts.read.ts'
import * as annotationsRead from '../sqlite/queries/annotations.read.ts'
import { activity, verify } from '../sqlite/queries/caseActivity.read.ts'
import { links } from '../sqlite/queries/caseLinks.read.ts'
import { note, notes } from '../sqlite/queries/caseNotes.read.ts'
import { resolve } from '../sqlite/queries/casePlaces.read.ts'
import { task, tasks } from '../sqlite/queries/caseTasks.read.ts'
import * as casesRead from '../sqlite/queries/cases.read.ts'
import * as connectionsRead from '../sqlite/queries/connections.read.ts'
import * as sharedRecordsRead from '../sqlite/queries/sharedRecords.read.ts'
import type { CaseScope } from '../sqlite/queries/sharedRecords.read.ts'
import * as copiesRead from '../sqlite/queries/copies.read.ts'
import { runsOf } from '../sqlite/queries/detectorRuns.read.ts'
import * as datasetsRead from '../sqlite/queries/datasets.read.ts'
import * as huntsRead from '../sqlite/queries/hunts.read.ts'
import * as hypothesesRead from '../sqlite/queries/hypotheses.read.ts'
import * as hostsRead from '../sqlite/queries/hosts.read.ts'
import * as intelRead from '../sqlite/queries/intel.read.ts'
import * as iocsRead from '../sqlite/queries/iocs.read.ts'
import * as keywordHitsRead from '../sqlite/queries/keywordHits.read.ts'
import * as keywordsRead from '../sqlite/queries/keywords.read.ts'
import * as mappingsRead from '../sqlite/queries/mappings.read.ts'
import * as mapsRead from '../sqlite/queries/maps.read.ts'
import * as notificationsRead from '../sqlite/queries/notifications.read.ts'
import * as readingsRead from '../sqlite/queries/readings.read.ts'
import { fieldStats } from '../sqlite/queries/fieldStats.read.ts'
import { histogramBy } from '../sqlite/queries/rowHistogram.read.ts'
import * as rowMarksRead from '../sqlite/queries/rowMarks.read.ts'
import * as rowsRead from '../sqlite/queries/rows.read.ts'
import { rowTexts } from '../sqlite/queries/rowTexts.read.ts'
import * as rulesRead from '../sqlite/queries/rules.read.ts'
import * as searchesRead from '../sqlite/queries/searches.read.ts'
import * as settingsRead from '../sqlite/queries/settings.read.ts'
import { excerptOf, sourceRows, sourceRuns } from '../sqlite/rowNumbers.ts'
import type { MergeRequest } from './applyCase.ts'
import type { ReadContext } from './contexts.ts'
import { citingBehind } from '../sqlite/queries/citedRows.read.ts'
import { lastRepair } from '../sqlite/repairedRows.ts'
import { published } from '../sqlite/queries/published.read.ts'
import { timelineFacts, timelineHistogram, timelinePage, timelinePosition } from './huntTimeline.ts'
import { timelineColumns, timelineEvents, type TimelineSource } from './timelineEvents.ts'
import { compareDatasets, type CompareRequest } from './compareDatasets.ts'
import { findIoc, type FindRequest } from './findIoc.ts'
import * as hostList from './hostList.ts'
import { listedIn } from './listedIn.ts'
import { lookUp } from './lookUp.ts'
import { facts } from './networkFacts.ts'
import * as networkPicture from './networkPicture.ts'
import { fittingMappings, mappingList, oneMapping } from './ownMappings.ts'
import { overviewParts } from './overviewParts.ts'
import { storyline } from './processStory.ts'
import * as processTree from './processTree.ts'
import type { Procedures } from './procedureShape.ts'
import { iocsIn, record } from './records.ts'
import { sourceBytes } from './sourceBytes.ts'

const ofWorkspace =
  <Args extends unknown[], R>(run: (db: ReadDb, ...args: Args) => R) =>
  (context: ReadContext, ...args: Args): R =>
    run(context.db, ...args)

const ofDataset =
  <Args extends unknown[], R>(run: (handle: DatasetHandle, ...args: Args) => R) =>
  (context: ReadContext, id: string, ...args: Args): R =>
    run(context.datasets.open(id), ...args)

/** What reader threads can do. */
export const reads = {
  hunts: { get: ofWorkspace(huntsRead.get), list: ofWorkspace(huntsRead.list), named: ofWorkspace(huntsRead.named) },
  datasets: {
    get: ofWorkspace(datasetsRead.get),
    columns: ofWorkspace(datasetsRead.columns),
    warnings: ofWorkspace(datasetsRead.warnings),
    origin: ofWorkspace(datasetsRead.origin),
    source: ofWorkspace(datasetsRead.source),
    blocks: ofWorkspace(datasetsRead.blocks),
    list: ofWorkspace(datasetsRead.list),
    readyOf: ofWorkspace(datasetsRead.readyOf),
    ofSize: ofWorkspace(datasetsRead.ofSize),
    ids: ofWorkspace(datasetsRead.ids),
    ofRows: ofWorkspace(datasetsRead.ofRows),
    rewriting: ofWorkspace(datasetsRead.rewriting),
    evidenceRows: ofWorkspace(datasetsRead.evidenceRows),
    totals: ofWorkspace(datasetsRead.totals),
  },
  rows: {
    page: ofDataset(rowsRead.page),
    count: ofDataset(rowsRead.count),
    position: ofDataset(rowsRead.position),
    facets: ofDataset(rowsRead.facets),
    histogram: ofDataset(rowsRead.histogram),
    histogramBy: ofDataset(histogramBy),
    fieldStats: ofDataset(fieldStats),
    timelinePage,
    timelinePosition,
    timelineHistogram,
    timelineFacts: ofDataset(timelineFacts),
    timelineColumns: (_context: ReadContext, source: TimelineSource) => timelineColumns(source),
    timelineEvents,
    quarantine: ofDataset(rowsRead.quarantine),
    iocs: ofDataset(iocsRead.list),
    record: ofDataset(record),
    iocsIn: (_context: ReadContext, texts: readonly string[]) => texts.map(iocsIn),
    bytes: ofDataset(sourceBytes),
    timesOf: ofDataset(rowsRead.timesOf),
    choose: ofDataset(chosenRows),
    order: ofDataset(chosenOrder),
    evidence: ofDataset(rowTexts),
    marks: ofDataset(rowMarksRead.marks),
    markedRows: ofDataset(rowMarksRead.markedRows),
    tagFacets: ofDataset(rowMarksRead.tagFacets),
    countTagged: ofDataset(rowMarksRead.countTagged),
    published: ofDataset(published),
    lastRepair: ofDataset(lastRepair),
    close: (context: ReadContext, id: string): void => context.datasets.close(id),
    renewSegments: (context: ReadContext, id: string): void => context.datasets.renewSegments(id),
    overview: (context: ReadContext, ids: string[], most: number) => overviewParts(context.datasets, ids, most),
  },
  alerts: {
    list: ofWorkspace(alertsRead.list),
    get: ofWorkspace(alertsRead.get),
    evidence: ofWorkspace(alertsRead.evidence),
    stats: ofWorkspace(alertsRead.stats),
    groups: ofWorkspace(groups),
    history: ofWorkspace(history),
    open: ofWorkspace(alertsRead.open),
    techniques: ofWorkspace(alertsRead.techniques),
    techniqueUses: ofWorkspace(alertsRead.techniqueUses),
    evidenceAt: ofWorkspace(alertsRead.evidenceAt),
    marks: ofWorkspace(alertsRead.marks),
  },
  annotations: {
    list: ofWorkspace(annotationsRead.list),
    get: ofWorkspace(annotationsRead.get),
    rows: ofWorkspace(annotationsRead.rows),
    texts: ofWorkspace(annotationsRead.texts),
  },
  hypotheses: {
    list: ofWorkspace(hypothesesRead.list),
    get: ofWorkspace(hypothesesRead.get),
    evidence: ofWorkspace(hypothesesRead.evidence),
    techniqueUses: ofWorkspace(hypothesesRead.techniqueUses),
  },
  cases: {
    list: ofWorkspace(casesRead.list),
    get: ofWorkspace(casesRead.get),
    forbidding: ofWorkspace(casesRead.forbidding),
    links: ofWorkspace(links),
    resolve: ofWorkspace(resolve),
    tasks: ofWorkspace(tasks),
    task: ofWorkspace(task),
    notes: ofWorkspace(notes),
    note: ofWorkspace(note),
    activity: ofWorkspace(activity),
    verify: ofWorkspace(verify),
  },
  readings: {
    reading: ofWorkspace(readingsRead.reading),
    history: ofWorkspace(readingsRead.history),
    lastChange: ofWorkspace(readingsRead.lastChange),
    citingBehind: ofWorkspace(citingBehind),
    newestChange: ofWorkspace(readingsRead.newestChange),
  },
  mappings: {
    any: ofWorkspace(mappingsRead.any),
    list: ofWorkspace(mappingList),
    get: ofWorkspace(oneMapping),
    ofHeaders: ofWorkspace(mappingsRead.ofHeaders),
    fitting: ofWorkspace(fittingMappings),
    fault: (_context: ReadContext, ...asked: Parameters<typeof mappingFault>) => mappingFault(...asked),
  },
  evidence: {
    profiles: (_context: ReadContext) =>
      profiles
        .map(({ id, name, required }) => ({ id, name, required }))
        .sort((a, b) => a.name.localeCompare(b.name, 'en')),
    takeApart: (_context: ReadContext, ...asked: Parameters<typeof takeApart>) => takeApart(...asked),
  },
  rules: {
    list: ofWorkspace(rulesRead.list),
    get: ofWorkspace(rulesRead.get),
    ofHunt: ofWorkspace(rulesRead.ofHunt),
    on: ofWorkspace(rulesRead.on),
    templates: ofWorkspace(rulesRead.templates),
    alertsOf: ofWorkspace(rulesRead.alertsOf),
  },
  detectorRuns: { runsOf: ofWorkspace(runsOf) },
  searches: {
    get: ofWorkspace(searchesRead.get),
    list: ofWorkspace(searchesRead.list),
    recent: ofWorkspace(searchesRead.recent),
  },
  keywords: {
    themes: ofWorkspace(keywordsRead.themes),
    theme: ofWorkspace(keywordsRead.theme),
    list: ofWorkspace(keywordsRead.list),
    get: ofWorkspace(keywordsRead.get),
    toScan: ofWorkspace(keywordsRead.toScan),
    hits: ofWorkspace(keywordHitsRead.hits),
    counts: ofWorkspace(keywordHitsRead.counts),
  },
  notifications: {
    channels: ofWorkspace(notificationsRead.channels),
    channel: ofWorkspace(notificationsRead.channel),
    deliveries: ofWorkspace(notificationsRead.deliveries),
    digest: ofWorkspace(notificationsRead.digest),
    due: ofWorkspace(notificationsRead.due),
    nextDue: ofWorkspace(notificationsRead.nextDue),
  },
  correlation: {
    compare: (context: ReadContext, request: CompareRequest) => compareDatasets(context, request),
    find: (context: ReadContext, request: FindRequest) => findIoc(context, request),
  },
  intel: {
    lists: ofWorkspace(intelRead.lists),
    get: ofWorkspace(intelRead.get),
    indicators: ofWorkspace(intelRead.indicators),
    rejects: ofWorkspace(intelRead.rejects),
    ownAllowList: ofWorkspace(intelRead.ownAllowList),
    lookUp: (context: ReadContext, values: readonly string[], now: number) => lookUp(context, values, now),
    indicatorsIn: (_context: ReadContext, values: readonly string[]) =>
      values.map((value) => indicatorsOf(value, 'domain')),
    listedIn: (context: ReadContext, datasetId: string, only: readonly string[] | undefined, now: number) =>
      listedIn(context, datasetId, only, now),
  },
  processes: {
    hosts: processTree.hosts,
    tree: processTree.tree,
    find: processTree.find,
    marks: processTree.marks,
    storyline,
  },
  connections: { list: ofWorkspace(connectionsRead.list), get: ofWorkspace(connectionsRead.get) },
  caseFiles: {
    plan: async (context: ReadContext, scope: CaseScope) => (await import('./casePlan.ts')).casePlan(context, scope),
    here: ofWorkspace(sharedRecordsRead.here),
    datasetsOf: ofWorkspace(sharedRecordsRead.datasetsOf),
    awaiting: ofWorkspace(sharedRecordsRead.awaitingFiles),
    excerpt: ofWorkspace(excerptOf),
    sourceRows: ofWorkspace(sourceRows),
    sourceRuns: ofWorkspace(sourceRuns),
    drawn: ofWorkspace(sharedRecordsRead.drawnAndCases),
    previewMerge: async (context: ReadContext, request: MergeRequest) =>
      (await import('./applyCase.ts')).previewMerge(context, request),
  },
  hosts: {
    list: hostList.list,
    get: hostList.get,
    changes: ofWorkspace(hostsRead.changes),
    change: ofWorkspace(hostsRead.get),
  },
  networkMap: {
    build: networkPicture.build,
    neighbours: networkPicture.neighbours,
    path: networkPicture.path,
    edges: networkPicture.edges,
    nodes: networkPicture.nodes,
    facts,
  },
  maps: { get: ofWorkspace(mapsRead.get), list: ofWorkspace(mapsRead.list) },
  copies: {
    list: ofWorkspace(copiesRead.list),
    get: ofWorkspace(copiesRead.get),
    ofHunt: ofWorkspace(copiesRead.ofHunt),
  },
  settings: { all: ofWorkspace(settingsRead.all) },
} satisfies Procedures<ReadContext>
