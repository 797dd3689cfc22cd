import { useQueryClient } from '@tanstack/react-query'
import type { AppError } from '#contract/appError'
import type { DrawnMap, MapElement } from '#contract/maps'
import { callKey, useCall, useCommand } from '../../../backend/query.ts'

export type MapEdit = { act: string; put?: readonly MapElement[]; remove?: readonly string[] }

/** A drawn map and the acts on it; each answer is shown at once. Acts wait for each other, so that none is lost. */
export function useDrawnMap(id: string): {
  map: DrawnMap | undefined
  failure: AppError | null
  edit: (edit: MapEdit) => void
  undo: () => void
  redo: () => void
  rename: (name: string) => void
  refetch: () => void
} {
  const client = useQueryClient()
  const { data: map, error, refetch } = useCall('maps.get', { id })
  const edit = useCommand('maps.edit')
  const undo = useCommand('maps.undo')
  const redo = useCommand('maps.redo')
  const update = useCommand('maps.update')
  const kept = { onSuccess: (changed: DrawnMap) => void client.setQueryData(callKey('maps.get', { id }), changed) }
  return {
    map,
    failure: error ?? edit.error ?? undo.error ?? redo.error ?? update.error,
    edit: ({ act, put = [], remove = [] }) => {
      const key = callKey('maps.get', { id })
      // What was drawn stands at once; the answer says the same, with the times of the program.
      client.setQueryData<DrawnMap>(
        key,
        (known) =>
          known && {
            ...known,
            document: { ...known.document, elements: changed(known.document.elements, put, remove) },
          },
      )
      edit.mutate({ id, act, put: [...put], remove: [...remove] }, { ...kept, onError: () => void refetch() })
    },
    undo: () => undo.mutate({ id }, kept),
    redo: () => redo.mutate({ id }, kept),
    rename: (name) => update.mutate({ id, name }, kept),
    refetch: () => void refetch(),
  }
}

function changed(elements: readonly MapElement[], put: readonly MapElement[], remove: readonly string[]): MapElement[] {
  const next = new Map(elements.map((element) => [element.id, element] as const))
  for (const element of put) next.set(element.id, element)
  const gone = new Set(remove)
  for (const element of [...next.values()]) {
    if (gone.has(element.id) || (element.kind === 'link' && (gone.has(element.from) || gone.has(element.to))))
      next.delete(element.id)
    else if (element.kind === 'node' && element.groupId !== null && gone.has(element.groupId))
      next.set(element.id, { ...element, groupId: null })
  }
  return [...next.values()]
}
