import { z } from 'zod'
import { canonicalField, count, id, paging, rowNumber, severity, technique, time } from './common.ts'
import { query } from './define.ts'
import { activityKinds, processLinks } from './values.ts'

/** Branches of a tree that somebody opened or closed. */
const TOGGLED_MAX = 5_000

const host = z.string().max(500).describe('As processes.hosts names it')
const processId = z
  .string()
  .max(500)
  .describe('PID and start, for example 2568@2019-01-15T05:15:11.767Z; a PID alone is the last process that had it')

const alertMark = z.object({
  count: count.describe('Alerts'),
  worst: severity,
  alertId: id.describe('Of the worst one'),
})

export const process = z.object({
  id: processId,
  pid: count.nullable().describe('In decimal, however the evidence writes it'),
  name: z.string().describe('Without its folder'),
  image: z.string().describe('As the evidence has it, with its folder where that is known'),
  commandLine: z.string().describe('Cut at 2,000 characters; the row has all of it'),
  user: z.string(),
  start: time.nullable(),
  end: time.nullable(),
  seen: time.nullable().describe('First time in the evidence'),
  parentId: processId.nullable(),
  link: z
    .enum(processLinks)
    .nullable()
    .describe(
      'How the parent is known. guid: by GUID. pid-and-time: it held the PID when this one began. stated: no row is about it. pid, name: by nothing else. Null: no parent is told of',
    ),
  guessed: z.boolean().describe('The link is a guess: stated, pid or name'),
  cut: z.boolean().describe('The evidence makes it its own ancestor; that link is left out'),
  ghost: z.boolean().describe('No row is about it: only its children name it'),
  children: count.describe('Direct ones'),
  below: count.describe('All descendants'),
  pidUses: count.describe('Processes of this host that had the PID'),
  rows: z.array(z.object({ datasetId: id, row: rowNumber })).describe('Rows that are about it, at most 20'),
  rowsTotal: count.describe('All rows that are about it'),
  alerts: alertMark.nullable().describe('On its rows and on rows of what it did; false positives are left out'),
  alertsBelow: alertMark.nullable().describe('Of its descendants'),
})
export type Process = z.infer<typeof process>

export const processLine = process.extend({
  depth: count.describe('From 0: a root'),
  rails: z
    .string()
    .describe(
      'A sign for each level from the second down to this line, at most the last 24: | where another child of the same parent follows further down, else a blank',
    ),
  expanded: z.boolean().describe('Its children follow'),
  matched: z.boolean().describe('It matches the filter; false for what only stands above a match'),
})
export type ProcessLine = z.infer<typeof processLine>

export const processHost = z.object({
  host,
  processes: count.describe('That rows are about'),
  ghosts: count.describe('That only children name'),
  alerts: alertMark.nullable(),
  firstTime: time.nullable(),
  lastTime: time.nullable(),
})
export type ProcessHost = z.infer<typeof processHost>

const leftOut = {
  rowsLeft: count.describe('Rows about processes that were not looked at: there are more than 300,000 in the hunt'),
  alertRowsLeft: count.describe('Rows of alerts beyond the worst 50,000, which make no marks'),
}

export const storyEvent = z.object({
  time: time.nullable(),
  kind: z.enum(['start', 'end', 'child', ...activityKinds]),
  title: z.string().describe('A few words'),
  text: z.string().describe('What it was done to, as the evidence has it'),
  datasetId: id.nullable(),
  row: rowNumber.nullable(),
  processId,
  processName: z.string(),
  guessed: z.boolean().describe('The row has a PID but no time: another process may have had the PID'),
  alerts: alertMark.nullable(),
})
export type StoryEvent = z.infer<typeof storyEvent>

const example = { huntId: '6f3f7f6e-2a07-4d5a-9b1e-6a1a5a3f0001' }
const exampleProcess = { ...example, host: 'WORKSTATION5', id: '2568@2019-01-15T05:15:11.767Z' }
const filter = {
  q: z
    .string()
    .max(500)
    .optional()
    .describe('Words in name, command line, user or PID; what stands above a match is kept'),
  marked: z.boolean().optional().describe('Only processes with alerts, and what stands above them'),
  from: time.optional().describe('Began at this time or later'),
  to: time.optional().describe('Began before this time'),
}

export const processes = {
  'processes.hosts': query(
    'Hosts of a hunt with processes, most processes first, and what each dataset lacks to show any.',
    z.object({ huntId: id, ...paging }),
    z.object({
      hosts: z.array(processHost),
      total: count,
      datasets: z.array(
        z.object({
          datasetId: id,
          name: z.string(),
          rows: count.describe('About the start or end of a process'),
          lacks: z.array(canonicalField),
          reason: z.string().nullable().describe('For people: why it shows no processes'),
        }),
      ),
      ...leftOut,
    }),
    example,
  ),
  'processes.tree': query(
    'The processes of a host as a tree, from every dataset of the hunt: the lines that are in view, a page of them.',
    z.object({
      huntId: id,
      host: host.optional().describe('Default: the host with most processes'),
      parent: processId.optional().describe('Only the children of this process'),
      ...filter,
      expand: z.enum(['all', 'none']).default('all').describe('How branches stand that nobody touched'),
      except: z.array(processId).max(TOGGLED_MAX).default([]).describe('Branches that stand the other way round'),
      focus: processId.optional().describe('Asks where this process stands'),
      ...paging,
    }),
    z.object({
      host: host.nullable().describe('Null: no dataset of the hunt shows processes'),
      processes: z.array(processLine),
      total: count.describe('Lines in view'),
      matches: count.describe('Processes that match the filter, also in closed branches'),
      all: count.describe('Processes of the host, those that only children name included'),
      ghosts: count.describe('Of these, that only children name'),
      focus: z
        .object({ id: processId, position: count.nullable().describe('Line, from 0; null: not in view') })
        .nullable()
        .describe('Null: none was asked for, or the host has no such process'),
      ...leftOut,
    }),
    example,
  ),
  'processes.find': query(
    'The process that a row is about or that did what the row tells.',
    z.object({ huntId: id, datasetId: id, row: rowNumber }),
    z.object({
      process: z.object({ host, id: processId, name: z.string() }).nullable(),
      reason: z.string().nullable().describe('For people: why there is none'),
    }),
    { ...example, datasetId: '9b0a3b0c-7d0e-4a55-8a6e-0d8f5c7b0001', row: 121 },
  ),
  'processes.storyline': query(
    'What a process did in order of time: its start and end, children, connections, names asked, files, registry and modules.',
    z.object({
      huntId: id,
      host,
      id: processId,
      below: z.boolean().default(false).describe('What its descendants did, too'),
      kinds: z
        .array(z.enum(['start', 'end', 'child', ...activityKinds]))
        .max(20)
        .optional(),
      ...paging,
    }),
    z.object({
      process,
      ancestors: z.array(process).describe('From the root down to its parent; the nearest 50'),
      events: z.array(storyEvent),
      total: count.describe('Events of the kinds that were asked for'),
      kindCounts: z.record(z.string(), count).describe('Events of every kind'),
      left: count.describe('Events beyond the first 20,000 rows of a dataset, and of descendants beyond 500'),
    }),
    exampleProcess,
  ),
  'processes.marks': query(
    'Alerts of a host in order of time, each with the process it is about and the tactic of its technique.',
    z.object({ huntId: id, host }),
    z.object({
      marks: z.array(
        z.object({
          time,
          severity,
          technique: technique.nullable(),
          tactic: z.string().nullable(),
          title: z.string(),
          alertId: id,
          processId,
          processName: z.string(),
        }),
      ),
      processes: count.describe('Processes with alerts'),
      left: count.describe('Marks beyond the worst 2,000'),
    }),
    { ...example, host: 'WORKSTATION5' },
  ),
}
