import { PopoverNext } from '@blueprintjs/core'
import type { PopoverNextProps } from '@blueprintjs/core'

type LayerProps = Pick<
  PopoverNextProps,
  'isOpen' | 'onInteraction' | 'onClosed' | 'placement' | 'content' | 'renderTarget' | 'children'
>

const focusFirst = (layer: HTMLElement) =>
  (
    layer.querySelector<HTMLElement>('input, textarea') ??
    layer.querySelector<HTMLElement>('a[href], button, [tabindex="0"]')
  )?.focus()

/** What floats over the view beside its button: menus, small forms, the job tray. The focus goes in, and back when it closes. */
export const Layer = (props: LayerProps) => (
  <PopoverNext
    placement="bottom-end"
    {...props}
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
