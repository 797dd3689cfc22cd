import { z } from 'zod'
import { count, id, iocScope, iocType, paging, rowNumber, technique, time, verdict } from './common.ts'
import { query } from './define.ts'
import { listing } from './intel.ts'
import { comparisons, indicatorTypes, noiseKinds } from './values.ts'

/** Hunts, and datasets, compared at once: each dataset file is open while they are. */
export const COMPARED_MAX = 500

const noise = z.enum(noiseKinds)
const place = { datasetId: id, huntId: id }
const times = { firstTime: time.nullable(), lastTime: time.nullable() }
const huntIds = z.array(id).describe('In ascending order')

export const sharedIoc = z.object({
  value: z.string(),
  type: iocType,
  scope: iocScope,
  count: count.describe('Occurrences in all datasets that are compared'),
  huntIds,
  verdict: verdict.nullable().describe('The worst of what indicator lists say; null: not listed'),
  noise: z.array(noise).describe('What would leave it out'),
  datasets: z.array(z.object({ ...place, count, columns: z.array(z.string()), ...times })),
})
export type SharedIoc = z.infer<typeof sharedIoc>

export const sharedHost = z.object({
  host: z.string().describe('Its shortest name, in upper case'),
  names: z.array(z.string()).describe('All ways in which it is written'),
  count: count.describe('Rows that name it'),
  huntIds,
  noise: z.array(noise).describe('What would leave it out'),
  datasets: z.array(z.object({ ...place, count, names: z.array(z.string()), ...times })),
})
export type SharedHost = z.infer<typeof sharedHost>

const span = z.object({ ...place, name: z.string(), start: time, end: time })
export const timeOverlap = z.object({
  a: span,
  b: span,
  start: time,
  end: time,
  hours: z.number().nonnegative().describe('Hours that both cover, to two digits'),
})
export type TimeOverlap = z.infer<typeof timeOverlap>

export const sharedTechnique = z.object({
  technique,
  name: z.string(),
  huntIds,
  alerts: count.describe('Alerts that name it, false positives left out'),
  hypotheses: count.describe('Hypotheses that name it'),
  uses: z.array(
    z.object({
      huntId: id,
      datasetId: id.nullable(),
      from: z.enum(['alert', 'hypothesis']),
      count: count.describe('Alerts, or hypotheses'),
      rows: count.describe('Rows that the alerts stand on'),
    }),
  ),
})
export type SharedTechnique = z.infer<typeof sharedTechnique>

const skipped = z.array(z.object({ datasetId: id, dataset: z.string(), reason: z.string() }))
const named = { id, name: z.string(), rows: count }

export const correlationAnswer = z.object({
  huntIds: z.array(id),
  by: z.enum(comparisons),
  summary: z.string().describe('For people, several lines'),
  total: count.describe('Shared indicators, time overlaps, techniques and hosts together'),
  counts: z.object({
    iocs: count.describe('Shared indicators'),
    times: count.describe('Pairs whose times overlap'),
    techniques: count.describe('Shared techniques'),
    hosts: count.describe('Shared hosts'),
  }),
  iocs: z.array(sharedIoc).describe('Most occurrences first'),
  times: z.array(timeOverlap).describe('Longest first'),
  techniques: z.array(sharedTechnique).describe('In the order in which they came up'),
  hosts: z.array(sharedHost).describe('Most rows first'),
  byType: z.array(z.object({ type: iocType, count })).describe('Shared indicators, before types are chosen'),
  byVerdict: z.array(z.object({ verdict, count })).describe('Of the shared indicators that are listed'),
  hidden: z.object({
    total: count.describe('Indicators and hosts left out by the noise that is hidden'),
    byNoise: z
      .array(z.object({ noise: z.enum([...noiseKinds, 'rare']), count }))
      .describe('How many each kind holds, hidden or not; rare: beyond maxDatasets or maxRows'),
  }),
  strongest: z
    .object({ a: id, b: id, count: count.describe('Indicators and hosts that both have') })
    .nullable()
    .describe('The two hunts (or datasets) that share most'),
  hunts: z.array(z.object(named)),
  datasets: z.array(z.object({ ...named, huntId: id, ...times })).describe('What was compared, in order of import'),
  distinct: count.describe('Distinct indicators that were compared, per dataset'),
  milliseconds: count.describe('Milliseconds that it took'),
  skipped: skipped.describe('Datasets that could not be read'),
})
export type CorrelationAnswer = z.infer<typeof correlationAnswer>

const question = {
  hide: z.array(noise).max(10).default([]).describe('Noise to leave out; the answer says how much'),
  maxDatasets: z
    .number()
    .int()
    .min(2)
    .max(COMPARED_MAX)
    .optional()
    .describe('Only what is in at most so many datasets'),
  maxRows: z.number().int().min(1).optional().describe('Only what occurs at most so many times'),
  types: z.array(iocType).min(1).optional().describe('Only indicators of these types'),
  text: z.string().max(200).optional().describe('Only indicators, hosts and techniques that hold this, any case'),
  perType: z
    .number()
    .int()
    .min(1)
    .max(100)
    .optional()
    .describe('Instead of a page of all indicators, so many of each type: those with most occurrences'),
  ...paging,
}

export const occurrence = z.object({
  ...place,
  dataset: z.string(),
  hunt: z.string(),
  row: rowNumber,
  column: z.string(),
  time: time.nullable(),
})
export type Occurrence = z.infer<typeof occurrence>

export const correlation = {
  'correlation.run': query(
    'What hunts have in common: indicators, hosts, times and techniques. Of one hunt, what its datasets have in common.',
    z.object({
      huntIds: z.array(id).min(1).max(COMPARED_MAX),
      by: z.enum(comparisons).optional().describe('Default: hunts; datasets where only one hunt is named'),
      datasetIds: z.array(id).min(2).max(COMPARED_MAX).optional().describe('Only these datasets of the hunts'),
      ...question,
    }),
    correlationAnswer,
    { huntIds: ['6f3f7f6e-2a07-4d5a-9b1e-6a1a5a3f0001', '6f3f7f6e-2a07-4d5a-9b1e-6a1a5a3f0002'] },
  ),
  'correlation.all': query(
    'What all hunts have in common. limit and offset hold for each of its four lists.',
    z.object(question),
    correlationAnswer,
    { hide: ['private'] },
  ),
  'correlation.findIoc': query(
    'Every dataset, row and column in which an indicator stands; what is no indicator is looked for as a whole cell.',
    z.object({
      value: z.string().trim().min(1).max(4_096).describe('In any form, also de-fanged'),
      huntIds: z.array(id).min(1).max(COMPARED_MAX).optional().describe('Default: all hunts'),
      ...paging,
    }),
    z.object({
      value: z.string().describe('The form in which it was looked for'),
      type: z.enum(indicatorTypes).nullable().describe('null: no indicator, looked for as a whole cell in any case'),
      verdict: verdict.nullable(),
      listings: z.array(listing).describe('What indicator lists say, worst first'),
      occurrences: z.array(occurrence).describe('In order of import, row and column'),
      total: count,
      datasets: z.array(
        z.object({
          ...place,
          dataset: z.string(),
          hunt: z.string(),
          rows: count.describe('Rows that hold it'),
          cells: count.describe('Cells that hold it'),
          columns: z.array(z.string()),
          ...times,
        }),
      ),
      looked: count.describe('Datasets that were looked into'),
      skipped,
    }),
    { value: 'hxxp://evil[.]example/x' },
  ),
}
