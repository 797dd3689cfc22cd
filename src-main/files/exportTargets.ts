import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '#contract/appError'
import type { Ports } from '../ports.ts'
import type { Downloads } from './downloads.ts'
import type { Place, Places } from './places.ts'

/** Where a file for the person goes, and what it is called. */
export type ExportTarget = Place & { name: string; download: boolean }

export type ExportTargets = {
  /** Asks for a place, or takes the one that was named. AppError 'cancelled' when the person changed their mind. */
  of(name: string, to: string | undefined): Promise<ExportTarget>
  /** To be called when the export has ended, however it did. */
  release(target: ExportTarget): void
  /** Where the written file is to be had. */
  written(target: ExportTarget, bytes: number): { path: string | null; download: string | null }
}

/** `exports`: the folder for files without another place. */
export function createExportTargets(deps: {
  ports: Pick<Ports, 'placeFor'>
  places: Places
  downloads: Downloads
  exports: string
}): ExportTargets {
  const { ports, places, downloads } = deps
  /** Paths of exports under way: two at once must not choose the same. */
  const taken = new Set<string>()

  return {
    async of(name, to) {
      if (to === 'folder') return inFolder(deps.exports, name, taken)
      if (to !== undefined) return { ...places.take(to), name, download: false }
      const place = await ports.placeFor(name)
      if (place === null) throw new AppError('cancelled', 'No place was chosen. Nothing was exported.')
      if (place === 'folder') return inFolder(deps.exports, name, taken)
      if (place === 'download') return { path: downloads.place(), replace: true, name, download: true }
      return { path: place.path, replace: true, name, download: false }
    },
    release: ({ path }) => void taken.delete(path),
    written: ({ path, name, download }, bytes) =>
      download
        ? { path: null, download: `/downloads/${downloads.offer(path, name, bytes)}` }
        : { path, download: null },
  }
}

/** The first free name of a folder. */
async function inFolder(folder: string, name: string, taken: Set<string>): Promise<ExportTarget> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const dot = name.indexOf('.', 1)
  const [begin, end] = dot < 0 ? [name, ''] : [name.slice(0, dot), name.slice(dot)]
  for (let n = 1; ; n++) {
    const free = n === 1 ? name : `${begin} (${n})${end}`
    const path = join(folder, free)
    if (taken.has(path) || existsSync(path)) continue
    taken.add(path)
    return { path, replace: false, name: free, download: false }
  }
}

/** A name without ending that every file system takes; what could lead out of a folder does not stay in it. */
export function safeStem(name: string, otherwise: string): string {
  const plain = name
    .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]+/gu, '_')
    .replace(/^[. ]+|[. ]+$/g, '')
    .slice(0, 120)
  return plain === '' || /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(plain) ? `${otherwise} ${plain}`.trim() : plain
}
