import { AnchorButton, Button } from '@blueprintjs/core'
import type { JSX, MouseEvent, ReactNode, Ref } from 'react'

type ActionProps = {
  children?: ReactNode
  icon?: JSX.Element
  endIcon?: JSX.Element
  /** The one main step of a view. */
  primary?: boolean
  /** Without a border. */
  quiet?: boolean
  danger?: boolean
  pressed?: boolean
  disabled?: boolean
  busy?: boolean
  /** Name of a button without text; also its tooltip. */
  label?: string
  title?: string
  type?: 'button' | 'submit'
  href?: string
  onClick?: (event: MouseEvent<HTMLElement>) => void
  ref?: Ref<HTMLButtonElement>
  className?: string
}

/** A button; with `href` a link that looks like one. Verb and object: "Export 1,604 rows". */
export function Action(props: ActionProps) {
  const {
    children,
    icon,
    endIcon,
    primary,
    quiet,
    danger,
    pressed,
    disabled,
    busy,
    label,
    title,
    type = 'button',
    href,
    onClick,
    ref,
    className,
  } = props
  const shared = {
    ...(icon ? { icon } : {}),
    ...(endIcon ? { endIcon } : {}),
    ...(primary ? { intent: 'primary' as const } : danger ? { intent: 'danger' as const } : {}),
    ...(onClick ? { onClick } : {}),
    ...(className ? { className } : {}),
    ...(label ? { 'aria-label': label } : {}),
    ...((title ?? label) ? { title: title ?? label ?? '' } : {}),
    variant: quiet ? ('minimal' as const) : ('solid' as const),
    disabled: disabled ?? false,
    text: children,
  }
  if (href !== undefined) return <AnchorButton {...shared} href={`#${href}`} />
  return (
    <Button
      {...shared}
      type={type}
      active={pressed ?? false}
      loading={busy ?? false}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      {...(ref ? { ref } : {})}
    />
  )
}
