import { z } from 'zod'
import { count } from './common.ts'
import { query } from './define.ts'

export const workspace = {
  'workspace.info': query(
    'Which workspace is open, in which shell, with which versions.',
    z.object({}),
    z.object({
      folder: z.string().describe('Path of the workspace, to show; calls never take a path'),
      shell: z.enum(['electron', 'headless', 'cli']),
      version: z.string(),
      platform: z.string(),
      node: z.string(),
      sqlite: z.string(),
      hunts: count,
      datasets: count,
      diskBytes: count.describe('Size of all files of the workspace'),
      freeBytes: count.nullable().describe('Free space on its disk'),
      sample: z.boolean().describe('The sample hunt ships with this program'),
    }),
    {},
  ),
}
