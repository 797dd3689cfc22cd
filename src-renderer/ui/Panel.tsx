import { useId } from 'react'
import type { CSSProperties, ReactNode } from 'react'

type PanelProps = {
  title: ReactNode
  /** What the content is counted in or sorted by, beside the title. */
  sub?: ReactNode
  /** Links and controls at the right of the title. */
  right?: ReactNode
  footer?: ReactNode
  children: ReactNode
  /** false: the content reaches the edges (tables, charts). */
  padded?: boolean
  className?: string
  style?: CSSProperties
}

/** A titled part of a view with a border. Never inside another one. */
export function Panel({ title, sub, right, footer, children, padded = true, className = '', style }: PanelProps) {
  const id = useId()
  return (
    <section className={`panel ${className}`} style={style} aria-labelledby={id}>
      <div className="panel-head">
        <h2 id={id} className="nowrap">
          {title}
        </h2>
        {sub && <span className="t3 sm clip">{sub}</span>}
        <span className="spring" />
        {right}
      </div>
      <div className={padded ? 'panel-body padded' : 'panel-body'}>{children}</div>
      {footer && <div className="panel-foot">{footer}</div>}
    </section>
  )
}

export type Figure = { value: ReactNode; noun: string; note?: ReactNode; href?: string }

/** A row of key figures: number, noun and a line that says what it is out of. */
export const Figures = ({ items }: { items: readonly Figure[] }) => (
  <dl className="figures">
    {items.map(({ value, noun, note, href }) => (
      <div key={noun} className="figure-cell">
        <dt className="visually-hidden">{noun}</dt>
        <dd>
          <span className="figure-line">
            <span className="figure-value">{value}</span>
            {href ? (
              <a className="med nowrap" href={href}>
                {noun}
              </a>
            ) : (
              <span className="med t2 nowrap">{noun}</span>
            )}
          </span>
          <span className="figure-note clip">{note}</span>
        </dd>
      </div>
    ))}
  </dl>
)
