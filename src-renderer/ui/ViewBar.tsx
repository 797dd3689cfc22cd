import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'

export type Tab = { id: string; title: string; href: string; count?: string | undefined }

/** The bar on top of a view: tabs of the place at the left, what can be done at the right. */
export function ViewBar({
  label,
  tabs,
  current,
  children,
}: {
  label: string
  tabs: readonly Tab[]
  current: string | null
  children?: ReactNode
}) {
  const open = useRef<HTMLAnchorElement>(null)
  // Where not all tabs have room, the one that is open must be seen.
  const counts = tabs.map(({ count }) => count ?? '').join()
  useEffect(() => {
    open.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [current, counts])
  return (
    <div className="viewbar" data-region={label}>
      <h1 className="visually-hidden">{label}</h1>
      <nav className="tabs" aria-label={label}>
        {tabs.map(({ id, title, href, count }) => (
          <a
            key={id}
            ref={id === current ? open : null}
            className="tab"
            href={`#${href}`}
            aria-current={id === current ? 'page' : undefined}
          >
            {title}
            {count !== undefined && <span className="tab-count">{count}</span>}
          </a>
        ))}
      </nav>
      <span className="spring" />
      {children}
    </div>
  )
}
