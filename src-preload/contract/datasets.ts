import { z } from 'zod'
import { count, id, iocScope, iocType, jobRef, name, paging, time, rowNumber } from './common.ts'
import { command, query, topic } from './define.ts'
import { failure } from './failure.ts'
import { datasetOrigin } from './origin.ts'
import { preview, quarantined } from './preview.ts'
import { column, datasetChange, dialect } from './reading.ts'
import { datasetStates } from './values.ts'

export type { DatasetOrigin } from './origin.ts'
export type { Preview, Quarantined } from './preview.ts'
export type { Column, DatasetChange, Dialect, Reading, ReadingReport, Split } from './reading.ts'

/** Runs of rows of one answer. */
const SOURCE_RUNS_MAX = 100_000

export const dataset = z.object({
  id,
  huntId: id,
  name: z.string(),
  file: z
    .string()
    .describe(
      'Name of the source file, with its folder inside a dropped folder; of a member of an archive, archive.zip/folder/name.csv',
    ),
  state: z.enum(datasetStates),
  size: count.describe('Bytes of the source file; of a member of an archive, unpacked'),
  sha256: z
    .string()
    .nullable()
    .describe('Of the source file; of a member of an archive, of its unpacked bytes. Null while it is imported'),
  rows: count,
  excerptOf: count
    .nullable()
    .describe('Rows of the source, where only some of them came in a case file; null: all rows are here'),
  quarantined: count,
  columns: count.describe('Of the source; columns taken out of packed ones are not counted'),
  profile: z.string().nullable().describe('Id of the profile that recognised the tool'),
  profileName: z.string().nullable(),
  encoding: z.string().nullable(),
  delimiter: z.string().nullable(),
  timeColumn: z.string().nullable(),
  timeZone: z.string().nullable().describe('Zone in which times without one are read'),
  skewSeconds: z.number().describe('Added to every time'),
  firstTime: time.nullable(),
  lastTime: time.nullable(),
  rowsWithoutTime: count,
  iocs: count.describe('Distinct indicators'),
  duplicateOf: id.nullable().describe('The same bytes were imported into this hunt before: this entry is that dataset'),
  failure: failure.nullable(),
  diskBytes: count.describe('Size of the dataset file'),
  createdAt: time,
  importedAt: time.nullable(),
})
export type Dataset = z.infer<typeof dataset>

export const ticket = z
  .string()
  .min(1)
  .max(4096)
  .describe('Stands for a file offered to the program. On the command line: @ and a path')

export const importedFile = dataset.pick({
  id: true,
  name: true,
  file: true,
  rows: true,
  quarantined: true,
  columns: true,
  profile: true,
  encoding: true,
  delimiter: true,
  sha256: true,
})
/** The `result` of an import job. */
export const importReport = z.object({
  hunt: z.object({ id, name: z.string() }),
  datasets: z.array(
    importedFile.extend({
      duplicateOf: id.optional(),
      warnings: z.array(z.string()).describe('What was decided without certainty, or is missing, for people'),
      mapping: z.string().optional().describe('Name of the mapping of this workspace that it was read by'),
      offered: z.string().optional().describe('Where it is a duplicate: the file with the same bytes, by its own name'),
    }),
  ),
  failed: z.array(z.object({ file: z.string(), code: failure.shape.code, message: z.string() })),
  alerts: count.describe('Alerts created by the analyzers and rules that ran on the import'),
})
export type ImportReport = z.infer<typeof importReport>

const example = { id: '9b0a3b0c-7d0e-4a55-8a6e-0d8f5c7b0001' }

export const datasets = {
  'datasets.preview': query(
    'Reads the beginning of an offered file: dialect, profile, mapping, first rows and bad records, as an import would take them.',
    z.object({ ticket, dialect: dialect.optional() }),
    preview,
    { ticket: '@events.csv' },
  ),
  'datasets.import': command(
    'Imports offered files into a hunt, each as one dataset, and of a ZIP archive each member that is a table. Bad records go to quarantine; a file that cannot be read as a table does not stop the others.',
    z.object({
      huntId: id,
      files: z
        .array(z.object({ ticket, dialect: dialect.optional(), name: name.optional() }))
        .min(1)
        .max(10_000),
      analyze: z.boolean().optional().describe('Run analyzers and rules afterwards; default: what the hunt says'),
    }),
    jobRef,
    { huntId: '6f3f7f6e-2a07-4d5a-9b1e-6a1a5a3f0001', files: [{ ticket: '@events.csv' }] },
  ),
  'datasets.list': query(
    'Lists datasets in the order of import.',
    z.object({ huntId: id.optional(), state: z.enum(datasetStates).optional(), ...paging }),
    z.object({ datasets: z.array(dataset), total: count }),
    {},
  ),
  'datasets.get': query(
    'One dataset with its columns.',
    z.object({ id }),
    dataset.extend({
      columnList: z.array(column),
      warnings: z.array(z.string()).describe('What was decided without certainty, for people'),
      origin: datasetOrigin.nullable().describe('The question to a server that it is the answer to; null: a file'),
      quick: z
        .object({ state: z.enum(['ready', 'preparing', 'none']), bytes: count })
        .describe(
          'Whether what makes counts and filters quick is made, and its size beside the dataset file. none: not made yet, or few rows. Answers are the same without it',
        ),
    }),
    example,
  ),
  'datasets.update': command(
    'Renames a dataset, or changes how it is read: fields, profile, times, packed columns, columns shown first. Cells never change; a job that reads them anew is answered.',
    z.object({
      id,
      name: name.optional(),
      fields: dialect.shape.fields,
      profile: dialect.shape.profile.describe('Id of a profile; empty: none'),
      timeColumn: dialect.shape.timeColumn,
      timeZone: dialect.shape.timeZone,
      skewSeconds: dialect.shape.skewSeconds,
      dayFirst: dialect.shape.dayFirst,
      splits: dialect.shape.splits,
      first: dialect.shape.first,
      reason: z.string().trim().max(1_000).default('').describe('Kept in the history of the dataset'),
    }),
    dataset.extend({ jobId: id.nullable() }),
    { ...example, timeZone: 'Europe/Berlin', reason: 'The host was in Berlin, see ticket 14' },
  ),
  'datasets.undo': command(
    'Takes back the last change of reading or repair of a dataset. Rows of a repair leave, its records return; refused (conflict) while alerts, notes, tags, hypotheses or cases name them.',
    z.object({ id }),
    jobRef,
    example,
  ),
  'datasets.rescan': command(
    'Recognises profile, fields, times and indicators of a dataset anew from its kept cells.',
    z.object({ id }),
    jobRef,
    example,
  ),
  'datasets.repair': command(
    'Imports quarantined records again, as they stand or with corrected text. What fits becomes rows behind the last one, until datasets.undo; the source stays untouched.',
    z.object({
      id,
      records: z
        .array(
          z.object({
            id: count.describe('From datasets.quarantine'),
            text: z.string().max(1_000_000).optional().describe('Corrected text; default: as it was'),
          }),
        )
        .min(1)
        .max(10_000),
      delimiter: dialect.shape.delimiter.describe('Where these records use another one than the file'),
      quote: dialect.shape.quote,
      reason: z.string().trim().max(1_000).default(''),
    }),
    jobRef,
    { ...example, records: [{ id: 1, text: 'a,b,c' }] },
  ),
  'datasets.history': query(
    'What was changed about how a dataset is read, newest first.',
    z.object({ id, ...paging }),
    z.object({
      changes: z.array(datasetChange),
      total: count,
      undoes: id.nullable().describe('The change that datasets.undo takes back now; null: none'),
    }),
    example,
  ),
  'datasets.sourceRows': query(
    'Which rows of its source a dataset has, where only some came in a case file: runs of rows in order. None where all are here.',
    z.object({
      id,
      limit: z.number().int().min(1).max(SOURCE_RUNS_MAX).default(SOURCE_RUNS_MAX),
      offset: paging.offset,
    }),
    z.object({
      runs: z.array(
        z.object({
          row: count.describe('Of the dataset: the first of the run'),
          sourceRow: count.describe('Of the source'),
          rows: count,
        }),
      ),
      total: count.describe('Runs'),
    }),
    example,
  ),
  'datasets.delete': command(
    'Deletes a dataset with its rows and the alerts that point only at it. The source file is not touched.',
    z.object({ id }),
    z.object({
      ok: z.literal(true),
      alerts: count.describe('Alerts that went with it'),
      cut: count.describe('Alerts that keep only the rows they have in other datasets, until their rule runs again'),
    }),
    example,
  ),
  'datasets.quarantine': query(
    'Lists the records of a dataset that were not kept, in the order of the source.',
    z.object({ id, ...paging }),
    z.object({
      quarantine: z.array(quarantined.extend({ id: count.describe('Names the record in datasets.repair') })),
      total: count,
    }),
    example,
  ),
  'datasets.iocs': query(
    'Lists the distinct indicators of a dataset with counts, most frequent first.',
    z.object({ id, type: iocType.optional(), scope: iocScope.optional(), ...paging }),
    z.object({
      iocs: z.array(
        z.object({
          value: z.string(),
          type: iocType,
          scope: iocScope,
          count,
          columns: z.array(z.string()),
          firstTime: time.nullable(),
          lastTime: time.nullable(),
        }),
      ),
      total: count,
    }),
    example,
  ),
  'datasets.bytes': query(
    'The original bytes of one row, read from the source file while it is reachable, and whether they are still those of the import.',
    z.object({ id, row: rowNumber }),
    z.object({
      offset: count.describe('First byte of the record in the source (after decompression)'),
      length: count.describe('Bytes'),
      text: z.string().describe('Decoded, cut at 64 kB'),
      hex: z.string().describe('First 4 kB, two digits a byte'),
      proof: z.enum(['matches', 'differs', 'source-missing', 'not-recorded']),
    }),
    { ...example, row: 121 },
  ),
  'datasets.profiles': query(
    'Lists the profiles by which files are recognised, by name.',
    z.object({}),
    z.object({
      profiles: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          required: z.array(z.string()).describe('Headers a file must have'),
        }),
      ),
      total: count,
    }),
    {},
  ),
  'datasets.changed': topic('A dataset came, changed or went.', z.object({ id, huntId: id })),
}
