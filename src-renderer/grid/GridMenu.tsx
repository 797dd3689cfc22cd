import { useLayoutEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { ContextMenuPopover } from '@blueprintjs/core'
import { menuItems, moveInMenu } from '../ui/moveInMenu.ts'

export type OpenMenu = { x: number; y: number; content: ReactNode }

/** The menu of a cell or a header, where the mouse or the focus is. */
export function GridMenu({ menu, onClose }: { menu: OpenMenu | null; onClose: () => void }) {
  return (
    <ContextMenuPopover
      isOpen={menu !== null}
      content={menu ? <Items>{menu.content}</Items> : <></>}
      targetOffset={{ left: menu?.x ?? 0, top: menu?.y ?? 0 }}
      onClose={onClose}
    />
  )
}

/** The first item takes the keys at once; Blueprint would leave them before the menu. */
function Items({ children }: { children: ReactNode }) {
  const root = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const frame = requestAnimationFrame(() => {
      const menu = root.current
      if (menu && !menu.contains(document.activeElement)) menuItems(menu)[0]?.focus({ preventScroll: true })
    })
    return () => cancelAnimationFrame(frame)
  }, [])
  return (
    <div ref={root} onKeyDown={moveInMenu}>
      {children}
    </div>
  )
}
