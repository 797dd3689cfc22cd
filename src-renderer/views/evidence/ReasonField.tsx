/** Why something is read otherwise; kept in the history of the dataset. */
export const ReasonField = ({ value, onChange }: { value: string; onChange: (value: string) => void }) => (
  <input
    className="text-field grow"
    aria-label="Reason"
    placeholder="Reason, for the history"
    maxLength={1_000}
    value={value}
    onChange={(event) => onChange(event.target.value)}
  />
)
