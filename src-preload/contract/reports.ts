import { z } from 'zod'
import { count, id, jobRef } from './common.ts'
import { command, query } from './define.ts'
import { reportFormats, reportSections, tlps } from './values.ts'

const to = z
  .string()
  .min(1)
  .max(4096)
  .optional()
  .describe(
    'A ticket for a path (in a terminal: "@report.html"), or folder: the folder exports of the workspace. Default: the window asks, a browser downloads, a terminal takes the folder',
  )
const fileName = z.string().trim().min(1).max(200).optional().describe('Name of the file, without its ending')
const guard = z.boolean().default(true).describe('Make text of what a spreadsheet would run as a formula')

/** What goes into a report, and how it is marked. */
const choices = {
  sections: z
    .array(z.enum(reportSections))
    .min(1)
    .default([...reportSections])
    .describe('Of a report for people, in its own order; it says which were left out. Default: all'),
  tlp: z.enum(tlps).optional().describe('Marking of the file. Default: that of the case'),
}
const exampleCase = '5c0e1d2a-9f3b-4c7d-8e6a-1b2c3d4e0001'

/** The `result` of the jobs of reports.build, reports.csv and attack.exportLayer. */
export const reportFile = z.object({
  name: z.string().describe('Name of the file'),
  bytes: count,
  leftOut: count.describe(
    'What the format cannot hold: alerts without a time (Timesketch), host names and JA4 (STIX), lines beyond the limit (CSV)',
  ),
  path: z.string().nullable().describe('Where it lies, to show; null: to be fetched'),
  download: z
    .string()
    .nullable()
    .describe('Address, good for one download by the browser that is let in; headless shell only'),
})
export type ReportFile = z.infer<typeof reportFile>

export const reports = {
  'reports.build': command(
    'Writes a case as a report (HTML in one file, PDF, Markdown) or for other programs: STIX 2.1 bundle, ATT&CK Navigator layer, Timesketch CSV.',
    z.object({ caseId: id, format: z.enum(reportFormats).default('html'), name: fileName, guard, to, ...choices }),
    jobRef,
    { caseId: exampleCase, format: 'pdf' },
  ),
  'reports.preview': query(
    'The HTML report of a case as it would be written now; nothing is written and nothing is told in its activity.',
    z.object({ caseId: id, ...choices }),
    z.object({ html: z.string().describe('One document that runs and fetches nothing') }),
    { caseId: exampleCase, sections: ['summary', 'findings'], tlp: 'GREEN' },
  ),
  'reports.csv': command(
    'Writes everything that a list answers as CSV, raw or guarded for spreadsheets: any call that takes limit and offset.',
    z.object({
      call: z.string().max(100).describe('A call that lists, for example alerts.list'),
      input: z.record(z.string(), z.json()).default({}).describe('Its filter; limit and offset are set'),
      name: fileName,
      guard,
      to,
    }),
    jobRef,
    { call: 'alerts.list', input: { status: 'new' } },
  ),
}
