import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { HuntSample } from '#contract/values'
import type { Tickets } from '../files/tickets.ts'
import type { Store } from '../worker/pool.ts'
import type { ImportFiles } from './importFiles.ts'

type Deps = {
  store: Store
  tickets: Tickets
  importFiles: ImportFiles
  /** The folder of the samples that ship. */
  folder: string
  /** Opens the map of one of them. */
  openMap(huntId: string, path: string): Promise<unknown>
}

/** Imports sample evidence that ships with the program into a hunt that was created for it. */
export function createImportSample({ store, tickets, importFiles, folder, openMap }: Deps) {
  return async (huntId: string, which: HuntSample): Promise<{ jobId: string }> => {
    const from = which === 'workstation' ? folder : join(folder, which)
    if (which === 'apt29') await openMap(huntId, join(from, 'map.json'))
    const names = (await readdir(from)).filter((name) => name.endsWith('.csv')).sort()
    const files = await Promise.all(
      names.map(async (name) => ({
        file: tickets.take(await tickets.offer(join(from, name))),
        dialect: {},
        name: undefined,
      })),
    )
    const hunt = await store.read().hunts.get(huntId)
    if (!hunt) throw new Error('The sample hunt was created a moment ago.')
    return importFiles.start(hunt, files, true)
  }
}
