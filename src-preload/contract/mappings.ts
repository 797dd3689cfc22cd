import { z } from 'zod'
import { count, id, jobRef, name, paging, time } from './common.ts'
import { ticket } from './datasets.ts'
import { command, query, topic } from './define.ts'
import { reading, split } from './reading.ts'

/** Cells that are taken apart to be looked at, and their length. */
const CELLS_MAX = 200
const CELL_MAX = 200_000
/** Headers of the file that a mapping was made for, and their length. */
const HEADERS_MAX = 20_000
const HEADER_MAX = 2_000
/** Mappings in one file that is handed on. */
const HANDED_MAX = 2_000

/** What a mapping says of a file. The skew of a clock belongs to one machine and is never remembered. */
export const mappingReading = reading.omit({ skewSeconds: true })
export type MappingReading = z.infer<typeof mappingReading>

const headers = z
  .array(z.string().max(HEADER_MAX))
  .max(HEADERS_MAX)
  .describe(
    'Of the file that it was made for, in order; empty: made before they were kept, only the very same set is recognised',
  )

export const mappingDraft = z.object({ name, headers: headers.min(1), reading: mappingReading })
export type MappingDraft = z.infer<typeof mappingDraft>

export const mapping = z.object({
  id,
  name,
  headers,
  reading: mappingReading,
  tool: z
    .object({ id: z.string(), name: z.string() })
    .nullable()
    .describe(
      'The profile by which the file that it was made for is recognised; files of other tools are not taken for it',
    ),
  uses: z
    .array(z.string())
    .describe('Columns that a file must have to be recognised; empty: the tool, or else the very same headers'),
  createdAt: time,
  updatedAt: time,
})
export type Mapping = z.infer<typeof mapping>

/** A file of mappings, to be handed to a colleague. */
export const mappingFile = z.object({
  kind: z.literal('huntbench-mappings'),
  version: z.literal(1),
  mappings: z.array(mappingDraft).min(1).max(HANDED_MAX),
})
export type MappingFile = z.infer<typeof mappingFile>

const example = { id: '4b0c5b0e-8a3e-4a4b-9c57-0d8f5c7b0004' }
const handedOn = z
  .string()
  .min(1)
  .max(4096)
  .optional()
  .describe('A ticket for a path (in a terminal: "@mappings.json"), or folder: the folder exports of the workspace')

export const mappings = {
  'mappings.list': query(
    'Lists the mappings of this workspace: what was said of files and holds for files like them, the last changed first.',
    z.object({ text: z.string().max(200).optional().describe('In name, tool or a column that it uses'), ...paging }),
    z.object({ mappings: z.array(mapping), total: count }),
    {},
  ),
  'mappings.get': query('One mapping.', z.object({ id }), mapping, example),
  'mappings.create': command(
    'Makes a mapping for files with these headers and files like them; refused where there is one for the very same headers.',
    mappingDraft,
    mapping,
    {
      name: 'Proxy of the branch',
      headers: ['when', 'who', 'asked for'],
      reading: { timeColumn: 'when', timeZone: 'Europe/Berlin', fields: { who: ['username'], 'asked for': ['url'] } },
    },
  ),
  'mappings.update': command(
    'Renames a mapping, or says otherwise what it says. It holds for files imported from then on; datasets stay as they are.',
    z.object({ id, name: name.optional(), reading: mappingReading.optional() }),
    mapping,
    { ...example, name: 'Proxy' },
  ),
  'mappings.delete': command(
    'Deletes a mapping; answers it, so that it can be made again. Datasets stay as they are.',
    z.object({ id }),
    mapping,
    example,
  ),
  'mappings.export': command(
    'Writes mappings as a JSON file that a colleague can import.',
    z.object({ ids: z.array(id).min(1).max(HANDED_MAX).optional().describe('Default: all'), to: handedOn }),
    jobRef,
    {},
  ),
  'mappings.import': command(
    'Takes the mappings of a JSON file. One for headers that have a mapping here already is left out, or replaces it.',
    z.object({ ticket, replace: z.boolean().default(false) }),
    z.object({
      added: count.describe('Mappings that are new here'),
      replaced: count.describe('Mappings here that say otherwise now'),
      known: count.describe('Said the same already'),
      kept: z.array(z.string()).describe('Left out: a mapping for the very same headers is here and was kept'),
      wrong: z.array(z.object({ name: z.string(), reason: z.string() })).describe('Left out: cannot hold here'),
    }),
    { ticket: '@mappings.json' },
  ),
  'mappings.takeApart': query(
    'What a packed column gives: keys of its cells with a first value. How it is packed may be left out and is found from the cells.',
    z.object({
      cells: z.array(z.string().max(CELL_MAX)).max(CELLS_MAX),
      how: split.shape.how.optional(),
      between: z.string().max(8).optional().describe('What stands between two pairs; empty or absent: found'),
    }),
    z.object({
      how: split.shape.how.nullable().describe('null: the cells do not look packed'),
      between: z.string(),
      parts: z.array(
        z.object({
          key: z.string(),
          cells: count.describe('That have it'),
          example: z.string().describe('Its first value'),
        }),
      ),
      taken: count.describe('Cells with at least one key'),
      total: count.describe('Keys'),
    }),
    { cells: ['MD5=0cc175b9c0f1b6a831c399e269772661,IMPHASH=92eb5ffee6ae2fec3ad71c777531578f'] },
  ),
  'mappings.changed': topic('A mapping came, changed or went.', z.object({})),
}
