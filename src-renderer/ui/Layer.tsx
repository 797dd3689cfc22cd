import { useEffect, useEffectEvent, useId, useRef, useState } from 'react'
import { PopoverNext } from '@blueprintjs/core'
import type { PopoverNextProps } from '@blueprintjs/core'
import type { KeyboardEvent } from 'react'
import { isFocusLost } from './isFocusLost.ts'

type LayerProps = Pick<PopoverNextProps, 'disabled' | 'placement' | 'content' | 'renderTarget' | 'children'> & {
  /** Absent: the layer opens and closes by its button alone. */
  isOpen?: boolean
  onInteraction?: (open: boolean) => void
  onClosed?: () => void
  /** Where the focus goes when it closes; default: the button. */
  focusBack?: () => void
}

const focusFirst = (layer: HTMLElement) =>
  (
    layer.querySelector<HTMLElement>('input, textarea') ??
    layer.querySelector<HTMLElement>('a[href], button, [tabindex="0"]') ??
    layer
  ).focus({ preventScroll: true })

/** Arrow keys go through the items of a menu. */
function moveInMenu(event: KeyboardEvent<HTMLElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="menuitem"]:not([aria-disabled="true"])')]
  const at = items.findIndex((item) => item === document.activeElement)
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key]
  if (at < 0 || next === undefined) return
  event.preventDefault()
  items.at(next % items.length)?.focus()
}

/**
 * What floats over the view beside its button: menus, small forms, the job tray. The focus goes in at once, and back to
 * the button as soon as it begins to close: later it may be in a field that the analyst went to, and stays there.
 */
export function Layer({ content, isOpen, onInteraction, onClosed, focusBack, renderTarget, ...props }: LayerProps) {
  const id = useId()
  const named = { id }
  const [own, setOwn] = useState(false)
  const open = isOpen ?? own
  const inside = useRef<HTMLDivElement>(null)
  const change = (next: boolean) => {
    setOwn(next)
    onInteraction?.(next)
  }
  const close = useEffectEvent(() => change(false))
  const giveBack = (layer: HTMLElement) => {
    if (!isFocusLost(layer)) return
    if (focusBack) return focusBack()
    const target = document.getElementById(id)
    const button = target?.matches('button') ? target : target?.querySelector<HTMLElement>('button, a[href]')
    button?.focus({ preventScroll: true })
  }
  // What had the focus may be gone (a finished job was cleared): then nothing inside hears the key.
  useEffect(() => {
    if (!open) return
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key === 'Escape' && document.activeElement === document.body) close()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [open])
  return (
    <PopoverNext
      placement="bottom-end"
      {...props}
      {...(renderTarget ? { renderTarget: (target) => renderTarget({ ...target, ...named }) } : { targetProps: named })}
      isOpen={open}
      onInteraction={change}
      content={
        <div
          ref={inside}
          tabIndex={-1}
          onKeyDown={(event) => {
            moveInMenu(event)
            if (event.key !== 'Escape') return
            event.preventDefault()
            event.stopPropagation()
            change(false)
          }}
        >
          {content}
        </div>
      }
      arrow={false}
      animation="minimal"
      transitionDuration={80}
      // Blueprint takes the focus back when the layer has faded out, from wherever it is by then.
      autoFocus={false}
      canEscapeKeyClose={false}
      shouldReturnFocusOnClose={false}
      onOpening={() => {
        if (inside.current && !inside.current.contains(document.activeElement)) focusFirst(inside.current)
      }}
      // The trap of the layer is gone only when this drawing is done.
      onClosing={(layer) => queueMicrotask(() => giveBack(layer))}
      onClosed={(layer) => {
        giveBack(layer)
        onClosed?.()
      }}
    />
  )
}
