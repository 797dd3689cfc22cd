import { useState } from 'react'
import { isFocusLost } from './isFocusLost.ts'

/** Props of a dialog: the focus goes back to where it was as soon as the dialog begins to close, unless it went elsewhere. */
export function useFocusBack(open: boolean) {
  const [was, setWas] = useState<{ open: boolean; from: Element | null }>({ open: false, from: null })
  if (was.open !== open) setWas({ open, from: open ? document.activeElement : was.from })
  const giveBack = (layer: HTMLElement) => {
    if (isFocusLost(layer) && was.from instanceof HTMLElement) was.from.focus({ preventScroll: true })
  }
  return {
    // Blueprint takes the focus back when the dialog has faded out, from wherever it is by then.
    shouldReturnFocusOnClose: false,
    // The trap of the dialog is gone only when this drawing is done.
    onClosing: (layer: HTMLElement) => queueMicrotask(() => giveBack(layer)),
    onClosed: giveBack,
  }
}
