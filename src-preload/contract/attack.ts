import { z } from 'zod'
import { count, id, jobRef, paging, technique } from './common.ts'
import { ticket } from './datasets.ts'
import { command, query } from './define.ts'

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
  'attack.exportLayer': command(
    'Writes the techniques of a case, or of the alerts of a hunt, as a layer for ATT&CK Navigator.',
    z
      .object({
        caseId: id.optional(),
        huntId: id.optional(),
        to: z
          .string()
          .min(1)
          .max(4096)
          .optional()
          .describe(
            'A ticket for a path (in a terminal: "@layer.json"), or folder: the folder exports of the workspace',
          ),
      })
      .refine(
        ({ caseId, huntId }) => (caseId === undefined) !== (huntId === undefined),
        'Give either caseId or huntId',
      ),
    jobRef,
    { caseId: '5c0e1d2a-9f3b-4c7d-8e6a-1b2c3d4e0001' },
  ),
  'attack.importLayer': command(
    'Makes the techniques of an ATT&CK Navigator layer belong to a case, each with its comment; switched off ones are left out.',
    z.object({ caseId: id, ticket }),
    z.object({
      name: z.string().describe('Of the layer'),
      added: count.describe('Techniques that are new to the case'),
      known: count.describe('Techniques that belonged to it already'),
      wrong: z.array(z.string()).describe('What is no id of a technique'),
    }),
    { caseId: '5c0e1d2a-9f3b-4c7d-8e6a-1b2c3d4e0001', ticket: '@layer.json' },
  ),
}
