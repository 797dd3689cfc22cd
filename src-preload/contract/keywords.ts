import { z } from 'zod'
import { count, id, jobRef, name, ok, paging, rowNumber, time } from './common.ts'
import { command, query, topic } from './define.ts'
import { keywordKinds, themeColours } from './values.ts'

/** Characters of one keyword. */
export const KEYWORD_MAX = 200
/** Characters that may be pasted at once: some 50,000 domains. */
const PASTE_MAX = 1_000_000

const text = z.string().max(500)
const kind = z.enum(keywordKinds)
const colour = z.enum(themeColours)

export const keywordTheme = z.object({
  id,
  name: z.string(),
  colour,
  enabled: z.boolean().describe('Scans look for its keywords'),
  builtin: z.string().nullable().describe('The theme of the program that it was made from'),
  keywords: count.describe('All of them'),
  enabledKeywords: count.describe('Those that scans look for'),
  hits: count.describe('Of the last scans: in the hunt asked for, or in all'),
  createdAt: time,
  updatedAt: time,
})
export type KeywordTheme = z.infer<typeof keywordTheme>

export const keyword = z.object({
  id,
  themeId: id,
  kind,
  text: z.string(),
  enabled: z.boolean(),
  hits: count.describe('Of the last scans: in the hunt asked for, or in all'),
  rows: count.describe('Rows with a hit'),
  createdAt: time,
})
export type Keyword = z.infer<typeof keyword>

export const keywordHit = z.object({
  id: z.number().int().describe('Number of the hit; of no meaning after the next scan'),
  datasetId: id,
  dataset: z.string(),
  row: rowNumber,
  time: time.nullable(),
  field: z.string().describe('The column that holds it'),
  value: z.string().describe('The cell; of a long one 300 characters around the hit'),
  host: z.string().nullable().describe('The host of the row, or its source address'),
  user: z.string().nullable(),
  themeId: id,
  theme: z.string(),
  colour,
  keywordId: id,
  keyword: z.string(),
})
export type KeywordHit = z.infer<typeof keywordHit>

const hitFilter = {
  huntId: id,
  datasetId: id.optional(),
  themeId: id.optional(),
  keywordId: id.optional(),
  host: text.optional(),
  user: text.optional(),
  text: text.optional().describe('In value, field or keyword, any case'),
}

const refused = z.array(
  z.object({ line: count.describe('Line of the pasted text, from 1'), text: z.string(), reason: z.string() }),
)

/** The `result` of a job of keywords.scan. */
export const keywordReport = z.object({
  datasets: count.describe('Datasets that were scanned'),
  rows: count,
  keywords: count.describe('Keywords that were looked for'),
  hits: count.describe('All of them; each is a keyword in a cell'),
  kept: count.describe('Hits that can be opened; the others are counted only'),
  skipped: z.array(z.object({ datasetId: id, reason: z.string() })),
})
export type KeywordReport = z.infer<typeof keywordReport>

const counted = z.array(z.object({ value: z.string(), hits: count.describe('Of those that are kept') }))
const example = { id: '7c9a1f20-5b7e-4e0c-9a51-0d1f6e2b0001' }
const inTheme = { themeId: example.id }

export const keywords = {
  'keywords.themes': query(
    'Lists the themes of the acceptable-use scan by name, with how many hits the last scans found of each.',
    z.object({ huntId: id.optional() }),
    z.object({ themes: z.array(keywordTheme), total: count }),
    {},
  ),
  'keywords.createTheme': command(
    'Makes a theme: a name and a colour for keywords that belong together.',
    z.object({ name, colour: colour.default('blue'), enabled: z.boolean().default(true) }),
    keywordTheme,
    { name: 'Crypto mining', colour: 'orange' },
  ),
  'keywords.updateTheme': command(
    'Renames or colours a theme, or switches it on or off.',
    z.object({ id, name: name.optional(), colour: colour.optional(), enabled: z.boolean().optional() }),
    keywordTheme,
    { ...example, enabled: false },
  ),
  'keywords.deleteTheme': command(
    'Deletes a theme with its keywords and hits. A deleted theme of the program does not come back.',
    z.object({ id }),
    ok,
    example,
  ),
  'keywords.list': query(
    'Lists the keywords of a theme, with how many hits the last scans found of each.',
    z.object({ themeId: id, huntId: id.optional(), text: text.optional(), ...paging }),
    z.object({ keywords: z.array(keyword), total: count }),
    inTheme,
  ),
  'keywords.add': command(
    'Adds a keyword to a theme.',
    z.object({ themeId: id, text: z.string().trim().min(1).max(KEYWORD_MAX), kind: kind.default('word') }),
    keyword,
    { ...inTheme, text: 'poker', kind: 'word' },
  ),
  'keywords.bulkAdd': command(
    'Adds pasted lines: example.com is a domain, *text* stands anywhere, /pattern/ is a regex, other lines are words; # begins a comment.',
    z.object({ themeId: id, text: z.string().max(PASTE_MAX) }),
    z.object({
      added: count.describe('New keywords'),
      known: count.describe('Lines that the theme had already'),
      refused: refused.describe('The first 100 lines that cannot be keywords'),
      refusedTotal: count.describe('All lines that cannot be keywords'),
    }),
    { ...inTheme, text: 'poker\nbet365.com\n/(?:online|mobile) casino/' },
  ),
  'keywords.update': command(
    'Switches keywords on or off.',
    z.object({ ids: z.array(id).min(1).max(5_000), enabled: z.boolean() }),
    z.object({ updated: count }),
    { ids: [example.id], enabled: false },
  ),
  'keywords.delete': command(
    'Deletes keywords with their hits.',
    z.object({ ids: z.array(id).min(1).max(5_000) }),
    z.object({ deleted: count.describe('Keywords that are gone') }),
    { ids: [example.id] },
  ),
  'keywords.scan': command(
    'Looks for keywords in every row of datasets. What an earlier scan of the same datasets found is replaced.',
    z
      .object({
        huntId: id.optional().describe('All datasets of it'),
        datasetIds: z.array(id).min(1).max(500).optional(),
        themeIds: z.array(id).min(1).max(500).optional().describe('Default: all themes that are on'),
        columns: z.array(text).min(1).max(500).optional().describe('Names of columns; default: all'),
      })
      .refine(
        (input) => (input.huntId === undefined) !== (input.datasetIds === undefined),
        'Give huntId or datasetIds',
      ),
    jobRef,
    { huntId: example.id },
  ),
  'keywords.hits': query(
    'Lists the hits of the last scans.',
    z.object({
      ...hitFilter,
      sort: z.enum(['row', 'time', 'theme', 'keyword', 'field', 'host', 'user', 'value', 'dataset']).default('row'),
      descending: z.boolean().default(false),
      ...paging,
    }),
    z.object({ hits: z.array(keywordHit), total: count }),
    { huntId: example.id },
  ),
  'keywords.counts': query(
    'What the last scans of a hunt found: exact counts, and the hosts and users of the hits that are kept.',
    z.object({ huntId: id, datasetId: id.optional(), themeId: id.optional() }),
    z.object({
      hits: count.describe('All hits'),
      kept: count.describe('Hits that can be opened'),
      scans: z.array(
        z.object({
          datasetId: id,
          dataset: z.string(),
          at: time,
          rows: count,
          hits: count.describe('All hits'),
          kept: count.describe('Hits that can be opened'),
          columns: z.array(z.string()).nullable().describe('Columns that were scanned; null: all'),
          stale: z.boolean().describe('The dataset was read anew since: row numbers may be others'),
        }),
      ),
      unscanned: count.describe('Imported datasets of the hunt without a scan'),
      hosts: counted.describe('The 100 with most hits'),
      users: counted.describe('The 100 with most hits'),
    }),
    { huntId: example.id },
  ),
  'keywords.changed': topic(
    'Themes, keywords or hits changed.',
    z.object({ huntId: id.nullable().describe('The hunt that was scanned; null: themes or keywords changed') }),
  ),
}
