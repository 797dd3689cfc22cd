import { importFile } from '../importer/importFile.ts'
import type { ImportRequest } from '../importer/importRequest.ts'
import { listMembers } from '../importer/listMembers.ts'
import { previewArchive } from '../importer/previewArchive.ts'
import type { PreviewRequest } from '../importer/previewFile.ts'
import { integrityComplaint } from '../sqlite/integrity.ts'
import { analyzeDataset } from './analyzeDataset.ts'
import { collectGarbage } from './collectGarbage.ts'
import type { TaskContext } from './contexts.ts'
import { hashFile } from './hashFile.ts'
import { rebuildDataset } from './rebuildDataset.ts'
import type { Procedures } from './procedureShape.ts'

/** What task threads can do; long, cancellable, telling how far they are. */
export const tasks = {
  evidence: {
    /** What a ZIP archive holds; null when the file is none. */
    members: (context: TaskContext, path: string) => listMembers(path, context.cancelled),
    preview: (context: TaskContext, file: PreviewRequest) => previewArchive(file, context.cancelled),
    import: (context: TaskContext, request: ImportRequest) =>
      importFile(request, { cancelled: context.cancelled, progress: context.progress }).finally(collectGarbage),
    hash: (context: TaskContext, path: string, member: string | null = null) =>
      hashFile(path, context.cancelled, member),
    analyze: analyzeDataset,
    integrity: (context: TaskContext, id: string): string | null => {
      try {
        return integrityComplaint(context.datasets.open(id))
      } finally {
        context.datasets.close(id)
      }
    },
    rebuild: rebuildDataset,
  },
} satisfies Procedures<TaskContext>
