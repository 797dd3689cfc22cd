import type { ReactNode } from 'react'
import { ContextMenuPopover } from '@blueprintjs/core'

export type OpenMenu = { x: number; y: number; content: ReactNode }

/** The menu of a cell or a header, where the mouse or the focus is. */
export function GridMenu({ menu, onClose }: { menu: OpenMenu | null; onClose: () => void }) {
  return (
    <ContextMenuPopover
      isOpen={menu !== null}
      content={menu ? <>{menu.content}</> : <></>}
      targetOffset={{ left: menu?.x ?? 0, top: menu?.y ?? 0 }}
      onClose={onClose}
    />
  )
}
