import { importFile } from '../importer/importFile.ts'
import type { ImportRequest } from '../importer/importRequest.ts'
import { previewFile } from '../importer/previewFile.ts'
import { integrityComplaint } from '../sqlite/integrity.ts'
import { analyzeDataset } from './analyzeDataset.ts'
import type { TaskContext } from './contexts.ts'
import { hashFile } from './hashFile.ts'
import { rebuildDataset } from './rebuildDataset.ts'
import type { Procedures } from './procedureShape.ts'

/** What task threads can do; long, cancellable, telling how far they are. */
export const tasks = {
  evidence: {
    preview: (_context: TaskContext, file: Parameters<typeof previewFile>[0]) => previewFile(file),
    import: (context: TaskContext, request: ImportRequest) =>
      importFile(request, { cancelled: context.cancelled, progress: context.progress }),
    hash: (context: TaskContext, path: string) => hashFile(path, context.cancelled),
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
