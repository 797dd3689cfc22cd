import { existsSync } from 'node:fs'
import { readdir, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { Ports } from '../ports.ts'
import type { HandlersOf } from '../rpc/handlers.ts'
import type { Store } from '../worker/pool.ts'

export function workspaceHandlers(deps: { store: Store; ports: Ports; sample: string }): HandlersOf<'workspace'> {
  const { store, ports } = deps
  return {
    'workspace.info': async () => {
      const { hunts, datasets, sqlite } = await store.read().datasets.totals()
      return {
        folder: ports.folder,
        shell: ports.shell,
        version: ports.version,
        platform: `${process.platform} ${process.arch}`,
        node: process.versions.node,
        sqlite,
        hunts,
        datasets,
        diskBytes: await sizeOf(ports.folder),
        freeBytes: await statfs(ports.folder).then(
          (disk) => disk.bavail * disk.bsize,
          () => null,
        ),
        sample: existsSync(deps.sample),
      }
    },
  }
}

async function sizeOf(folder: string): Promise<number> {
  let bytes = 0
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    // Files may go while they are counted.
    if (entry.isFile())
      bytes += await stat(join(entry.parentPath, entry.name)).then(
        (file) => file.size,
        () => 0,
      )
  }
  return bytes
}
