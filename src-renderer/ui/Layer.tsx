import { useEffect, useEffectEvent, useId, useRef, useState } from 'react'
import { PopoverNext } from '@blueprintjs/core'
import type { PopoverNextProps } from '@blueprintjs/core'
import { isFocusLost } from './isFocusLost.ts'
import { moveInMenu } from './moveInMenu.ts'

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
