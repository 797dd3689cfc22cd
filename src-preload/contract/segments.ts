import { z } from 'zod'
import { id } from './common.ts'
import { topic } from './define.ts'

export const segments = {
  'segments.changed': topic(
    'What makes questions of a dataset quick is being made, or is there; its rows are what they were.',
    z.object({ id, huntId: id }),
  ),
}
