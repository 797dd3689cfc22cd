import { z } from 'zod'
import { rowTags } from '#contract/values'
import { runs, uuid } from './kind.ts'

/** The rows of a dataset that have a tag of their own, by their numbers in the source: a line of the part `tags`. */
export const sharedTags = z.strictObject({
  dataset_id: uuid,
  tag: z.enum(rowTags),
  rows: runs,
})
export type SharedTags = z.infer<typeof sharedTags>
