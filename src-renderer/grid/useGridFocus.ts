import { useLayoutEffect, useRef } from 'react'
import type { FocusEvent, RefObject } from 'react'

/**
 * Gives the focus to the cell that should have it (`data-focus`) after a drawing: where `wantRef` was set, and where a jump of
 * the cursor took away the cell that had it, so that the keys keep working.
 */
export function useGridFocus(root: RefObject<HTMLDivElement | null>, wantRef: RefObject<boolean>) {
  const held = useRef(false)
  useLayoutEffect(() => {
    if (!wantRef.current && !(held.current && document.activeElement === document.body)) return
    wantRef.current = false
    root.current?.querySelector<HTMLElement>('[data-focus]')?.focus({ preventScroll: true })
  })
  return {
    onFocus: () => void (held.current = true),
    onBlur: ({ relatedTarget, currentTarget }: FocusEvent<HTMLDivElement>) =>
      void (held.current = relatedTarget !== null && currentTarget.contains(relatedTarget)),
  }
}
