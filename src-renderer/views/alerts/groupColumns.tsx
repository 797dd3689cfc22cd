import { CaretDown, CaretRight } from '@blueprintjs/icons'
import type { AlertGroup } from '#contract/alerts'
import { severities, type AlertGrouping } from '#contract/values'
import { CellText } from '../../grid/CellText.tsx'
import type { GridColumn } from '../../grid/gridColumn.ts'
import { EntityMark } from '../../ui/EntityMark.tsx'
import { SevMark } from '../../ui/SevMark.tsx'
import { StatusMark } from '../../ui/StatusMark.tsx'
import { TechniqueChip } from '../../ui/TechniqueChip.tsx'
import { Time } from '../../ui/Time.tsx'
import { formatCount } from '../../ui/formatNumber.ts'
import type { GroupLine } from './groupLines.ts'

type Room = {
  wide: boolean
  detail: boolean
  by: AlertGrouping
  zone: string
  /** Names of techniques by id. */
  names: ReadonlyMap<string, string>
  onToggle: (key: string) => void
}

const nameless: Record<AlertGrouping, string> = {
  rule: 'Without rule',
  host: 'Without host',
  user: 'Without user',
  technique: 'Without technique',
}
export const groupTitle = ({ title }: AlertGroup, by: AlertGrouping): string => (title === '' ? nameless[by] : title)

/** Columns of the grouped list: what a group says of all its alerts, and below it what each says of itself. */
export function groupColumns({ wide, detail, by, zone, names, onToggle }: Room): GridColumn<GroupLine>[] {
  const columns: (GridColumn<GroupLine> | null)[] = [
    {
      id: 'title',
      title: 'Group and alert',
      width: 300,
      grow: 1,
      pinned: true,
      render: (line) => <Title line={line} by={by} name={names.get(line.group.key)} onToggle={onToggle} />,
      text: (line) => (line.kind === 'alert' ? line.alert.title : groupTitle(line.group, by)),
    },
    {
      id: 'severity',
      title: 'Worst',
      width: 92,
      render: (line) =>
        line.kind === 'group' ? (
          <SevMark severity={line.group.worst} />
        ) : line.kind === 'alert' ? (
          <SevMark severity={line.alert.severity} />
        ) : (
          ''
        ),
      text: (line) => (line.kind === 'alert' ? line.alert.severity : line.group.worst),
    },
    {
      id: 'alerts',
      title: 'Alerts',
      width: 62,
      align: 'right',
      render: (line) => (line.kind === 'group' ? formatCount(line.group.alerts) : ''),
    },
    {
      id: 'status',
      title: 'Open and status',
      width: 124,
      render: (line) =>
        line.kind === 'alert' ? (
          <StatusMark status={line.alert.status} />
        ) : line.kind === 'group' ? (
          `${formatCount(line.group.open)} open`
        ) : (
          ''
        ),
      text: (line) => (line.kind === 'alert' ? line.alert.status : String(line.group.open)),
    },
    detail
      ? null
      : {
          id: 'counts',
          title: 'By severity',
          width: 250,
          render: (line) => (line.kind === 'group' ? <Counts group={line.group} /> : ''),
        },
    detail || by === 'host'
      ? null
      : {
          id: 'host',
          title: 'Host',
          width: 132,
          mono: true,
          render: (line) => (line.kind === 'alert' ? (line.alert.host ?? '') : ''),
        },
    by === 'technique'
      ? null
      : {
          id: 'technique',
          title: 'Technique',
          width: 92,
          render: (line) =>
            line.kind === 'alert' && line.alert.mitreTechnique ? <TechniqueChip id={line.alert.mitreTechnique} /> : '',
        },
    wide && !detail
      ? {
          id: 'time',
          title: 'First seen',
          subtitle: zone,
          width: 156,
          mono: true,
          render: (line) => (
            <Time
              iso={line.kind === 'alert' ? line.alert.firstTime : line.kind === 'group' ? line.group.firstTime : null}
              bare
              second
            />
          ),
        }
      : null,
    {
      id: 'score',
      title: 'Score',
      width: 54,
      align: 'right',
      render: (line) =>
        line.kind === 'more' ? '' : formatCount(line.kind === 'alert' ? line.alert.score : line.group.score),
    },
  ]
  return columns.filter((column) => column !== null)
}

type TitleProps = { line: GroupLine; by: AlertGrouping; name: string | undefined; onToggle: (key: string) => void }

function Title({ line, by, name, onToggle }: TitleProps) {
  if (line.kind === 'more')
    return <span className="group-alert t2">and {formatCount(line.left)} more; Enter lists them</span>
  if (line.kind === 'alert')
    return (
      <span className="group-alert clip">
        <CellText text={line.alert.title} />
      </span>
    )
  const { group, open } = line
  const Caret = open ? CaretDown : CaretRight
  return (
    <span className="group-title">
      <button
        type="button"
        tabIndex={-1}
        className="group-caret"
        aria-label={`${open ? 'Close' : 'Open'} ${groupTitle(group, by)}`}
        onMouseDown={(event) => event.stopPropagation()}
        onDoubleClick={(event) => event.stopPropagation()}
        onClick={() => onToggle(group.key)}
      >
        <Caret size={12} />
      </button>
      {(by === 'host' || by === 'user') && group.title !== '' && <EntityMark type={by} />}
      <span className={`clip med${by === 'rule' ? '' : ' mono'}`}>
        <CellText text={groupTitle(group, by)} />
      </span>
      {name !== undefined && name !== group.title && <span className="t2 clip">{name}</span>}
    </span>
  )
}

const Counts = ({ group }: { group: AlertGroup }) => (
  <span className="group-counts">
    {severities.map((severity) => (
      // A severity that there is none of keeps its place, so that counts can be compared down the column.
      <span key={severity} className="line">
        {group.severityCounts[severity] > 0 && (
          <>
            <SevMark severity={severity} word={false} />
            {formatCount(group.severityCounts[severity])}
          </>
        )}
      </span>
    ))}
  </span>
)
