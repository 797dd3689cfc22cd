import type { Dialect, Preview } from '#contract/datasets'

type RememberedNoteProps = { preview: Preview; dialect: Dialect; onChange: (dialect: Dialect) => void }

/** Says that what was set for files with the same headers before was taken over, and lets it be ignored. */
export function RememberedNote({ preview, dialect, onChange }: RememberedNoteProps) {
  const ignored = dialect.remembered === false
  if (!preview.remembered && !ignored) return null
  const { remembered: _, ...others } = dialect
  return (
    <div className="note import-remembered" role="status">
      <span className="sm grow">
        {ignored
          ? 'What you set for files with these headers before is ignored for this file.'
          : 'Mapping, time column and zone are taken over from what you set for files with these headers before.'}
      </span>
      <button
        type="button"
        className="link-button sm"
        onClick={() => onChange(ignored ? others : { ...dialect, remembered: false })}
      >
        {ignored ? 'Take over' : 'Ignore'}
      </button>
    </div>
  )
}
