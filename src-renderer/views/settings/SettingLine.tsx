import type { ReactNode } from 'react'

/** One setting: its name and what it does at the left, the control at the right. */
export const SettingLine = ({ title, note, children }: { title: string; note: ReactNode; children: ReactNode }) => (
  <div className="setting">
    <div>
      <div className="med">{title}</div>
      <div className="t2 sm">{note}</div>
    </div>
    <div className="setting-control">{children}</div>
  </div>
)
