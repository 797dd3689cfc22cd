/** Whether nothing has the focus but a layer that goes away. */
export function isFocusLost(layer: HTMLElement): boolean {
  const now = document.activeElement
  return now === null || now === document.body || (layer.closest('.bp6-portal') ?? layer).contains(now)
}
