import type { ReactNode } from 'react'

/** A control with its label above. */
export const Field = ({ label, id, children }: { label: string; id: string; children: ReactNode }) => (
  <div className="list-field">
    <label htmlFor={id} className="sm t2">
      {label}
    </label>
    {children}
  </div>
)
