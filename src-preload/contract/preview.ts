import { z } from 'zod'
import { count, id } from './common.ts'
import { column, reading } from './reading.ts'

/** A record that was not kept. */
export const quarantined = z.object({
  line: count.describe('First line of the record in the source, from 1'),
  offset: count.describe('Byte offset in the source (after decompression)'),
  length: count.describe('Bytes'),
  reason: z.string().describe('For people, for example: 21 of 23 fields'),
  raw: z.string().describe('The record as text, bad bytes shown as U+FFFD, cut at 64 kB'),
})
export type Quarantined = z.infer<typeof quarantined>

/** What an import would make of a file. */
export const preview = z.object({
  file: z.string(),
  size: count.describe('Bytes of the source file'),
  encoding: z.string(),
  delimiter: z.string(),
  quote: z.string(),
  header: z.boolean(),
  headerLine: count.nullable().describe('Line of the header in the source, from 1'),
  profile: z.string().nullable(),
  profileName: z.string().nullable(),
  profileReason: z.string().nullable().describe('For people, for example: 21 of 21 required headers present'),
  timeColumn: z.string().nullable(),
  timeZone: z.string(),
  columns: z.array(column),
  rows: z.array(z.array(z.string())).describe('The first rows, raw text, at most 200'),
  quarantined: z.array(quarantined).describe('Bad records among those read for the preview'),
  complete: z.boolean().describe('The preview read the whole file'),
  estimatedRows: count.describe('Exact when complete'),
  warnings: z.array(z.string()),
  members: z
    .array(z.object({ name: z.string(), size: count.describe('Bytes, unpacked') }))
    .describe(
      'Members of a ZIP archive that can be tables, each of which an import makes one dataset; the first one is previewed. Empty for other files',
    ),
  remembered: z.boolean().describe('What was said before about a file like this one was taken over'),
  mapping: z
    .object({ id, name: z.string(), reason: z.string().describe('For people'), reading })
    .nullable()
    .describe('The mapping that was taken over, and what it says'),
})
export type Preview = z.infer<typeof preview>
