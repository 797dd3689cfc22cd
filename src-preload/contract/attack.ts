import { z } from 'zod'
import { count, paging, technique } from './common.ts'
import { query } from './define.ts'

export const attackTechnique = z.object({
  id: technique,
  name: z.string(),
  tactics: z.array(z.string()).describe('Short names, for example credential-access'),
  parent: z.object({ id: technique, name: z.string() }).nullable().describe('Of a sub-technique'),
})
export type AttackTechnique = z.infer<typeof attackTechnique>

export const attack = {
  'attack.techniques': query(
    'Searches the ATT&CK techniques (Enterprise) that ship with the program by id, name or tactic; the closest first.',
    z.object({
      text: z.string().max(200).optional().describe('All of its words must occur in id, name, parent or tactics'),
      tactic: z.string().max(100).optional().describe('Short name or name'),
      ...paging,
    }),
    z.object({ techniques: z.array(attackTechnique), total: count }),
    { text: 'decode' },
  ),
}
