import { CellText } from '../../grid/CellText.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import type { Completion } from './queryCompletion.ts'

type CompletionListProps = {
  id: string
  items: readonly Completion[]
  /** The line the keys stand on; null: none yet, then Enter runs the query. */
  active: number | null
  counting: boolean
  /** Where what is completed begins, in characters. */
  at: number
  onTake: (item: Completion) => void
}

/** Fields, values and operators that fit what is being typed. */
export function CompletionList({ id, items, active, counting, at, onTake }: CompletionListProps) {
  const sections = [...new Set(items.map(({ section }) => section))]
  return (
    <div className="completion" style={{ left: `min(${at * 7.4}px, calc(100% - 440px))` }}>
      <ul id={id} role="listbox" aria-label="Completions">
        {sections.map((section) => (
          <li key={section} role="group" aria-label={section}>
            <span className="t3 sm completion-section" aria-hidden>
              {section}
            </span>
            <ul role="presentation">
              {items.map((item, n) =>
                item.section === section ? (
                  <li
                    key={`${section} ${item.label}`}
                    id={`${id}-${n}`}
                    role="option"
                    aria-selected={n === active}
                    className={n === active ? 'choice active' : 'choice'}
                    onMouseDown={(event) => event.preventDefault()}
                    onClick={() => onTake(item)}
                  >
                    <span className="mono clip grow">
                      <CellText text={item.label} width={300} />
                    </span>
                    <span className="t3 sm nowrap num">{item.note}</span>
                  </li>
                ) : null,
              )}
            </ul>
          </li>
        ))}
      </ul>
      {counting && <p className="t3 sm completion-section">Counting values</p>}
      <p className="completion-keys t3 sm">
        <Kbd>Tab</Kbd> take <Kbd>Enter</Kbd> run <Kbd>Ctrl Space</Kbd> list
      </p>
    </div>
  )
}
