import { z } from 'zod'
import { id, time } from './common.ts'

export const caseNote = z.object({
  id,
  caseId: id,
  title: z.string(),
  text: z.string().describe('Markdown; HTML in it is text'),
  author: z.string(),
  createdAt: time,
  updatedAt: time,
})
export type CaseNote = z.infer<typeof caseNote>

const title = z.string().trim().max(200)
const text = z.string().max(200_000)
export const noteInput = {
  create: { title: title.default(''), text: text.default('') },
  update: { title: title.optional(), text: text.optional() },
}
