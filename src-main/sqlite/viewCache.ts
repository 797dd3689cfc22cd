/** Sorted or filtered views of one dataset, by question: row numbers in their order. */
export type Views = {
  get(question: string): Uint32Array | undefined
  /** Answers the view it was given. */
  keep(question: string, view: Uint32Array): Uint32Array
}
export type ViewCache = {
  of(datasetId: string): Views
  forget(datasetId: string): void
}

/** The views of one thread, at most `most` bytes of them: the ones not asked for longest go first. The newest always stays. */
export function createViewCache(most: number): ViewCache {
  const kept = new Map<string, { datasetId: string; view: Uint32Array }>()
  let bytes = 0

  function drop(key: string): void {
    bytes -= kept.get(key)?.view.byteLength ?? 0
    kept.delete(key)
  }

  function keep(datasetId: string, key: string, view: Uint32Array): Uint32Array {
    drop(key)
    kept.set(key, { datasetId, view })
    bytes += view.byteLength
    for (const oldest of kept.keys()) {
      if (bytes <= most || kept.size === 1) break
      drop(oldest)
    }
    return view
  }

  return {
    of: (datasetId) => ({
      get(question) {
        const key = `${datasetId} ${question}`
        const known = kept.get(key)
        return known && keep(datasetId, key, known.view)
      },
      keep: (question, view) => keep(datasetId, `${datasetId} ${question}`, view),
    }),
    forget(datasetId) {
      for (const [key, entry] of [...kept]) if (entry.datasetId === datasetId) drop(key)
    },
  }
}
