import type { QueryClient } from '@tanstack/react-query'
import type { Output, Payload, TopicName } from '#contract/contract'
import type { Backend } from './backend.ts'
import { callKey } from './query.ts'
import type { QueryName } from './commandNames.ts'

/** Stale answers are asked again at most this often; an import announces changes ten times a second. */
const THROTTLE_MS = 400

/**
 * A call that became stale; `id`: only where the input names it (as id, huntId or datasetId) or names nothing; `about`: only
 * where some text of the input is like that.
 */
type Stale = { call: QueryName; id?: string; about?: RegExp }

/** Questions whose answers follow tags and annotations. */
const MARKS = /_tag\b|\b(?:tag|note):/i

/** Panels that tell of what Huntbench writes into a server: verdicts on addresses, signatures of browsers. */
const SOC_WRITTEN = {
  classifications: /"panel":"(?:classif|ip")/,
  browserSignatures: /"panel":"(?:browserSignature|reflist|dictionaries)/,
} as const

/** What compares hunts hangs on all their datasets, alerts and lists. */
const compared: Stale[] = [{ call: 'correlation.run' }, { call: 'correlation.all' }]

/** Everything that is made of the network of a hunt. */
const network = (huntId?: string): Stale[] =>
  (
    [
      'networkMap.build',
      'networkMap.hosts',
      'networkMap.neighbours',
      'networkMap.path',
      'networkMap.edges',
      'networkMap.nodes',
      'networkMap.facts',
      'hosts.list',
      'hosts.get',
    ] as const
  ).map((call) => (huntId === undefined ? { call } : { call, id: huntId }))

const staleBy: { [K in TopicName]: (payload: Payload<K>) => Stale[] } = {
  'hunts.changed': ({ id }) => [
    { call: 'caseFiles.plan' },
    { call: 'cases.links' },
    { call: 'cases.resolve' },
    { call: 'notifications.channels' },
    { call: 'notifications.deliveries' },
    { call: 'hunts.list' },
    { call: 'hunts.get', id },
    { call: 'hunts.overview', id },
    { call: 'hunts.progress', id },
    { call: 'workspace.info' },
  ],
  'segments.changed': ({ id }) => [{ call: 'datasets.get', id }],
  'datasets.changed': ({ id, huntId }) => [
    { call: 'caseFiles.plan' },
    { call: 'datasets.list' },
    { call: 'datasets.get', id },
    { call: 'datasets.iocs', id },
    { call: 'datasets.quarantine', id },
    { call: 'datasets.history', id },
    { call: 'datasets.sourceRows', id },
    { call: 'copies.list', id },
    { call: 'copies.list', id: huntId },
    { call: 'copies.get' },
    { call: 'rows.page', id },
    { call: 'rows.get', id },
    { call: 'rows.count', id },
    { call: 'rows.facets', id },
    { call: 'rows.histogram', id },
    { call: 'rows.fieldStats', id },
    { call: 'rows.timeline', id: huntId },
    { call: 'rows.timelineHistogram', id: huntId },
    { call: 'searches.list', id: huntId },
    { call: 'searches.get' },
    { call: 'searches.run' },
    { call: 'keywords.counts', id: huntId },
    { call: 'keywords.hits', id: huntId },
    { call: 'keywords.themes' },
    { call: 'rows.marks', id },
    { call: 'annotations.list' },
    { call: 'hypotheses.list' },
    { call: 'hypotheses.get' },
    { call: 'hypotheses.evidence' },
    { call: 'processes.hosts', id: huntId },
    { call: 'processes.tree', id: huntId },
    { call: 'processes.find', id: huntId },
    { call: 'processes.storyline', id: huntId },
    { call: 'processes.marks', id: huntId },
    ...network(huntId),
    { call: 'hunts.list' },
    { call: 'hunts.get', id: huntId },
    { call: 'hunts.overview', id: huntId },
    { call: 'hunts.progress', id: huntId },
    { call: 'workspace.info' },
    ...compared,
    { call: 'correlation.findIoc' },
  ],
  'rows.changed': ({ datasetId: id }) => [
    { call: 'caseFiles.plan' },
    { call: 'rows.marks', id },
    { call: 'rows.count', id, about: MARKS },
    { call: 'rows.facets', id, about: MARKS },
    { call: 'rows.histogram', id, about: MARKS },
    { call: 'rows.fieldStats', id, about: MARKS },
    { call: 'rows.timeline', about: MARKS },
    { call: 'rows.timelineHistogram', about: MARKS },
    { call: 'searches.run' },
  ],
  'annotations.changed': () => [
    { call: 'caseFiles.plan' },
    { call: 'annotations.list' },
    { call: 'annotations.get' },
    { call: 'annotations.rows' },
  ],
  'hypotheses.changed': () => [
    { call: 'caseFiles.plan' },
    { call: 'cases.links' },
    { call: 'cases.resolve' },
    { call: 'hypotheses.list' },
    { call: 'hypotheses.get' },
    { call: 'hypotheses.evidence' },
  ],
  'cases.changed': () => [
    { call: 'cases.list' },
    { call: 'cases.get' },
    { call: 'cases.links' },
    { call: 'cases.resolve' },
    { call: 'cases.tasks' },
    { call: 'cases.notes' },
    { call: 'cases.activity' },
    { call: 'cases.verify' },
    { call: 'reports.preview' },
  ],
  'alerts.changed': ({ huntId }) => [
    { call: 'caseFiles.plan' },
    { call: 'cases.list' },
    { call: 'cases.get' },
    { call: 'cases.activity' },
    { call: 'cases.resolve' },
    { call: 'reports.preview' },
    { call: 'alerts.list' },
    { call: 'alerts.stats' },
    { call: 'alerts.groups' },
    { call: 'alerts.history' },
    { call: 'alerts.get' },
    { call: 'alerts.evidence' },
    { call: 'alerts.provenance' },
    { call: 'rules.list' },
    { call: 'rules.test' },
    { call: 'rows.timeline', id: huntId },
    { call: 'processes.hosts', id: huntId },
    { call: 'processes.tree', id: huntId },
    { call: 'processes.storyline', id: huntId },
    { call: 'processes.marks', id: huntId },
    ...network(huntId),
    { call: 'hunts.list' },
    { call: 'hunts.get', id: huntId },
    { call: 'hunts.overview', id: huntId },
    ...compared,
  ],
  'searches.changed': ({ huntId }) =>
    huntId === null
      ? [{ call: 'searches.recent' }]
      : [{ call: 'searches.list', id: huntId }, { call: 'searches.get' }, { call: 'searches.run' }],
  'rules.changed': ({ id }) => [
    { call: 'rules.list' },
    { call: 'rules.get', ...(id === null ? {} : { id }) },
    { call: 'rules.test' },
    { call: 'rules.explain' },
    { call: 'rules.templates' },
  ],
  'keywords.changed': ({ huntId }) => [
    { call: 'keywords.themes' },
    { call: 'keywords.list' },
    { call: 'keywords.hits', ...(huntId === null ? {} : { id: huntId }) },
    { call: 'keywords.counts', ...(huntId === null ? {} : { id: huntId }) },
  ],
  'notifications.changed': ({ message }) =>
    message === null ? [{ call: 'notifications.channels' }, { call: 'notifications.deliveries' }] : [],
  'intel.changed': ({ id }) => [
    { call: 'intel.list' },
    { call: 'intel.lookup' },
    ...(['intel.get', 'intel.indicators', 'intel.rejects'] as const).map((call) => ({
      call,
      ...(id === null ? {} : { id }),
    })),
    ...network(),
    ...compared,
    { call: 'correlation.findIoc' },
  ],
  'connections.changed': () => [{ call: 'connections.list' }, { call: 'connections.get' }, { call: 'soc.panel' }],
  'copies.changed': ({ id, datasetId }) => [
    { call: 'copies.list', id: datasetId },
    { call: 'copies.list', about: /"(?:huntId|connection)"/ },
    { call: 'copies.get', id },
    { call: 'rows.timeline', about: /"connection"/ },
    { call: 'rows.timelineHistogram', about: /"connection"/ },
  ],
  'hosts.changed': ({ huntId }) => [{ call: 'hosts.changes', id: huntId }, ...network(huntId)],
  'mappings.changed': () => [{ call: 'mappings.list' }, { call: 'mappings.get' }, { call: 'datasets.preview' }],
  'maps.changed': ({ id, huntId }) => [
    { call: 'maps.list', id: huntId },
    { call: 'cases.links' },
    { call: 'cases.resolve' },
    { call: 'maps.get', id },
  ],
  'soc.changed': ({ what }) => [{ call: 'soc.panel', about: SOC_WRITTEN[what] }],
  'jobs.changed': ({ id, huntId }) => [
    { call: 'jobs.get', id },
    ...(huntId ? [{ call: 'hunts.progress' as const, id: huntId }] : []),
  ],
  'caseFiles.changed': () => [{ call: 'caseFiles.waiting' }],
  'settings.changed': () => [],
}

const topics: Record<TopicName, true> = {
  'hunts.changed': true,
  'datasets.changed': true,
  'segments.changed': true,
  'rows.changed': true,
  'annotations.changed': true,
  'hypotheses.changed': true,
  'cases.changed': true,
  'alerts.changed': true,
  'rules.changed': true,
  'searches.changed': true,
  'keywords.changed': true,
  'notifications.changed': true,
  'intel.changed': true,
  'connections.changed': true,
  'copies.changed': true,
  'hosts.changed': true,
  'maps.changed': true,
  'mappings.changed': true,
  'soc.changed': true,
  'jobs.changed': true,
  'caseFiles.changed': true,
  'settings.changed': true,
}
const topicNames = Object.keys(topics).filter((name): name is TopicName => Object.hasOwn(topics, name))

const names = (input: unknown, id: string): boolean => {
  if (typeof input !== 'object' || input === null) return true
  const named = ['id', 'huntId', 'datasetId'].flatMap((key) => (key in input ? [Reflect.get(input, key)] : []))
  return named.length === 0 || named.includes(id)
}

/** Keeps the answers in `client` true to what the application announces. Returns the function that stops it. */
export function followTopics(backend: Backend, client: QueryClient, throttleMs = THROTTLE_MS): () => void {
  let pending: Stale[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  const flush = () => {
    timer = undefined
    const stale = pending
    pending = []
    void client.invalidateQueries({
      predicate: ({ queryKey: [call, input] }) =>
        stale.some(
          ({ call: name, id, about }) =>
            name === call &&
            (id === undefined || names(input, id)) &&
            (about === undefined || about.test(JSON.stringify(input))),
        ),
    })
  }
  const mark = (stale: Stale[]) => {
    if (stale.length === 0) return
    pending.push(...stale)
    timer ??= setTimeout(flush, throttleMs)
  }
  const follow = <K extends TopicName>(topic: K) => backend.on(topic, (payload) => mark(staleBy[topic](payload)))

  const stops = [
    ...topicNames.map(follow),
    backend.on('settings.changed', (settings) => client.setQueryData(callKey('settings.get', {}), settings)),
    backend.on('jobs.changed', (job) => {
      const key = callKey('jobs.list', {})
      const known = client.getQueryData<Output<'jobs.list'>>(key)
      if (!known?.jobs.some(({ id }) => id === job.id)) return void client.invalidateQueries({ queryKey: key })
      client.setQueryData(key, { ...known, jobs: known.jobs.map((old) => (old.id === job.id ? job : old)) })
    }),
    // Changes announced while the connection was lost were missed.
    backend.connection.onChange(() => {
      if (backend.connection.current() === 'open') void client.invalidateQueries()
    }),
  ]
  return () => {
    clearTimeout(timer)
    for (const stop of stops) stop()
  }
}
