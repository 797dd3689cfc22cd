import type { Preview } from '#contract/datasets'
import { formatBytes, formatCount } from '../../ui/formatNumber.ts'

const LINES_MAX = 200

/** What an archive holds: an import makes a dataset of each table, and what is set here holds for all of them. */
export function MembersNote({ preview: { members } }: { preview: Preview }) {
  if (members.length === 0) return null
  return (
    <div className="note import-members">
      <p className="sm">
        {members.length === 1
          ? 'An archive with one file.'
          : `An archive of ${formatCount(members.length)} files: each becomes a dataset of its own. Shown is the first table; what is set here holds for all.`}
      </p>
      <ul className="import-lines mono" tabIndex={0} aria-label="Files in the archive">
        {members.slice(0, LINES_MAX).map(({ name, size }) => (
          <li key={name} className="line">
            <span className="cut-start grow" title={name}>
              <bdi dir="ltr">{name}</bdi>
            </span>
            <span className="t3 nowrap">{formatBytes(size)}</span>
          </li>
        ))}
        {members.length > LINES_MAX && (
          <li className="t3">
            {LINES_MAX} of {formatCount(members.length)} shown
          </li>
        )}
      </ul>
    </div>
  )
}
