import type { ReactNode } from 'react'
import { setParams, useRoute } from '../../state/route.ts'
import { Segmented } from '../../ui/Segmented.tsx'
import './socAddress.css'

type SubScreen = { id: string; title: string; children: ReactNode }

/** Parts of a tab, one at a time; the URL says which (`show`), the first is the plain one. */
export function SubScreens({ label, parts }: { label: string; parts: readonly SubScreen[] }) {
  const { params } = useRoute()
  const shown = parts.find(({ id }) => id === params.get('show')) ?? parts[0]
  if (!shown) return null
  return (
    <>
      <div className="soc-sub">
        <Segmented
          label={label}
          options={parts.map(({ id, title }) => ({ value: id, label: title }))}
          value={shown.id}
          // Filters of one table mean something else in another.
          onChange={(id) =>
            setParams(
              { show: id === parts[0]?.id ? null : id, sort: null, order: null, hide: null },
              { replace: false },
            )
          }
        />
      </div>
      {shown.children}
    </>
  )
}
