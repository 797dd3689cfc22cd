import type { KeyboardEvent } from 'react'
import { Classes } from '@blueprintjs/core'

/** Frames that a menu below an item is waited for: Blueprint opens it a moment after the focus came. */
const FRAMES_MAX = 60

/** Items of a menu, and of those below it that are open, that can be chosen. */
export const menuItems = (menu: HTMLElement): HTMLElement[] => [
  ...menu.querySelectorAll<HTMLElement>('[role="menuitem"]:not([aria-disabled="true"])'),
]

/** The line of an item that opens a menu below it; null for any other item. Blueprint draws that menu inside the line. */
const opener = (item: Element | null | undefined): HTMLElement | null => {
  const line = item?.closest('li') ?? null
  return line?.classList.contains(Classes.MENU_SUBMENU) ? line : null
}

/**
 * Arrow keys, Home and End go through the items of a menu; right, Enter and blank into the menu below an item, left back to
 * that item.
 */
export function moveInMenu(event: KeyboardEvent<HTMLElement>): void {
  const all = menuItems(event.currentTarget)
  const item = all.find((one) => one === document.activeElement)
  if (item === undefined) return
  const menu = item.closest('[role="menu"]')
  const items = all.filter((one) => one.closest('[role="menu"]') === menu)
  const at = items.indexOf(item)
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key]
  if (next !== undefined) items.at(next % items.length)?.focus()
  else if (event.key === 'ArrowLeft' && opener(menu)) menuItems(opener(menu) ?? event.currentTarget)[0]?.focus()
  else if (['ArrowRight', 'Enter', ' '].includes(event.key) && opener(item)) goInto(item)
  else return
  event.preventDefault()
}

/** Focuses the first item of the menu below an item, as soon as it is open. */
function goInto(item: HTMLElement, frames = FRAMES_MAX): void {
  const below = opener(item)?.querySelector<HTMLElement>('[role="menu"]')
  const [first] = below ? menuItems(below) : []
  if (first) first.focus()
  else if (frames > 0 && document.activeElement === item) requestAnimationFrame(() => goInto(item, frames - 1))
}
