/** After a layer was closed by the keyboard its button has the focus; a click elsewhere keeps it there. */
export function focusWhenLost(id: string): void {
  const now = document.activeElement
  // The layer is still there while it says that it has closed.
  if (now === null || now === document.body || now.closest('.bp6-portal')) document.getElementById(id)?.focus()
}
