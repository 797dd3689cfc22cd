import { z } from 'zod'
import { canonicalField, count, id, jobRef, severity } from './common.ts'
import { command, query } from './define.ts'

export const analyzerName = z.string().regex(/^[a-z][a-z0-9_]*$/, 'An analyzer is named like suspicious_commands')

export const analyzerInfo = z.object({
  name: analyzerName,
  title: z.string(),
  description: z.string(),
  needs: z.array(canonicalField).describe('Without at least one of these fields it has nothing to look at'),
  mitreTechniques: z.array(z.string()),
  configSchema: z.json().describe('JSON Schema of its configuration, with defaults and descriptions'),
  config: z.json().describe('The default configuration'),
})
export type AnalyzerInfo = z.infer<typeof analyzerInfo>

/** The `result` of an analyzer job. */
export const analyzerReport = z.object({
  candidatesFound: count.describe('Findings, whether or not they were kept'),
  alertsCreated: count,
  alertsKept: count.describe('Findings that were alerts already'),
  rowsAnalyzed: count,
  bySeverity: z.record(severity, count),
  byAnalyzer: z.record(z.string(), count),
  skipped: z.array(z.object({ analyzer: analyzerName, datasetId: id, reason: z.string() })),
})
export type AnalyzerReport = z.infer<typeof analyzerReport>

export const analyzers = {
  'analyzers.list': query(
    'Lists the analyzers with what they need and how they can be configured.',
    z.object({}),
    z.object({ analyzers: z.array(analyzerInfo), total: count }),
    {},
  ),
  'analyzers.run': command(
    'Runs analyzers over every row of a dataset or hunt and keeps their findings as alerts. Running twice doubles nothing.',
    z
      .object({
        datasetId: id.optional(),
        huntId: id.optional(),
        analyzers: z.array(analyzerName).min(1).optional().describe('Default: all'),
        config: z.record(analyzerName, z.record(z.string(), z.json())).optional().describe('By analyzer'),
        autoCreate: z.boolean().default(true).describe('false: only count what would be found'),
      })
      .refine(
        (input) => (input.datasetId === undefined) !== (input.huntId === undefined),
        'Give either datasetId or huntId',
      ),
    jobRef,
    { datasetId: '9b0a3b0c-7d0e-4a55-8a6e-0d8f5c7b0001' },
  ),
}
