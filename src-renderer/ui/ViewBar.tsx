import type { ReactNode } from 'react'

export type Tab = { id: string; title: string; href: string; count?: string | undefined }

/** The bar on top of a view: tabs of the place at the left, what can be done at the right. */
export const ViewBar = ({
  label,
  tabs,
  current,
  children,
}: {
  label: string
  tabs: readonly Tab[]
  current: string | null
  children?: ReactNode
}) => (
  <div className="viewbar" data-region={label}>
    <h1 className="visually-hidden">{label}</h1>
    <nav className="tabs" aria-label={label}>
      {tabs.map(({ id, title, href, count }) => (
        <a key={id} className="tab" href={`#${href}`} aria-current={id === current ? 'page' : undefined}>
          {title}
          {count !== undefined && <span className="tab-count">{count}</span>}
        </a>
      ))}
    </nav>
    <span className="spring" />
    {children}
  </div>
)
