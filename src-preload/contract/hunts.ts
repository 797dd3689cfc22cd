import { z } from 'zod'
import { count, id, iocType, jobRef, name, paging, severity, time } from './common.ts'
import { command, query, topic } from './define.ts'
import { job } from './jobs.ts'
import { huntSamples, huntStatuses } from './values.ts'

export const hunt = z.object({
  id,
  name: z.string(),
  description: z.string(),
  status: z.enum(huntStatuses),
  analyzeOnImport: z.boolean().describe('Run analyzers and rules over each dataset as soon as it is imported'),
  datasets: count,
  rows: count,
  quarantined: count,
  alertsOpen: count.describe('Alerts that are new, acknowledged or in progress'),
  firstTime: time.nullable().describe('Earliest time of a row; null when no row has a time'),
  lastTime: time.nullable(),
  createdAt: time,
  updatedAt: time,
  closedAt: time.nullable(),
})
export type Hunt = z.infer<typeof hunt>

export const huntOverview = z.object({
  hunt,
  alertsBySeverity: z.record(severity, count).describe('Open alerts'),
  topAlerts: z.array(
    z.object({
      id,
      title: z.string(),
      severity,
      score: z.number().describe('0 to 100'),
      mitreTechnique: z.string().nullable(),
      rows: count,
      host: z.string().nullable(),
      user: z.string().nullable(),
      evidence: z.string().describe('What its first evidence row says, at most 200 characters'),
      firstTime: time.nullable(),
    }),
  ),
  hosts: z
    .array(z.object({ host: z.string(), rows: count, datasetId: id.describe('The dataset with most of its rows') }))
    .describe('The 12 hosts with most rows'),
  hostTotal: count,
  iocTotal: count.describe('Distinct indicators over all datasets'),
  iocsByType: z.array(z.object({ type: iocType, count })),
  techniques: z.array(
    z.object({ id: z.string(), name: z.string(), tactics: z.array(z.string()), alerts: count, rows: count }),
  ),
  timeline: z.object({
    from: time.nullable(),
    to: time.nullable(),
    bucketSeconds: z.number().positive().nullable(),
    buckets: z
      .array(z.object({ start: time, rows: count, critical: count, high: count }))
      .describe('Empty buckets are left out'),
    rowsWithoutTime: count,
  }),
})
export type HuntOverview = z.infer<typeof huntOverview>

const example = { id: '6f3f7f6e-2a07-4d5a-9b1e-6a1a5a3f0001' }

export const hunts = {
  'hunts.create': command(
    'Starts a hunt: an investigation that holds datasets, alerts and what people add to them.',
    z.object({
      name,
      description: z.string().max(10_000).default(''),
      analyzeOnImport: z.boolean().optional().describe('Default: the setting analyzeOnImport'),
    }),
    hunt,
    { name: 'Workstation 1 triage' },
  ),
  'hunts.list': query(
    'Lists hunts, last changed first.',
    z.object({ status: z.enum(huntStatuses).optional(), text: z.string().optional(), ...paging }),
    z.object({ hunts: z.array(hunt), total: count }),
    {},
  ),
  'hunts.get': query('One hunt.', z.object({ id }), hunt, example),
  'hunts.update': command(
    'Renames, describes, closes, archives or reopens a hunt.',
    z.object({
      id,
      name: name.optional(),
      description: z.string().max(10_000).optional(),
      status: z.enum(huntStatuses).optional(),
      analyzeOnImport: z.boolean().optional(),
    }),
    hunt,
    { ...example, status: 'closed' },
  ),
  'hunts.delete': command(
    'Deletes a hunt with its datasets and alerts. Running imports of it are cancelled first.',
    z.object({ id }),
    z.object({ ok: z.literal(true), datasets: count, alerts: count }),
    example,
  ),
  'hunts.progress': query(
    'How far the datasets of a hunt are.',
    z.object({ id }),
    z.object({
      id,
      total: count,
      ready: count,
      importing: count,
      failed: count,
      rows: count,
      quarantined: count,
      jobs: z.array(job),
    }),
    example,
  ),
  'hunts.overview': query(
    'What came in and what is alarming: figures, timeline, hosts, techniques and the worst open alerts of a hunt.',
    z.object({ id, buckets: z.number().int().min(10).max(200).default(60) }),
    huntOverview,
    example,
  ),
  'hunts.openSample': command(
    'Creates a sample hunt from the evidence that ships with the program and imports it.',
    z.object({
      sample: z
        .enum(huntSamples)
        .default('workstation')
        .describe('workstation: an attack on one host. apt29: connections of an intrusion, with a drawn map'),
    }),
    jobRef.extend({ huntId: id }),
    {},
  ),
  'hunts.changed': topic('A hunt was created, changed or deleted.', z.object({ id })),
}
