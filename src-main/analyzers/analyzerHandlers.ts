import { z } from 'zod'
import { AppError } from '#contract/appError'
import type { AnalyzerInfo } from '#contract/analyzers'
import type { JobRunner } from '../jobs/jobRunner.ts'
import type { HandlersOf } from '../rpc/handlers.ts'
import type { Store } from '../worker/pool.ts'
import { parseAnalyzerConfig } from './analyzerConfig.ts'
import { analyzers } from './index.ts'
import type { RunOverDatasets } from './runOverDatasets.ts'

export function analyzerHandlers(deps: {
  store: Store
  jobs: JobRunner
  runOverDatasets: RunOverDatasets
}): HandlersOf<'analyzers'> {
  const { store, jobs } = deps

  async function datasetsOf(input: {
    datasetId?: string | undefined
    huntId?: string | undefined
  }): Promise<{ huntId: string; title: string; ids: string[] }> {
    if (input.datasetId !== undefined) {
      const dataset = await store.read().datasets.get(input.datasetId)
      if (!dataset)
        throw new AppError('not-found', 'There is no such dataset. It may have been deleted.', { id: input.datasetId })
      if (dataset.state !== 'ready')
        throw new AppError('unavailable', `${dataset.name} is not imported.`, { id: dataset.id })
      return { huntId: dataset.huntId, title: dataset.name, ids: [dataset.id] }
    }
    const hunt = await store.read().hunts.get(input.huntId ?? '')
    if (!hunt)
      throw new AppError('not-found', 'There is no such hunt. It may have been deleted.', { id: input.huntId ?? '' })
    const ready = await store.read().datasets.readyOf(hunt.id)
    return { huntId: hunt.id, title: hunt.name, ids: ready.map((dataset) => dataset.id) }
  }

  return {
    'analyzers.list': () => ({ analyzers: analyzers.map(infoOf), total: analyzers.length }),
    'analyzers.run': async ({ analyzers: names, config, autoCreate, ...where }) => {
      // Bad names and settings are refused before a job exists.
      for (const name of names ?? analyzers.map((analyzer) => analyzer.name))
        parseAnalyzerConfig(name, config?.[name] ?? {})
      const { huntId, title, ids } = await datasetsOf(where)
      return jobs.start({
        kind: 'analyze',
        title: `Analyzers over ${title}`,
        huntId,
        unit: 'rows',
        run: (context) =>
          deps.runOverDatasets(
            { huntId, datasetIds: ids, analyzers: names, config: config ?? {}, keep: autoCreate },
            context,
          ),
      })
    },
  }
}

const asJson = z.json()

function infoOf(analyzer: (typeof analyzers)[number]): AnalyzerInfo {
  const { name, title, description, needs, mitreTechniques } = analyzer
  return {
    name,
    title,
    description,
    needs: [...needs],
    mitreTechniques: [...mitreTechniques],
    configSchema: asJson.parse(z.toJSONSchema(analyzer.config, { io: 'input' })),
    config: asJson.parse(analyzer.config.parse({})),
  }
}
