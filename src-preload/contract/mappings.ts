import { z } from 'zod'
import { count } from './common.ts'
import { query } from './define.ts'
import { split } from './reading.ts'

/** Cells that are taken apart to be looked at, and their length. */
const CELLS_MAX = 200
const CELL_MAX = 200_000

export const mappings = {
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
}
