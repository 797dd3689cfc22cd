import { useEffect, useEffectEvent } from 'react'
import { PopoverNext } from '@blueprintjs/core'
import type { PopoverNextProps } from '@blueprintjs/core'
import type { KeyboardEvent } from 'react'

type LayerProps = Pick<
  PopoverNextProps,
  'isOpen' | 'onInteraction' | 'onClosed' | 'placement' | 'content' | 'renderTarget' | 'children'
>

const focusFirst = (layer: HTMLElement) =>
  (
    layer.querySelector<HTMLElement>('input, textarea') ??
    layer.querySelector<HTMLElement>('a[href], button, [tabindex="0"]')
  )?.focus()

/** Arrow keys go through the items of a menu. */
function moveInMenu(event: KeyboardEvent<HTMLElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="menuitem"]:not([aria-disabled="true"])')]
  const at = items.findIndex((item) => item === document.activeElement)
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key]
  if (at < 0 || next === undefined) return
  event.preventDefault()
  items.at(next % items.length)?.focus()
}

/** What floats over the view beside its button: menus, small forms, the job tray. The focus goes in, and back when it closes. */
export function Layer({ content, ...props }: LayerProps) {
  const { isOpen = false, onInteraction } = props
  const close = useEffectEvent(() => onInteraction?.(false))
  // What had the focus may be gone (a finished job was cleared): then nothing inside hears the key.
  useEffect(() => {
    if (!isOpen) return
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key === 'Escape' && document.activeElement === document.body) close()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [isOpen])
  return (
    <PopoverNext
      placement="bottom-end"
      {...props}
      {...(content === undefined ? {} : { content: <div onKeyDown={moveInMenu}>{content}</div> })}
      arrow={false}
      animation="minimal"
      transitionDuration={80}
      // The overlay itself only takes the focus as a whole.
      onOpened={(node) => {
        if (!node.querySelector('.bp6-popover-content')?.contains(document.activeElement)) {
          focusFirst(node.querySelector<HTMLElement>('.bp6-popover-content') ?? node)
        }
      }}
    />
  )
}
