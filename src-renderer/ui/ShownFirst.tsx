import './columnChoices.css'

type ShownFirstProps = {
  column: string
  /** From 0; null: it is not shown first. */
  place: number | null
  disabled?: boolean
  onChange: (first: boolean) => void
}

/** Whether a column stands before all others, and as the how manyth: the one that is chosen last stands last. */
export function ShownFirst({ column, place, disabled = false, onChange }: ShownFirstProps) {
  return (
    <label className="shown-first sm t2" title="Shown before all other columns, in the order in which they are chosen">
      <input
        type="checkbox"
        aria-label={`Show ${column} first`}
        checked={place !== null}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      {place === null ? '' : place + 1}
    </label>
  )
}

/** The columns shown first, with one more at the end or one less. */
export const withShownFirst = (names: readonly string[], name: string, first: boolean): string[] => [
  ...names.filter((one) => one !== name),
  ...(first ? [name] : []),
]
