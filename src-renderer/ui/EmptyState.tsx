import type { ReactNode } from 'react'

/** What this is for and the first step. No picture. */
export const EmptyState = ({
  title,
  children,
  action,
}: {
  title: string
  children?: ReactNode
  action?: ReactNode
}) => (
  <div className="state">
    <div className="state-box">
      <h1>{title}</h1>
      {children && <div className="t2 state-text">{children}</div>}
      {action && <div className="state-actions">{action}</div>}
    </div>
  </div>
)
