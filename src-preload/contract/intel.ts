import { z } from 'zod'
import { count, id, iocType, jobRef, name, ok, paging, time, verdict } from './common.ts'
import { command, query, topic } from './define.ts'
import { indicatorTypes, listedBy, listPurposes } from './values.ts'

/** Characters of a pasted text; longer lists come as files. */
const TEXT_MAX = 4_000_000
/** Values looked up in one question. */
const VALUES_MAX = 1_000
/** A value that is looked up or allowed is at most so long, in characters: URLs are the longest. */
const VALUE_MAX = 4_096

const indicatorType = z.enum(indicatorTypes)
const confidence = z.number().int().min(0).max(100).describe('0 to 100, how sure the list is')

export const intelList = z.object({
  id,
  name: z.string(),
  purpose: z.enum(listPurposes),
  enabled: z.boolean().describe('Lists that are off are not looked into'),
  verdict: verdict.describe('Of its indicators that carry none of their own'),
  source: z.string().nullable(),
  confidence: confidence.nullable(),
  expiresAt: time.nullable().describe('From then on its indicators are shown as expired and no longer counted'),
  subdomains: z.boolean().describe('Its domains also stand for every name below them'),
  file: z.string().nullable().describe('Name of the file it came from; null: pasted or made here'),
  format: z.string().describe('How its lines were understood, for people'),
  indicators: count.describe('Distinct indicators'),
  duplicates: count.describe('Lines that named an indicator again'),
  rejected: count.describe('Lines without an indicator that can be used; intel.rejects lists them'),
  byType: z.array(z.object({ type: indicatorType, count })),
  byVerdict: z.array(z.object({ verdict, count })),
  createdAt: time,
  updatedAt: time,
})
export type IntelList = z.infer<typeof intelList>

export const indicator = z.object({
  type: indicatorType,
  value: z.string().describe('In the form in which indicators are found in evidence: re-fanged, hashes in lower case'),
  subdomains: z.boolean().describe('Stands for every name below it as well'),
  verdict,
  confidence: confidence.nullable(),
  source: z.string().nullable(),
  note: z.string().nullable(),
  expiresAt: time.nullable(),
  expired: z.boolean(),
  line: count.describe('Line of the list it stood in, from 1'),
})
export type Indicator = z.infer<typeof indicator>

export const reject = z.object({
  line: count.describe('Line of the list, from 1'),
  reason: z.string().describe('For people'),
  text: z.string().describe('The line, cut at 200 characters'),
})
export type IntelReject = z.infer<typeof reject>

/** A line of a list that speaks of a value. */
export const listing = indicator.extend({
  listId: id,
  list: z.string().describe('Name of the list'),
  purpose: z.enum(listPurposes),
  by: z.enum(listedBy),
})
export type Listing = z.infer<typeof listing>

export const lookup = z.object({
  value: z.string().describe('As it was asked'),
  type: indicatorType.nullable().describe('What it is taken for; null: no indicator'),
  normal: z.string().describe('The form in which it was looked up'),
  verdict: verdict.nullable().describe('The worst of what is not expired; null: not listed'),
  listings: z.array(listing).describe('Worst first, expired ones last'),
})
export type Lookup = z.infer<typeof lookup>

/** The `result` of a job of intel.import. */
export const intelReport = z.object({
  listId: id,
  name: z.string(),
  format: z.string(),
  verdict,
  indicators: count.describe('Distinct indicators'),
  duplicates: count.describe('Lines that named an indicator again'),
  rejected: count.describe('Lines without an indicator that can be used'),
  firstRejected: z.array(reject).describe('The first 20 of them'),
  otherVerdicts: z.object({
    lines: count.describe('Lines that say their verdict by a word that is none; they were taken with that of the list'),
    words: z.array(z.object({ word: z.string(), lines: count })).describe('The 10 most frequent of these words'),
  }),
})
export type IntelReport = z.infer<typeof intelReport>

/** The `result` of a job of intel.match. */
export const intelMatchReport = z.object({
  datasets: count,
  indicators: count.describe('Listed indicators that were found, per dataset'),
  alertsCreated: count,
  alertsKept: count.describe('Found again'),
  alertsRemoved: count.describe('No longer listed and never touched by anybody'),
  skipped: z.array(z.object({ datasetId: id, reason: z.string() })),
})
export type IntelMatchReport = z.infer<typeof intelMatchReport>

const sayings = {
  verdict: verdict.optional(),
  source: z.string().trim().min(1).max(200).nullable().optional(),
  confidence: confidence.nullable().optional(),
  expiresAt: time.nullable().optional(),
  subdomains: z.boolean().optional(),
}
const values = z.array(z.string().min(1).max(VALUE_MAX)).min(1).max(VALUES_MAX)
const example = { id: '3c0f5b1e-8f0a-4f53-9c55-8a1d7e2b0001' }

export const intel = {
  'intel.import': command(
    'Reads a list of indicators from a file or a pasted text: CSV of any columns, or a value a line. Lines that cannot be used are listed with their reason.',
    z
      .object({
        ticket: z.string().optional().describe('An offered file'),
        text: z.string().min(1).max(TEXT_MAX).optional().describe('Or the list itself'),
        name: name.optional().describe('Default: the name of the file'),
        listId: id.optional().describe('The list whose indicators it replaces; default: a new list'),
        purpose: z.enum(listPurposes).default('verdict'),
        ...sayings,
        verdict: verdict
          .optional()
          .describe('Of lines that say none; default: malicious, for JA4 unknown, and clean for an allow list'),
      })
      .refine((input) => (input.ticket === undefined) !== (input.text === undefined), 'Give either ticket or text'),
    jobRef,
    { text: 'evil-c2[.]com\n198.51.100.0/24\n', name: 'From the morning call' },
  ),
  'intel.list': query(
    'The lists of indicators, by name.',
    z.object({ purpose: z.enum(listPurposes).optional(), ...paging }),
    z.object({ lists: z.array(intelList), total: count, indicators: count.describe('In all lists that are on') }),
    {},
  ),
  'intel.get': query('One list.', z.object({ id }), intelList, example),
  'intel.update': command(
    'Renames a list, switches it on or off, or changes what holds for all its indicators.',
    z.object({ id, name: name.optional(), enabled: z.boolean().optional(), ...sayings }),
    intelList,
    { ...example, enabled: false },
  ),
  'intel.delete': command('Deletes a list with its indicators. Alerts it led to stay.', z.object({ id }), ok, example),
  'intel.indicators': query(
    'The indicators of a list, by type and value.',
    z.object({
      id,
      type: indicatorType.optional(),
      verdict: verdict.optional(),
      text: z.string().max(200).optional().describe('In value, source or note, any case'),
      ...paging,
    }),
    z.object({ indicators: z.array(indicator), total: count }),
    example,
  ),
  'intel.rejects': query(
    'The lines of a list that were not taken, in the order of the list; the first 10,000 are kept.',
    z.object({ id, ...paging }),
    z.object({ rejects: z.array(reject), total: count, rejected: count.describe('All, also those not kept') }),
    example,
  ),
  'intel.lookup': query(
    'What all lists say about values: de-fanged forms, networks, domains above and letter case of hashes are understood.',
    z.object({ values }),
    z.object({ lookups: z.array(lookup).describe('One for each value, in their order'), total: count }),
    { values: ['evil[.]example', '198.51.100.7'] },
  ),
  'intel.allow': command(
    'Puts values on the allow list of this workspace, which correlation can leave out as noise.',
    z.object({ values }),
    z.object({ listId: id, added: count.describe('That were not on it before') }),
    { values: ['update.example.com'] },
  ),
  'intel.disallow': command(
    'Takes values off the allow list of this workspace.',
    z.object({ values }),
    z.object({ removed: count.describe('That were on it') }),
    { values: ['update.example.com'] },
  ),
  'intel.match': command(
    'Makes an alert of every listed indicator that a dataset or hunt holds, with all its rows. Running twice doubles nothing.',
    z
      .object({
        huntId: id.optional(),
        datasetId: id.optional(),
        listIds: z.array(id).min(1).max(500).optional().describe('Default: all lists that are on'),
        verdicts: z.array(verdict).min(1).default(['malicious', 'suspicious']),
        types: z.array(iocType).min(1).optional().describe('Default: all'),
      })
      .refine(
        (input) => (input.datasetId === undefined) !== (input.huntId === undefined),
        'Give either datasetId or huntId',
      ),
    jobRef,
    { huntId: '6f3f7f6e-2a07-4d5a-9b1e-6a1a5a3f0001' },
  ),
  'intel.changed': topic('Lists came, changed or went.', z.object({ id: id.nullable().describe('null: several') })),
}
