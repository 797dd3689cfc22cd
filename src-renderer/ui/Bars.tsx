import type { ReactNode } from 'react'
import { formatCount } from './formatNumber.ts'

export type Bar = { key: string; label: ReactNode; title?: string; value: number; href?: string }

/** Horizontal bars with the number at the right; bars begin at zero. `noun` names what is counted for those who hear it. */
export function Bars({
  items,
  noun,
  barWidth = 64,
  numberWidth = 56,
  format = formatCount,
}: {
  items: readonly Bar[]
  noun: string
  barWidth?: number
  numberWidth?: number
  /** For numbers that are no counts. */
  format?: (value: number) => string
}) {
  const most = Math.max(0, ...items.map(({ value }) => value)) || 1
  const columns = { gridTemplateColumns: `minmax(0, 1fr) ${barWidth}px ${numberWidth}px` }
  return (
    <ul className="bars">
      {items.map(({ key, label, title, value, href }) => {
        const content = (
          <>
            <span className="clip" title={title}>
              {label}
            </span>
            <span className="bar-track" aria-hidden>
              <span className="bar-fill" style={{ width: `${Math.max(2, (value / most) * 100)}%` }} />
            </span>
            <span className="num">
              {format(value)}
              <span className="visually-hidden"> {noun}</span>
            </span>
          </>
        )
        return (
          <li key={key}>
            {href ? (
              <a className="bar-line" style={columns} href={`#${href}`}>
                {content}
              </a>
            ) : (
              <span className="bar-line" style={columns}>
                {content}
              </span>
            )}
          </li>
        )
      })}
    </ul>
  )
}
