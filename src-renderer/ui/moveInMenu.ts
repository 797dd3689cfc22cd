import type { KeyboardEvent } from 'react'

/** Items of a menu that can be chosen. */
export const menuItems = (menu: HTMLElement): HTMLElement[] => [
  ...menu.querySelectorAll<HTMLElement>('[role="menuitem"]:not([aria-disabled="true"])'),
]

/** Arrow keys, Home and End go through the items of a menu. */
export function moveInMenu(event: KeyboardEvent<HTMLElement>): void {
  const items = menuItems(event.currentTarget)
  const at = items.findIndex((item) => item === document.activeElement)
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key]
  if (at < 0 || next === undefined) return
  event.preventDefault()
  items.at(next % items.length)?.focus()
}
