import { useEffect, useState } from 'react'
import { Duplicate, Tick } from '@blueprintjs/icons'
import { Action } from './Action.tsx'

/** Copies a text and says so for two seconds. `iconOnly` still has the title as its name. */
export function CopyButton({
  text,
  title = 'Copy',
  short,
  iconOnly = false,
}: {
  text: string
  title?: string
  /** What stands on the button, where the title is too long for it. */
  short?: string
  iconOnly?: boolean
}) {
  const [done, setDone] = useState(false)
  useEffect(() => {
    if (!done) return
    const timer = setTimeout(() => setDone(false), 2000)
    return () => clearTimeout(timer)
  }, [done])
  const copy = () =>
    void navigator.clipboard.writeText(text).then(
      () => setDone(true),
      () => undefined,
    )
  const label = done ? 'Copied' : title
  return (
    <Action
      quiet
      icon={done ? <Tick size={13} /> : <Duplicate size={13} />}
      onClick={copy}
      {...(iconOnly || short !== undefined ? { label } : {})}
    >
      {iconOnly ? undefined : (short ?? label)}
    </Action>
  )
}
