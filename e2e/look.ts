import type { Page } from '@playwright/test'

/** What is wrong with how a page fits its window, in words; empty when all is well. */
export const misfits = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const wrong: string[] = []
    const root = document.documentElement
    if (root.scrollWidth > innerWidth) wrong.push(`the page scrolls sideways: ${root.scrollWidth} of ${innerWidth}`)
    if (root.scrollHeight > innerHeight) wrong.push(`the page scrolls: ${root.scrollHeight} of ${innerHeight}`)

    const name = (element: Element) =>
      `${element.tagName.toLowerCase()} "${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}" in .${element.parentElement?.className ?? ''}`
    const inGrid = (element: Element) => element.closest('[role="grid"]') !== null
    const shown = (element: Element) => {
      const box = element.getBoundingClientRect()
      return (
        box.width > 2 && box.height > 2 && element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
      )
    }

    // A control that something cuts off and that cannot be scrolled into view.
    for (const control of document.querySelectorAll(
      'button, a[href], input, select, textarea, [role="radio"], [role="checkbox"]',
    )) {
      if (!shown(control) || inGrid(control) || control.closest('.visually-hidden, .skip-link')) continue
      const box = control.getBoundingClientRect()
      for (let parent = control.parentElement; parent; parent = parent.parentElement) {
        const { overflowX, position, textOverflow } = getComputedStyle(parent)
        // What ends with an ellipsis says so itself.
        if (overflowX === 'auto' || overflowX === 'scroll' || textOverflow === 'ellipsis') break
        const edge = parent.getBoundingClientRect()
        const cut = Math.max(box.right - edge.right, edge.left - box.left)
        if ((overflowX !== 'visible' || parent === document.body) && cut > 1)
          wrong.push(`${Math.round(cut)} px of ${name(control)} are cut off`)
        if (position === 'fixed') break
      }
    }

    // Text over text.
    const leaves = [...document.querySelectorAll('body *')].filter(
      (element) =>
        element.childElementCount === 0 &&
        element.textContent?.trim() &&
        shown(element) &&
        !inGrid(element) &&
        !element.closest('svg, option, .visually-hidden, textarea, .query-input'),
    )
    const boxes = leaves.flatMap((element) => {
      const range = document.createRange()
      range.selectNodeContents(element)
      const text = range.getBoundingClientRect()
      let { left, right, top, bottom } = text
      for (let parent: Element | null = element; parent; parent = parent.parentElement) {
        if (getComputedStyle(parent).overflowX === 'visible') continue
        const edge = parent.getBoundingClientRect()
        left = Math.max(left, edge.left)
        right = Math.min(right, edge.right)
        top = Math.max(top, edge.top)
        bottom = Math.min(bottom, edge.bottom)
      }
      const box = new DOMRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top))
      const found = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
      return found && (found === element || found.contains(element) || element.contains(found))
        ? [{ element, box }]
        : []
    })
    for (const [n, one] of boxes.entries()) {
      for (const other of boxes.slice(n + 1)) {
        const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left)
        const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top)
        if (wide > 3 && high > 5) wrong.push(`${name(one.element)} lies over ${name(other.element)}`)
      }
    }
    return [...new Set(wrong)]
  })
