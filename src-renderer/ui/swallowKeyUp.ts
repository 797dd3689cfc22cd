/**
 * Keeps the release of a key from what gets the focus meanwhile: a button of the library is pressed by the release of Enter,
 * and would open again what Enter has just closed.
 */
export function swallowKeyUp(key: string): void {
  const swallow = (event: globalThis.KeyboardEvent): void => {
    if (event.key === key) event.stopPropagation()
  }
  document.addEventListener('keyup', swallow, { capture: true, once: true })
}
