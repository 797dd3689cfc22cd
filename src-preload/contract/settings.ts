import { z } from 'zod'
import { command, query, topic } from './define.ts'

export const settingsShape = z.object({
  theme: z.enum(['system', 'dark', 'light']).describe('Colours of the window'),
  zone: z.enum(['utc', 'local']).describe('Zone in which times are shown'),
  density: z.enum(['compact', 'normal', 'relaxed']).describe('Height of grid rows'),
  analyzeOnImport: z.boolean().describe('New hunts run analyzers and rules over what is imported'),
  notify: z.boolean().describe('New alerts are sent to the notification channels that are on'),
  matchListsOnImport: z
    .boolean()
    .describe('Imported files are looked through for listed indicators, which become alerts'),
  recordPane: z.enum(['right', 'bottom']).describe('Where the record of the selected row opens'),
  analystName: z.string().trim().max(100).describe('Written into what you assign and note'),
  lastHunt: z.string().max(100).nullable().describe('Hunt that was opened last: the next start goes there'),
})
export type Settings = z.infer<typeof settingsShape>

export const settings = {
  'settings.get': query('The settings of this workspace.', z.object({}), settingsShape, {}),
  'settings.update': command('Changes some settings.', settingsShape.partial(), settingsShape, { theme: 'dark' }),
  'settings.changed': topic('The settings changed.', settingsShape),
}
