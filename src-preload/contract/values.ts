/**
 * The closed vocabularies of the product, as plain values: the page may import this file (it carries no zod).
 * Order matters where people read it: severities from worst to least, statuses in the order of work.
 */
export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const
export type Severity = (typeof severities)[number]

export const alertStatuses = ['new', 'acknowledged', 'in-progress', 'resolved', 'false-positive'] as const
export type AlertStatus = (typeof alertStatuses)[number]

/** What alerts can be grouped by, and what of them can be changed. */
export const alertGroupings = ['rule', 'host', 'user', 'technique'] as const
export type AlertGrouping = (typeof alertGroupings)[number]
export const alertChangeFields = ['status', 'severity', 'assignee', 'case', 'tags'] as const
export type AlertChangeField = (typeof alertChangeFields)[number]

/** Hunts that ship with the program. */
export const huntSamples = ['workstation', 'apt29'] as const
export type HuntSample = (typeof huntSamples)[number]

export const huntStatuses = ['active', 'closed', 'archived'] as const
export type HuntStatus = (typeof huntStatuses)[number]

export const datasetStates = ['importing', 'ready', 'failed'] as const
export type DatasetState = (typeof datasetStates)[number]

export const jobStates = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const
export type JobState = (typeof jobStates)[number]

/** How the cells of a column are stored. The raw text of every cell can always be had back exactly. */
export const columnTypes = ['text', 'integer', 'number', 'time'] as const
export type ColumnType = (typeof columnTypes)[number]

export const iocTypes = ['ipv4', 'ipv6', 'domain', 'url', 'email', 'md5', 'sha1', 'sha256', 'hostname', 'ja4'] as const
export type IocType = (typeof iocTypes)[number]

/** Where an address belongs: only `public` ones are worth looking up. Other IOC types are always `public`. */
export const iocScopes = ['public', 'private', 'loopback', 'reserved'] as const
export type IocScope = (typeof iocScopes)[number]

/** Canonical names of columns; one field may be fed by several columns and one column may feed several fields. */
export const canonicalFields = [
  'timestamp',
  'hostname',
  'os',
  'src_ip',
  'dst_ip',
  'ip_address',
  'src_port',
  'dst_port',
  'process_name',
  'pid',
  'ppid',
  'command_line',
  'parent_command_line',
  'parent_process_name',
  'username',
  'user_id',
  'file_path',
  'file_name',
  'file_size',
  'file_extension',
  'hash_md5',
  'hash_sha1',
  'hash_sha256',
  'protocol',
  'domain',
  'url',
  'mac_address',
  'connection_state',
  'event_id',
  'event_type',
  'description',
  'severity',
  'registry_key',
  'registry_value',
  'service_name',
  'logon_type',
  'status',
  'bytes_sent',
  'bytes_received',
  'user_agent',
  'ja4',
] as const
export type CanonicalField = (typeof canonicalFields)[number]

export const ruleKinds = ['analyzer', 'condition'] as const
export type RuleKind = (typeof ruleKinds)[number]

/** Tests of a rule's condition that compare a cell with a text, in any case. */
export const textOperators = ['eq', 'neq', 'contains', 'startswith', 'endswith', 'regex', 'cidr'] as const
export const ruleOperators = [...textOperators, 'in', 'exists', 'after_hours', 'threshold_count'] as const
export type RuleOperator = (typeof ruleOperators)[number]

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]

/** Why a rule did not fire in a dataset; `fires`: it does. */
export const explainOutcomes = [
  'fires',
  'field-unmapped',
  'no-such-event',
  'time-missing',
  'never-true',
  'failed',
] as const
export type ExplainOutcome = (typeof explainOutcomes)[number]

/** How a keyword is looked for, always in any case: between word boundaries, as a host name or a part of one, anywhere, or as a pattern. */
export const keywordKinds = ['word', 'domain', 'contains', 'regex'] as const
export type KeywordKind = (typeof keywordKinds)[number]

export const themeColours = ['blue', 'teal', 'olive', 'yellow', 'orange', 'brown', 'pink', 'violet', 'grey'] as const
export type ThemeColour = (typeof themeColours)[number]

export const channelKinds = ['webhook', 'slack', 'teams', 'desktop'] as const
export type ChannelKind = (typeof channelKinds)[number]

/** Of a notification: waits or is tried again, arrived, was given up, or was never sent. */
export const deliveryStates = ['pending', 'delivered', 'failed', 'dropped'] as const
export type DeliveryState = (typeof deliveryStates)[number]
/** Of a copy of a dataset on a server; incomplete: its table could not be filled, or dropped. */
export const copyStates = ['sending', 'complete', 'incomplete'] as const
export type CopyState = (typeof copyStates)[number]

/** What an analyst thinks of a row. */
export const rowTags = ['suspicious', 'needs-review', 'benign'] as const
export type RowTag = (typeof rowTags)[number]

/** Of an annotation and its rows, where the tag does not say it. */
export const annotationColours = ['red', 'orange', 'yellow', 'green', 'blue', 'violet'] as const
export type AnnotationColour = (typeof annotationColours)[number]

/** How rows leave the program. */
export const exportFormats = ['csv', 'tsv', 'jsonl', 'markdown', 'timesketch'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** In the order of work. */
export const hypothesisStatuses = ['draft', 'active', 'confirmed', 'rejected'] as const
export type HypothesisStatus = (typeof hypothesisStatuses)[number]
/** What a list says about an indicator, worst first: of several verdicts the first of these counts. */
export const verdicts = ['malicious', 'suspicious', 'unknown', 'clean'] as const
export type Verdict = (typeof verdicts)[number]

/** What a list may hold: indicators as they are found in evidence, networks (10.0.0.0/8), and JA3, JA4S, JA4H, JA4X, JA4T. */
export const indicatorTypes = [...iocTypes, 'network', 'fingerprint'] as const
export type IndicatorType = (typeof indicatorTypes)[number]

/** Named as the analyzer of alerts about listed indicators. */
export const INTEL_ANALYZER = 'intel_list'

/** Why a line of a list speaks of a value: the same value, its network, a domain above it, the host of a URL or e-mail address. */
export const listedBy = ['exact', 'network', 'subdomain', 'host'] as const
export type ListedBy = (typeof listedBy)[number]

/** A list says what is known of indicators, or what never matters (`allow`: correlation may leave it out). */
export const listPurposes = ['verdict', 'allow'] as const
export type ListPurpose = (typeof listPurposes)[number]

/** What correlation can leave out as noise; `everywhere`: in each of three or more that are compared. */
export const noiseKinds = ['private', 'well-known', 'allow-list', 'everywhere'] as const
export type NoiseKind = (typeof noiseKinds)[number]

/** What is compared: hunts with each other, or datasets. */
export const comparisons = ['hunts', 'datasets'] as const
export type Comparison = (typeof comparisons)[number]
/** How the parent of a process is known, most certain first. */
export const processLinks = ['guid', 'pid-and-time', 'stated', 'pid', 'name'] as const
export type ProcessLink = (typeof processLinks)[number]

/** What a process does, as an analyst reads it. */
export const activityKinds = ['network', 'dns', 'file', 'registry', 'module', 'process', 'other'] as const
export type ActivityKind = (typeof activityKinds)[number]

/** The marking of TLP 2.0: who may be told. Written TLP:AMBER+STRICT. */
export const tlps = ['RED', 'AMBER+STRICT', 'AMBER', 'GREEN', 'CLEAR'] as const
export type Tlp = (typeof tlps)[number]
/** The Permissible Actions Protocol: what may be done with it. RED: nothing that the adversary could notice. */
export const paps = ['RED', 'AMBER', 'GREEN', 'CLEAR'] as const
export type Pap = (typeof paps)[number]

export const caseStatuses = ['open', 'in-progress', 'closed'] as const
export type CaseStatus = (typeof caseStatuses)[number]
export const taskStates = ['todo', 'in-progress', 'done'] as const
export type TaskState = (typeof taskStates)[number]

/** What can belong to a case; alerts name their case themselves. */
export const caseLinkKinds = ['hunt', 'ioc', 'technique', 'hypothesis', 'map', 'row'] as const
export type CaseLinkKind = (typeof caseLinkKinds)[number]
/** What [[kind:target]] in a note can refer to. */
export const referenceKinds = [...caseLinkKinds, 'alert', 'task', 'case'] as const
export type ReferenceKind = (typeof referenceKinds)[number]

/** What the activity of a case tells. */
export const caseActs = [
  'created',
  'changed',
  'deleted',
  'restored',
  'linked',
  'unlinked',
  'alerts-added',
  'alerts-removed',
  'task-added',
  'task-changed',
  'task-deleted',
  'task-restored',
  'note-added',
  'note-changed',
  'note-deleted',
  'note-restored',
  'exported',
  'imported',
] as const
export type CaseAct = (typeof caseActs)[number]
/** What a node of a network map is. */
export const mapNodeTypes = ['host', 'address', 'domain', 'url', 'user', 'process'] as const
export type MapNodeType = (typeof mapNodeTypes)[number]

/** What ties two nodes of a network map: what the rows say that both stand in. */
export const mapEdgeKinds = ['connection', 'logon', 'name', 'answer', 'request', 'account', 'process'] as const
export type MapEdgeKind = (typeof mapEdgeKinds)[number]

/** Why nodes of a network map stand as one: the same network, domain, host or name, leaves of one node, or the rest of a type. */
export const mapFolds = ['network', 'domain', 'name', 'leaves', 'rest'] as const
export type MapFold = (typeof mapFolds)[number]

/** What an investigator draws with; `neutral` follows the theme. */
export const mapColours = ['neutral', 'red', 'orange', 'yellow', 'green', 'blue', 'violet'] as const
export type MapColour = (typeof mapColours)[number]
export const mapIcons = [
  ...mapNodeTypes,
  ...(['file', 'hash', 'email', 'ja4', 'server', 'router', 'attacker', 'cloud'] as const),
] as const
export type MapIcon = (typeof mapIcons)[number]

/** Files that a map is written to. GraphML and CSV open in Gephi and yEd. */
/** `graphml-yed` holds what yEd draws too: places, labels, colours, arrows. */
export const mapFormats = ['graphml', 'graphml-yed', 'csv-edges', 'csv-nodes'] as const
export type MapFormat = (typeof mapFormats)[number]

/** How an inventory of hosts is changed by hand. */
export const hostChangeKinds = ['merge', 'split'] as const
export type HostChangeKind = (typeof hostChangeKinds)[number]

export const reportFormats = ['html', 'pdf', 'markdown', 'stix', 'navigator', 'timesketch'] as const
export type ReportFormat = (typeof reportFormats)[number]
/** What a report for people can hold, in its order. */
export const reportSections = [
  'summary',
  'timeline',
  'findings',
  'pictures',
  'indicators',
  'hypotheses',
  'notes',
  'searched',
  'rules',
  'sources',
  'tasks',
  'activity',
] as const
export type ReportSection = (typeof reportSections)[number]

/** What can go wrong, for programs; the text beside it is for people. */
export const failureCodes = [
  'invalid-input',
  'not-found',
  'conflict',
  'cancelled',
  'unauthorised',
  'unreadable-file',
  'not-a-table',
  'dataset-damaged',
  'workspace-locked',
  'workspace-damaged',
  'workspace-newer',
  'disk-full',
  'too-large',
  'unavailable',
  'internal',
] as const
export type FailureCode = (typeof failureCodes)[number]

/** What a test of a connection found; `incomplete`: it works, and some panels lack a table or view. */
export const connectionOutcomes = [
  'ok',
  'incomplete',
  'wrong-password',
  'unreachable',
  'tls',
  'missing-database',
  'failed',
] as const
export type ConnectionOutcome = (typeof connectionOutcomes)[number]

/** What a cell of a SOC panel is: how it is drawn, and where a click on it leads. */
export const cellKinds = [
  'text',
  'address',
  'ja4',
  'host',
  'level',
  'country',
  'asn',
  'campaign',
  'time',
  'number',
  'percent',
  'flag',
  'list',
  'addresses',
  'ja4s',
] as const
export type CellKind = (typeof cellKinds)[number]

/** Tabs of the SOC console, in their order, and its pages about one address or JA4. */
export const socScreens = [
  'overview',
  'detections',
  'traffic',
  'fingerprints',
  'behaviour',
  'campaigns',
  'models',
  'lists',
  'health',
  'address',
  'ja4',
] as const
export type SocScreen = (typeof socScreens)[number]

/** Which rows of the evidence go into a case file: those that somebody spoke of, or all. */
export const rowShares = ['cited', 'all'] as const
export type RowShare = (typeof rowShares)[number]

/** What travels in case files. */
export const caseFileNouns = [
  'hunts',
  'datasets',
  'datasetChanges',
  'rules',
  'detectorRuns',
  'alerts',
  'alertChanges',
  'annotations',
  'hypotheses',
  'searches',
  'themes',
  'keywords',
  'intelLists',
  'maps',
  'hostChanges',
  'cases',
  'caseTasks',
  'caseNotes',
  'caseActivity',
  'tags',
] as const
export type CaseFileNoun = (typeof caseFileNouns)[number]

/** What becomes of a record of a case file. `conflict`: updated, and both sides had changed the same field. */
export const mergeOutcomes = ['new', 'updated', 'conflict', 'same', 'left-out'] as const
export type MergeOutcome = (typeof mergeOutcomes)[number]
export const mergeChoices = ['mine', 'theirs'] as const
export type MergeChoice = (typeof mergeChoices)[number]

/** What an analyst says of an address; the last two are those of older consoles. */
export const classifications = ['true_positive', 'false_positive', 'suspicious', 'bot', 'legitimate'] as const
export type Classification = (typeof classifications)[number]

/** Families that an HTTP/2 fingerprint can be said to belong to. */
export const browserFamilies = ['Chrome', 'Firefox', 'Safari', 'Edge', 'Other'] as const
export type BrowserFamily = (typeof browserFamilies)[number]
