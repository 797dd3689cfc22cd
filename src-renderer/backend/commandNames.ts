import type { CallName, Contract } from '#contract/contract'

export type CommandName = { [K in CallName]: Contract[K]['kind'] extends 'command' ? K : never }[CallName]
export type QueryName = Exclude<CallName, CommandName>

/**
 * The calls that change something. A query may be asked again after the connection was lost; a command may already have
 * been carried out and is not. The contract itself stays out of the page (it carries zod); the compiler keeps this list complete.
 */
const commandNames: Record<CommandName, true> = {
  'hunts.create': true,
  'hunts.update': true,
  'hunts.delete': true,
  'hunts.openSample': true,
  'datasets.import': true,
  'datasets.update': true,
  'datasets.undo': true,
  'datasets.rescan': true,
  'datasets.repair': true,
  'datasets.delete': true,
  'rows.tag': true,
  'rows.undoTag': true,
  'rows.export': true,
  'annotations.create': true,
  'annotations.update': true,
  'annotations.delete': true,
  'annotations.restore': true,
  'hypotheses.create': true,
  'hypotheses.update': true,
  'hypotheses.addEvidence': true,
  'hypotheses.noteEvidence': true,
  'hypotheses.removeEvidence': true,
  'hypotheses.delete': true,
  'hypotheses.restore': true,
  'analyzers.run': true,
  'alerts.update': true,
  'alerts.bulkUpdate': true,
  'alerts.delete': true,
  'rules.create': true,
  'rules.update': true,
  'rules.delete': true,
  'rules.run': true,
  'searches.create': true,
  'searches.update': true,
  'searches.delete': true,
  'searches.remember': true,
  'keywords.createTheme': true,
  'keywords.updateTheme': true,
  'keywords.deleteTheme': true,
  'keywords.add': true,
  'keywords.bulkAdd': true,
  'keywords.update': true,
  'keywords.delete': true,
  'keywords.scan': true,
  'notifications.createChannel': true,
  'notifications.updateChannel': true,
  'notifications.deleteChannel': true,
  'notifications.test': true,
  'intel.import': true,
  'intel.update': true,
  'intel.delete': true,
  'intel.allow': true,
  'intel.disallow': true,
  'intel.match': true,
  'jobs.cancel': true,
  'settings.update': true,
}

export const isCommand = (name: CallName): name is CommandName => Object.hasOwn(commandNames, name)
