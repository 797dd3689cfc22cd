import type { WriteDb } from '../sqlite/db.ts'
import * as alertChanges from '../sqlite/queries/alertChanges.write.ts'
import * as alertsWrite from '../sqlite/queries/alerts.write.ts'
import * as annotationsWrite from '../sqlite/queries/annotations.write.ts'
import { link, unlink } from '../sqlite/queries/caseLinks.write.ts'
import * as caseNotesWrite from '../sqlite/queries/caseNotes.write.ts'
import * as caseTasksWrite from '../sqlite/queries/caseTasks.write.ts'
import * as casesWrite from '../sqlite/queries/cases.write.ts'
import * as connectionsWrite from '../sqlite/queries/connections.write.ts'
import * as copiesWrite from '../sqlite/queries/copies.write.ts'
import * as detectorRunsWrite from '../sqlite/queries/detectorRuns.write.ts'
import * as datasetsWrite from '../sqlite/queries/datasets.write.ts'
import * as hostsWrite from '../sqlite/queries/hosts.write.ts'
import * as huntsWrite from '../sqlite/queries/hunts.write.ts'
import * as keywordsWrite from '../sqlite/queries/keywords.write.ts'
import { keepScan } from '../sqlite/queries/keywordScans.write.ts'
import * as mappingsWrite from '../sqlite/queries/mappings.write.ts'
import * as mapsWrite from '../sqlite/queries/maps.write.ts'
import * as notificationsWrite from '../sqlite/queries/notifications.write.ts'
import * as hypothesesWrite from '../sqlite/queries/hypotheses.write.ts'
import * as intelWrite from '../sqlite/queries/intel.write.ts'
import * as readingsWrite from '../sqlite/queries/readings.write.ts'
import * as rowTagsWrite from '../sqlite/queries/rowTags.write.ts'
import * as ruleAlertsWrite from '../sqlite/queries/ruleAlerts.write.ts'
import * as rulesWrite from '../sqlite/queries/rules.write.ts'
import * as searchesWrite from '../sqlite/queries/searches.write.ts'
import * as settingsWrite from '../sqlite/queries/settings.write.ts'
import type { Built, MergeRequest } from './applyCase.ts'
import type { WriteContext } from './contexts.ts'
import type { Procedures } from './procedureShape.ts'

const changing =
  <Args extends unknown[], R>(run: (db: WriteDb, ...args: Args) => R) =>
  (context: WriteContext, ...args: Args): R =>
    run(context.db, ...args)

/** What the writer thread can do; one after another. */
export const writes = {
  hunts: {
    create: changing(huntsWrite.create),
    update: changing(huntsWrite.update),
    remove: changing(huntsWrite.remove),
  },
  datasets: {
    begin: changing(datasetsWrite.begin),
    publish: changing(datasetsWrite.publish),
    fail: changing(datasetsWrite.fail),
    keepBlocks: changing(datasetsWrite.keepBlocks),
    rename: changing(datasetsWrite.rename),
    remove: changing(datasetsWrite.remove),
    failInterrupted: changing(datasetsWrite.failInterrupted),
  },
  alerts: {
    keepFiles: changing(alertsWrite.keepFiles),
    updateByIds: changing(alertChanges.updateByIds),
    updateByFilter: changing(alertChanges.updateByFilter),
    remove: changing(alertsWrite.remove),
  },
  detectorRuns: { keep: changing(detectorRunsWrite.keep) },
  rowTags: { set: changing(rowTagsWrite.set), undo: changing(rowTagsWrite.undo) },
  annotations: {
    create: changing(annotationsWrite.create),
    update: changing(annotationsWrite.update),
    remove: changing(annotationsWrite.remove),
    restore: changing(annotationsWrite.restore),
  },
  hypotheses: {
    create: changing(hypothesesWrite.create),
    update: changing(hypothesesWrite.update),
    remove: changing(hypothesesWrite.remove),
    restore: changing(hypothesesWrite.restore),
    addEvidence: changing(hypothesesWrite.addEvidence),
    addAlert: changing(hypothesesWrite.addAlert),
    noteEvidence: changing(hypothesesWrite.noteEvidence),
    removeEvidence: changing(hypothesesWrite.removeEvidence),
  },
  cases: {
    create: changing(casesWrite.create),
    update: changing(casesWrite.update),
    remove: changing(casesWrite.remove),
    restore: changing(casesWrite.restore),
    note: changing(casesWrite.note),
    link: changing(link),
    unlink: changing(unlink),
    createTask: changing(caseTasksWrite.createTask),
    updateTask: changing(caseTasksWrite.updateTask),
    settleTask: changing(caseTasksWrite.settleTask),
    createNote: changing(caseNotesWrite.createNote),
    updateNote: changing(caseNotesWrite.updateNote),
    settleNote: changing(caseNotesWrite.settleNote),
  },
  readings: {
    settle: changing(readingsWrite.settle),
    setRewriting: changing(readingsWrite.setRewriting),
  },
  mappings: {
    create: changing(mappingsWrite.create),
    update: changing(mappingsWrite.update),
    remove: changing(mappingsWrite.remove),
    remember: changing(mappingsWrite.remember),
    takeIn: changing(mappingsWrite.takeIn),
  },
  rules: {
    create: changing(rulesWrite.create),
    update: changing(rulesWrite.update),
    remove: changing(rulesWrite.remove),
    seed: changing(rulesWrite.seed),
    ran: changing(rulesWrite.ran),
    keepFound: changing(ruleAlertsWrite.keepFound),
  },
  searches: {
    create: changing(searchesWrite.create),
    update: changing(searchesWrite.update),
    remove: changing(searchesWrite.remove),
    remember: changing(searchesWrite.remember),
  },
  keywords: {
    createTheme: changing(keywordsWrite.createTheme),
    updateTheme: changing(keywordsWrite.updateTheme),
    removeTheme: changing(keywordsWrite.removeTheme),
    seed: changing(keywordsWrite.seed),
    add: changing(keywordsWrite.add),
    update: changing(keywordsWrite.update),
    remove: changing(keywordsWrite.remove),
    keepScan: changing(keepScan),
  },
  notifications: {
    createChannel: changing(notificationsWrite.createChannel),
    updateChannel: changing(notificationsWrite.updateChannel),
    removeChannel: changing(notificationsWrite.removeChannel),
    enqueue: changing(notificationsWrite.enqueue),
    attempted: changing(notificationsWrite.attempted),
  },
  intel: {
    newContent: changing(intelWrite.newContent),
    addPart: changing(intelWrite.addPart),
    settle: changing(intelWrite.settle),
    update: changing(intelWrite.update),
    remove: changing(intelWrite.remove),
    sweep: changing(intelWrite.sweep),
    allow: changing(intelWrite.allow),
    disallow: changing(intelWrite.disallow),
    keepHits: changing(intelWrite.keepHits),
  },
  connections: {
    create: changing(connectionsWrite.create),
    update: changing(connectionsWrite.update),
    remove: changing(connectionsWrite.remove),
  },
  hosts: { add: changing(hostsWrite.add), remove: changing(hostsWrite.remove) },
  maps: {
    create: changing(mapsWrite.create),
    update: changing(mapsWrite.update),
    edit: changing(mapsWrite.edit),
    turn: changing(mapsWrite.turn),
    remove: changing(mapsWrite.remove),
    restore: changing(mapsWrite.restore),
  },
  caseFiles: {
    apply: async (context: WriteContext, request: MergeRequest, built: readonly Built[]) =>
      (await import('./applyCase.ts')).applyMerge(context, request, built),
    arrived: async (context: WriteContext, id: string) => (await import('./applyCase.ts')).arrived(context, id),
  },
  copies: {
    begin: changing(copiesWrite.begin),
    settle: changing(copiesWrite.settle),
    remove: changing(copiesWrite.remove),
    failInterrupted: changing(copiesWrite.failInterrupted),
  },
  settings: { put: changing(settingsWrite.put) },
} satisfies Procedures<WriteContext>
