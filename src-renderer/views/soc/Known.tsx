import type { PanelShape } from '#contract/soc'
import { SocCell } from './SocCell.tsx'
import { text } from './cellText.ts'
import type { Row } from './usePanel.ts'

/** One row as fields and values; those without a value are left out. */
export function Known({ columns, row }: { columns: PanelShape['parts'][number]['columns']; row: Row | undefined }) {
  if (!row) return null
  return (
    <dl className="soc-known">
      {columns
        .filter(({ name }) => text(row[name]) !== '')
        .map(({ name, title, kind }) => (
          <div key={name}>
            <dt className="t2" title={name}>
              {title}
            </dt>
            <dd>
              <SocCell kind={kind} cell={row[name]} />
            </dd>
          </div>
        ))}
    </dl>
  )
}
