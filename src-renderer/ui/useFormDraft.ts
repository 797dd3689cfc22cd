import { useState } from 'react'

type FormDraft<T> = {
  draft: T
  /** Something is not saved. */
  edited: boolean
  /** What was changed; null: nothing was touched. */
  changed: T | null
  set(draft: T): void
  discard(): void
}

/** Where changes wait that were not saved when their form was left, and under which name. */
type Left<T> = { among: Map<string, T>; name: string }

/**
 * What is being edited of something that is saved elsewhere; nothing is written before it is saved. `left`: changes are there
 * again when the form comes back, as long as the window is open.
 */
export function useFormDraft<T>(initial: T, isNew: boolean, left?: Left<T>): FormDraft<T> {
  const [changed, setChanged] = useState<T | null>(() => left?.among.get(left.name) ?? null)
  return {
    draft: changed ?? initial,
    edited: isNew || (changed !== null && JSON.stringify(changed) !== JSON.stringify(initial)),
    changed,
    set(draft) {
      setChanged(draft)
      left?.among.set(left.name, draft)
    },
    discard() {
      setChanged(null)
      left?.among.delete(left.name)
    },
  }
}
