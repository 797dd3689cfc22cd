import { z } from 'zod'
import { failureCodes } from './values.ts'

/** What the wire says when a call could not be answered. `detail` holds values a program can use (path of a bad field, reference number of the log). */
export const failure = z.object({
  code: z.enum(failureCodes),
  message: z.string(),
  detail: z.record(z.string(), z.json()).optional(),
})
export type Failure = z.infer<typeof failure>
