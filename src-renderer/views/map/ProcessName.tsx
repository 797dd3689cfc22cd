import { CaretDown, CaretRight } from '@blueprintjs/icons'
import type { ProcessLine } from '#contract/processes'
import { CellText } from '../../grid/CellText.tsx'
import { EntityMark } from '../../ui/EntityMark.tsx'
import { SevMark } from '../../ui/SevMark.tsx'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'

/** Levels that are indented; deeper ones say how deep. */
const LEVELS_MAX = 24
/** Width of one level, in px, and what all levels together may take: deep trees stand closer. */
const LEVEL = 16
const RAILS_WIDTH = 144

/** The first cell of a line: the lines of the tree, what opens it, its mark, name and alerts. */
export function ProcessName({ line, onToggle }: { line: ProcessLine; onToggle: (id: string) => void }) {
  const { rails, depth, children, expanded, name, ghost, matched, alerts, alertsBelow, below, pid, guessed } = line
  const shown = name === '' ? (pid === null ? 'unknown' : `PID ${pid}`) : name
  const hidden = !expanded && children > 0
  const level = Math.max(5, Math.min(LEVEL, Math.floor(RAILS_WIDTH / Math.max(1, rails.length))))
  const Caret = expanded ? CaretDown : CaretRight
  return (
    <span className={matched ? 'process-name' : 'process-name process-above'}>
      {depth > LEVELS_MAX && <span className="process-depth">level {formatCount(depth + 1)}</span>}
      {[...rails.slice(-LEVELS_MAX)].map((rail, n, all) => (
        <span
          key={n}
          style={{ width: level }}
          className={[
            'process-rail',
            rail === '|' ? 'goes-on' : '',
            n === all.length - 1 ? (guessed ? 'elbow guessed' : 'elbow') : '',
          ].join(' ')}
        />
      ))}
      {children > 0 ? (
        <button
          type="button"
          tabIndex={-1}
          className="process-caret"
          aria-label={`${expanded ? 'Close' : 'Open'} ${shown}`}
          onMouseDown={(event) => event.stopPropagation()}
          onDoubleClick={(event) => event.stopPropagation()}
          onClick={() => onToggle(line.id)}
        >
          <Caret size={12} />
        </button>
      ) : (
        <span className="process-caret" />
      )}
      <EntityMark type="process" size={12} />
      <span className={`process-word${ghost ? ' ghost' : ''}${alerts?.worst === 'critical' ? ' sev-critical' : ''}`}>
        <CellText text={shown} />
      </span>
      {alerts && (
        <span title={formatNoun(alerts.count, 'alert')}>
          <SevMark severity={alerts.worst} word={false} />
        </span>
      )}
      {hidden && (
        <span className="process-below t3 sm" title={`${formatNoun(below, 'process', 'processes')} below`}>
          +{formatCount(below)}
          {alertsBelow && <SevMark severity={alertsBelow.worst} word={false} />}
        </span>
      )}
    </span>
  )
}
