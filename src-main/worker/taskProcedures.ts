import type { RuleDraft } from '#contract/rules'
import type { ReportSection } from '#contract/values'
import { prepareFastImport } from '../importer/fast/readyWorkers.ts'
import { freeMemory } from '../importer/freeMemory.ts'
import { importFile } from '../importer/importFile.ts'
import type { ImportRequest } from '../importer/importRequest.ts'
import { listMembers } from '../importer/listMembers.ts'
import type { PreviewRequest } from '../importer/previewFile.ts'
import { integrityComplaint } from '../sqlite/integrity.ts'
import type { AnalyzeRequest } from './analyzeDataset.ts'
import type { BuildRequest } from './buildCaseDataset.ts'
import type { TaskContext } from './contexts.ts'
import type { CaseExport } from './exportCase.ts'
import type { CopyExport } from './exportCopy.ts'
import type { ExportRequest } from './exportRows.ts'
import { hashFile } from './hashFile.ts'
import type { Hit } from './listedIn.ts'
import type { RebuildRequest } from './rebuildDataset.ts'
import type { CaseContent } from '../reporting/content.ts'
import type { LayerRequest } from '../reporting/writeLayer.ts'
import type { ListRequest } from '../reporting/writeList.ts'
import type { ReportRequest } from '../reporting/writeReport.ts'
import type { RuleDatasets, RuleToRun } from './runRules.ts'
import type { SendRequest } from './sendRows.ts'
import type { ScanRequest } from './scanKeywords.ts'
import type { Procedures } from './procedureShape.ts'
import type { CaseToOpen } from './stageCase.ts'
import type { writeMap, writePicture } from './writeMap.ts'
import { sourceBlocks } from './sourceBlocks.ts'

/** What task threads can do; long, cancellable, telling how far they are. An import loads no analyzers: memory. */
export const tasks = {
  evidence: {
    /** What a ZIP archive holds; null when the file is none. */
    members: (context: TaskContext, path: string) => listMembers(path, context.cancelled),
    preview: async (context: TaskContext, file: PreviewRequest) =>
      (await import('../importer/previewArchive.ts')).previewArchive(file, context.cancelled).finally(() => {
        // Once the preview is on its way: what is looked at is mostly imported next, in this thread.
        setTimeout(prepareFastImport, 0, file.path)
      }),
    import: (context: TaskContext, request: ImportRequest) =>
      importFile(request, { cancelled: context.cancelled, progress: context.progress }).finally(() => {
        // The dataset is published meanwhile.
        setImmediate(freeMemory)
      }),
    hash: (context: TaskContext, path: string, member: string | null = null) =>
      hashFile(path, context.cancelled, member),
    blocks: (context: TaskContext, path: string, member: string | null, sha256: string) =>
      sourceBlocks(path, member, sha256, context.cancelled),
    analyze: async (context: TaskContext, request: AnalyzeRequest) => {
      const { analyzeDataset } = await import('./analyzeDataset.ts')
      try {
        return analyzeDataset(context, request)
      } finally {
        freeMemory()
      }
    },
    integrity: (context: TaskContext, id: string): string | null => {
      try {
        return integrityComplaint(context.datasets.open(id))
      } finally {
        context.datasets.close(id)
      }
    },
    /** Makes what quick questions need beside a dataset file; false where it was there. */
    prepare: async (context: TaskContext, id: string): Promise<boolean> => {
      const { prepareSegments } = await import('../sqlite/prepareSegments.ts')
      try {
        return prepareSegments(context.datasets.open(id), freeMemory)
      } finally {
        context.datasets.close(id)
        freeMemory()
      }
    },
    export: async (context: TaskContext, request: ExportRequest) =>
      (await import('./exportRows.ts')).exportRows(context, request),
    rebuild: async (context: TaskContext, request: RebuildRequest) =>
      (await import('./rebuildDataset.ts')).rebuildDataset(context, request).finally(freeMemory),
  },
  maps: {
    write: async (_context: TaskContext, ...asked: Parameters<typeof writeMap>) =>
      (await import('./writeMap.ts')).writeMap(...asked),
    writePicture: async (_context: TaskContext, ...asked: Parameters<typeof writePicture>) =>
      (await import('./writeMap.ts')).writePicture(...asked),
  },
  reports: {
    write: async (_context: TaskContext, request: ReportRequest) =>
      (await import('../reporting/writeReport.ts')).writeReport(request),
    html: async (_context: TaskContext, content: CaseContent, sections: readonly ReportSection[]) => {
      const [{ documentOf }, { htmlOf }] = await Promise.all([
        import('../reporting/document.ts'),
        import('../reporting/html.ts'),
      ])
      return htmlOf(documentOf(content, sections))
    },
    list: async (_context: TaskContext, request: ListRequest) =>
      (await import('../reporting/writeList.ts')).writeList(request),
    layer: async (_context: TaskContext, request: LayerRequest) =>
      (await import('../reporting/writeLayer.ts')).writeLayer(request),
  },
  rules: {
    run: async (context: TaskContext, datasets: RuleDatasets, rules: readonly RuleToRun[]) =>
      (await import('./runRules.ts')).runRules(context, datasets, rules),
    tryOut: async (
      context: TaskContext,
      datasets: Omit<RuleDatasets, 'fresh'>,
      rule: RuleToRun,
      begins: readonly string[],
    ) => (await import('./runRules.ts')).tryRule(context, datasets, rule, begins),
    explain: async (context: TaskContext, datasetId: string, rule: RuleDraft) =>
      (await import('./runRules.ts')).explain(context, datasetId, rule),
  },
  keywords: {
    scan: async (context: TaskContext, request: ScanRequest) =>
      (await import('./scanKeywords.ts')).scanKeywords(context, request),
  },
  copies: {
    send: async (context: TaskContext, request: SendRequest) =>
      (await import('./sendRows.ts')).sendRows(context, request),
    export: async (context: TaskContext, request: CopyExport) =>
      (await import('./exportCopy.ts')).exportCopy(context, request),
  },
  intel: {
    read: async (context: TaskContext, path: string, decided: boolean) =>
      (await import('./importIndicators.ts')).importIndicators(context, path, decided),
    findings: async (context: TaskContext, datasetId: string, hits: readonly Hit[]) =>
      (await import('./intelFindings.ts')).intelFindings(context, datasetId, hits),
  },
  caseFiles: {
    export: async (context: TaskContext, request: CaseExport) =>
      (await import('./exportCase.ts')).exportCase(context, request).finally(freeMemory),
    inspect: async (context: TaskContext, open: Omit<CaseToOpen, 'plain'>) =>
      (await import('./stageCase.ts')).inspectCase(context, open),
    verify: async (context: TaskContext, open: CaseToOpen, now: number) =>
      (await import('./stageCase.ts')).verifyCase(context, open, now).finally(freeMemory),
    stage: async (context: TaskContext, open: CaseToOpen, staged: string, now: number) =>
      (await import('./stageCase.ts')).stageCase(context, open, staged, now).finally(freeMemory),
    build: async (context: TaskContext, request: BuildRequest) =>
      (await import('./buildCaseDataset.ts')).buildCaseDataset(context, request).finally(freeMemory),
  },
} satisfies Procedures<TaskContext>
