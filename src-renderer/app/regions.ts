const focusable = 'a[href], button:not(:disabled), input:not(:disabled), select, textarea, [tabindex="0"]'

/** Moves the focus to the next (or previous) part of the window: top bar, places, tabs, view, status. */
export function focusRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(
    (region) => region.offsetParent !== null,
  )
  const present = regions.findLastIndex((region) => region.contains(document.activeElement))
  const next = regions[(present + step + regions.length) % regions.length]
  const inner = [...(next?.querySelectorAll<HTMLElement>(focusable) ?? [])].find(
    (element) => element.offsetParent !== null,
  )
  ;(inner ?? next)?.focus()
}
