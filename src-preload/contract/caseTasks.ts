import { z } from 'zod'
import { id, name, severity, time } from './common.ts'
import { taskStates } from './values.ts'

export const caseTask = z.object({
  id,
  caseId: id,
  title: z.string(),
  text: z.string(),
  state: z.enum(taskStates),
  severity,
  assignee: z.string().nullable(),
  due: z.iso.date().nullable(),
  author: z.string(),
  createdAt: time,
  updatedAt: time,
  doneAt: time.nullable(),
})
export type CaseTask = z.infer<typeof caseTask>

const fields = {
  title: name,
  text: z.string().max(20_000),
  state: z.enum(taskStates),
  severity,
  assignee: z.string().trim().min(1).max(100).nullable(),
  due: z.iso.date().nullable(),
}
/** What is said of a task: all of it when it is made, what changes later. */
export const taskInput = {
  create: {
    title: fields.title,
    text: fields.text.default(''),
    state: fields.state.default('todo'),
    severity: severity.default('medium'),
    assignee: fields.assignee.default(null),
    due: fields.due.default(null),
  },
  update: {
    title: fields.title.optional(),
    text: fields.text.optional(),
    state: fields.state.optional(),
    severity: severity.optional(),
    assignee: fields.assignee.optional(),
    due: fields.due.optional(),
  },
}
