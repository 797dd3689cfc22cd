const focusable = 'a[href], button:not(:disabled), input:not(:disabled), select, textarea, [tabindex="0"]'

/** Moves the focus to the next (or previous) part of the window: top bar, places, view, its tabs, status. A part inside a part has its own turn. */
export function focusRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(
    (region) => region.offsetParent !== null,
  )
  const present = regions.findLastIndex((region) => region.contains(document.activeElement))
  const next = regions[(present + step + regions.length) % regions.length]
  const own = [...(next?.querySelectorAll<HTMLElement>(focusable) ?? [])].filter(
    (element) => element.offsetParent !== null && element.closest('[data-region]') === next,
  )
  ;(own[0] ?? next)?.focus()
}
