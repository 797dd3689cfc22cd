import { z } from 'zod'
import { count, id, name, ok, paging, time } from './common.ts'
import { command, query, topic } from './define.ts'
import { sort } from './rowFilter.ts'

/** Columns a saved search shows at most. */
const COLUMNS_MAX = 10_000

const q = z.string().max(4_000)

/** What a search keeps, without what stands for a field that is left out: a change leaves out what stays. */
const kept = {
  name,
  datasetId: id.nullable().describe('The dataset it looks at; null: every dataset of the hunt'),
  q: q.describe('Query; empty: every row'),
  from: time.nullable().describe('Only rows from this time on'),
  to: time.nullable().describe('Only rows before this time'),
  columns: z
    .array(z.object({ name: z.string().max(500), pinned: z.boolean() }))
    .max(COLUMNS_MAX)
    .nullable()
    .describe('Columns shown, in order; null: as the dataset opens'),
  sort: sort.nullable(),
  zone: z.enum(['utc', 'local']).nullable().describe('Zone in which times are shown; null: as set'),
}

/** A view of rows that is kept under a name. */
export const searchDraft = z.object({
  ...kept,
  huntId: id,
  datasetId: kept.datasetId.default(null),
  q: kept.q.default(''),
  from: kept.from.default(null),
  to: kept.to.default(null),
  columns: kept.columns.default(null),
  sort: kept.sort.default(null),
  zone: kept.zone.default(null),
})
export type SearchDraft = z.infer<typeof searchDraft>

export const search = searchDraft.extend({
  id,
  datasetName: z.string().nullable().describe('Name of its dataset; null: every dataset, or it was deleted'),
  createdAt: time,
  updatedAt: time,
})
export type Search = z.infer<typeof search>

export const searchRun = z.object({
  search,
  total: count.describe('Rows that match now'),
  datasets: z.array(
    z.object({
      id,
      name: z.string(),
      rows: count,
      leftOut: z.string().nullable().describe('Why none of its rows can match, for example a field that it lacks'),
    }),
  ),
})
export type SearchRun = z.infer<typeof searchRun>

const example = { id: '3f0c5b0e-8a3e-4a4b-9c57-0d8f5c7b0003' }
const hunt = '6a1f2b0c-7d0e-4a55-8a6e-0d8f5c7b0002'

export const searches = {
  'searches.create': command('Keeps a view of rows under a name.', searchDraft, search, {
    huntId: hunt,
    name: 'Downloads with certutil',
    q: 'process_name:certutil.exe',
  }),
  'searches.list': query(
    'Lists the saved searches of a hunt by name.',
    z.object({ huntId: id, text: z.string().max(200).optional(), ...paging }),
    z.object({ searches: z.array(search), total: count }),
    { huntId: hunt },
  ),
  'searches.get': query('One saved search.', z.object({ id }), search, example),
  'searches.update': command(
    'Renames a saved search or makes it another view; what is left out stays.',
    z.object(kept).partial().extend({ id }),
    search,
    { ...example, name: 'Certutil' },
  ),
  'searches.delete': command(
    'Removes a saved search; answers it, so that it can be made again.',
    z.object({ id }),
    search,
    example,
  ),
  'searches.run': query(
    'How many rows a saved search finds now, in each of its datasets.',
    z.object({ id }),
    searchRun,
    example,
  ),
  'searches.remember': command(
    'Keeps a query among the recent ones of this workspace; the oldest of more than 200 goes.',
    z.object({ q: q.trim().min(1) }),
    ok,
    { q: 'certutil' },
  ),
  'searches.recent': query(
    'Queries that were run in this workspace, the last one first.',
    z.object({ limit: z.number().int().min(1).max(200).default(50) }),
    z.object({ queries: z.array(z.object({ q, at: time })), total: count }),
    {},
  ),
  'searches.changed': topic('Saved searches or recent queries changed.', z.object({ huntId: id.nullable() })),
}
