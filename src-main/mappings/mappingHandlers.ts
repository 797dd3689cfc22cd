import type { HandlersOf } from '../rpc/handlers.ts'
import type { Store } from '../worker/pool.ts'

/** Mappings of one's own. */
export function mappingHandlers({ store }: { store: Store }): HandlersOf<'mappings'> {
  return {
    'mappings.takeApart': async ({ cells, how, between }, { signal }) => {
      const found = await store.read({ signal }).evidence.takeApart(cells, how, between)
      return { how: null, between: '', parts: [], taken: 0, total: 0, ...found }
    },
  }
}
