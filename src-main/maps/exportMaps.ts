import type { ExportReport } from '#contract/exportReport'
import type { DrawnMap } from '#contract/maps'
import type { MapFormat } from '#contract/values'
import { safeStem, type ExportTarget, type ExportTargets } from '../files/exportTargets.ts'
import type { JobRunner } from '../jobs/jobRunner.ts'
import type { Store } from '../worker/pool.ts'

export type MapExportDeps = { store: Store; jobs: JobRunner; targets: ExportTargets }

const ENDINGS: Record<MapFormat | 'svg' | 'png', string> = {
  graphml: 'graphml',
  'graphml-yed': 'yed.graphml',
  'csv-edges': 'edges.csv',
  'csv-nodes': 'nodes.csv',
  svg: 'svg',
  png: 'png',
}

/** Writes maps and their pictures to files, as jobs; asks first where to. */
export function createMapExports(deps: MapExportDeps) {
  const { store, jobs, targets } = deps

  async function start(
    of: { huntId: string; name: string; format: keyof typeof ENDINGS; to: string | undefined },
    write: (target: ExportTarget) => Promise<{ rows: number; bytes: number }>,
  ): Promise<{ jobId: string }> {
    const target = await targets.of(`${safeStem(of.name, 'map')}.${ENDINGS[of.format]}`, of.to)
    return jobs.start({
      ...{ kind: 'export', title: `Export of ${of.name}`, huntId: of.huntId, unit: 'rows' },
      run: async (): Promise<ExportReport> => {
        const { rows, bytes } = await write(target)
        return { name: target.name, rows, leftOut: 0, bytes, ...targets.written(target, bytes) }
      },
    })
  }

  return {
    map: (map: DrawnMap, { format, guard, to }: { format: MapFormat; guard: boolean; to: string | undefined }) =>
      start({ huntId: map.huntId, name: map.name, format, to }, (target) =>
        store
          .task()
          .maps.write(map, format, guard, target)
          .finally(() => targets.release(target)),
      ),
    picture: (picture: { huntId: string; name: string; format: 'svg' | 'png'; data: string; to: string | undefined }) =>
      start(picture, (target) =>
        store
          .task()
          .maps.writePicture(picture.format, picture.data, target)
          .finally(() => targets.release(target)),
      ),
  }
}
