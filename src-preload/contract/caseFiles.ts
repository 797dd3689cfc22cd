import { z } from 'zod'
import { count, id, jobRef, name, time } from './common.ts'
import { ticket } from './datasets.ts'
import { command, query, topic } from './define.ts'
import { caseFileNouns, mergeChoices, mergeOutcomes, rowShares, tlps } from './values.ts'

/** Hunts of one file. */
const HUNTS_MAX = 500
const RECIPIENTS_MAX = 100
const LISTS_MAX = 500
/** Conflicts and left out records are listed up to here; all are counted. */
export const LISTED_MAX = 500

const hunts = z.array(id).min(1).max(HUNTS_MAX)
const cases = z.array(id).max(HUNTS_MAX).default([]).describe('Cases that go in, with tasks, notes and activity')
const lists = z
  .array(id)
  .max(LISTS_MAX)
  .default([])
  .describe('Lists of indicators that go in; a list with more than 100,000 of them cannot')
const nounCounts = z.partialRecord(z.enum(caseFileNouns), count)

const opens = {
  ticket,
  passphrase: z.string().min(1).max(1_000).optional().describe('Of a file that a passphrase opens; never kept'),
  identity: z
    .string()
    .max(5_000)
    .optional()
    .describe('Of a file that keys open: a secret key of age (AGE-SECRET-KEY-1...); never kept'),
}

export const caseFilePlan = z.object({
  records: nounCounts.describe('What people made, by noun'),
  cited: z
    .object({ rows: count, bytes: count })
    .describe('Rows that alerts, annotations, hypotheses and tags speak of'),
  all: z.object({ rows: count, bytes: count.describe('Text in the sources; the file is packed and smaller') }),
  sources: z.object({
    files: count.describe('Source files'),
    bytes: count.describe('Their size'),
    missing: z.array(z.string()).describe('Files that are no longer where they were: they cannot go in'),
  }),
  lists: z
    .array(z.object({ id, name: z.string(), indicators: count, fits: z.boolean().describe('false: it is too large') }))
    .describe('Lists of indicators that are on and could go in as well'),
})
export type CaseFilePlan = z.infer<typeof caseFilePlan>

/** The `result` of a job of caseFiles.export. */
export const caseFileReport = z.object({
  name: z.string().describe('Name of the file'),
  bytes: count,
  rows: count,
  records: count,
  sources: count.describe('Source files in it'),
  encrypted: z.boolean(),
  path: z.string().nullable().describe('Where it lies, to show; null: to be fetched'),
  download: z
    .string()
    .nullable()
    .describe('Address, good for one download by the browser that is let in; headless shell only'),
})
export type CaseFileReport = z.infer<typeof caseFileReport>

export const caseFileContents = z.object({
  title: z.string(),
  tlp: z.enum(tlps),
  by: z.string().describe('Who exported it; empty when not given'),
  createdAt: time,
  program: z.string().describe('Version that wrote it'),
  rows: z.enum(rowShares),
  hunts: z.array(z.object({ id, name: z.string(), here: z.boolean().describe('This workspace has the hunt') })),
  datasets: z.array(
    z.object({
      id,
      huntId: id,
      name: z.string(),
      file: z.string(),
      sha256: z.string().describe('Of the source'),
      size: count.describe('Bytes of the source'),
      rows: count.describe('In the case file'),
      of: count.describe('In the source'),
      source: z.boolean().describe('The source itself is in the case file'),
      here: z.boolean().describe('This workspace has the dataset'),
    }),
  ),
  records: nounCounts,
})
export type CaseFileContents = z.infer<typeof caseFileContents>

export const caseFileInspection = z.object({
  file: z.string(),
  size: count.describe('Bytes'),
  encrypted: z.enum(['passphrase', 'recipients']).nullable(),
  contents: caseFileContents.nullable().describe('null: it is encrypted and was not opened'),
})
export type CaseFileInspection = z.infer<typeof caseFileInspection>

/** The `result` of a job of caseFiles.verify. */
export const caseFileVerdict = z.object({
  ok: z.boolean(),
  parts: count.describe('Parts that were read'),
  bytes: count.describe('Unpacked'),
  altered: z.array(
    z.object({
      part: z.string().describe('Name inside the file; empty: the file as a whole'),
      about: z.string().describe('What that is, for people'),
      reason: z.string(),
    }),
  ),
  fingerprint: z
    .string()
    .nullable()
    .describe('SHA-256 of the manifest: the same words on both ends of a telephone prove the whole file'),
})
export type CaseFileVerdict = z.infer<typeof caseFileVerdict>

const told = z.union([z.string(), z.number(), z.null()])
export const caseFileConflict = z.object({
  key: z.string().describe('Names it in decisions'),
  noun: z.enum(caseFileNouns),
  id,
  title: z.string(),
  field: z
    .string()
    .describe('deleted: it was deleted here and comes back unless `mine` holds, which then holds for later files too'),
  mine: z.object({ value: told, at: time.nullable() }).describe('What stands here'),
  theirs: z.object({ value: told, at: time.nullable().describe('null: it is not known') }),
  keeps: z.enum(['mine', 'theirs', 'both']).describe('What holds where nobody decides: the newer value, or both texts'),
})
export type CaseFileConflict = z.infer<typeof caseFileConflict>

/** The `result` of a job of caseFiles.import. */
export const caseFileMerge = z.object({
  applied: z.boolean().describe('false: a preview; nothing was changed'),
  title: z.string(),
  hunts: z.array(z.object({ id, name: z.string() })),
  outcomes: z.partialRecord(z.enum(caseFileNouns), z.partialRecord(z.enum(mergeOutcomes), count)),
  rows: count.describe('Rows that come to this workspace'),
  conflicts: z.array(caseFileConflict),
  conflictsTotal: count,
  leftOut: z.array(
    z.object({
      noun: z.enum(caseFileNouns),
      title: z.string(),
      reason: z.string(),
      key: z
        .string()
        .nullable()
        .describe('It was decided earlier that it stays deleted: with this key, `theirs` in decisions brings it back'),
    }),
  ),
  leftOutTotal: count,
})
export type CaseFileMerge = z.infer<typeof caseFileMerge>

const exampleHunt = '6f3f7f6e-2a07-4d5a-9b1e-6a1a5a3f0001'

export const caseFiles = {
  'caseFiles.plan': query(
    'What would go into a case file of these hunts: records, rows that somebody spoke of, all rows, sources.',
    z.object({ huntIds: hunts, caseIds: cases, listIds: lists }),
    caseFilePlan,
    { huntIds: [exampleHunt] },
  ),
  'caseFiles.export': command(
    'Writes hunts into one file for a colleague, with all or the cited rows, encrypted with age if wanted. Nothing secret and no path of this machine is ever in it.',
    z
      .object({
        huntIds: hunts,
        caseIds: cases,
        listIds: lists,
        title: name.optional().describe('Default: the name of the hunt'),
        tlp: z.enum(tlps).optional().describe('Default: the strictest marking of the cases; AMBER without any'),
        rows: z.enum(rowShares).default('cited'),
        sources: z.boolean().default(false).describe('The source files as evidence'),
        passphrase: z.string().min(8).max(1_000).optional().describe('Encrypts the file; it cannot be recovered'),
        recipients: z
          .array(z.string().trim().min(1).max(5_000))
          .min(1)
          .max(RECIPIENTS_MAX)
          .optional()
          .describe('Encrypts the file for the holders of these keys (age1...)'),
        name: z.string().trim().min(1).max(200).optional().describe('Of the file'),
        to: z
          .string()
          .max(4_096)
          .optional()
          .describe(
            'Ticket of a place (on the command line @ and a path), or folder: the folder exports of the workspace. Default: the person is asked',
          ),
      })
      .refine(
        ({ passphrase, recipients }) => passphrase === undefined || recipients === undefined,
        'Give a passphrase or recipients',
      ),
    jobRef,
    { huntIds: [exampleHunt], rows: 'all', to: 'folder' },
  ),
  'caseFiles.waiting': query(
    'Case files that the desktop asked to open and that nobody has looked at, the last one first.',
    z.object({}),
    z.object({ files: z.array(z.object({ ticket, name: z.string() })), total: count }),
    {},
  ),
  'caseFiles.inspect': query(
    'What a case file says it holds, before anything of it is imported. An encrypted one says how it is encrypted until its key is given.',
    z.object(opens),
    caseFileInspection,
    { ticket: '@night.huntcase' },
  ),
  'caseFiles.verify': command(
    'Reads all of a case file and checks every hash; names the parts and sources that were altered.',
    z.object(opens),
    jobRef,
    { ticket: '@night.huntcase' },
  ),
  'caseFiles.import': command(
    'Merges a case file: of each field the newer value holds, notes of both are kept, conflicts are listed. A preview changes nothing, twice is once, and damage anywhere changes nothing.',
    z.object({
      ...opens,
      preview: z.boolean().default(false),
      decisions: z
        .record(z.string().max(300), z.enum(mergeChoices))
        .default({})
        .describe('By key of a conflict: what holds'),
    }),
    jobRef,
    { ticket: '@night.huntcase', preview: true },
  ),
  'caseFiles.changed': topic(
    'The desktop asked to open a case file, by a double click for example: it waits to be looked at.',
    z.object({ ticket, name: z.string() }),
  ),
}
