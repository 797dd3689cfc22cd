import type { TimelineEvent } from '#contract/rows'
import type { GridColumn } from '../../grid/gridColumn.ts'
import { CellText } from '../../grid/CellText.tsx'
import { SevMark } from '../../ui/SevMark.tsx'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { formatTimeBare, zoneLabel, type Zone } from '../../ui/formatTime.ts'

/** Widths of a cell of which the rest is not drawn, in px. */
const PART_WIDTH = 900

/** The columns of a timeline: when, from which dataset, where, who, what. */
export function timelineColumns(
  zone: Zone,
  names: ReadonlyMap<string, string>,
  sourceRow: (datasetId: string, row: number) => number,
): GridColumn<TimelineEvent>[] {
  const text = (
    id: string,
    title: string,
    width: number,
    of: (event: TimelineEvent) => string,
  ): GridColumn<TimelineEvent> => ({
    id,
    title,
    width,
    mono: true,
    render: of,
    text: of,
  })
  return [
    {
      ...text('time', 'timestamp', 204, (event) => formatTimeBare(event.time, zone)),
      subtitle: `Time of the row · ${zoneLabel(zone)}`,
      pinned: true,
    },
    {
      id: 'alerts',
      title: 'Alerts',
      width: 92,
      render: (event) =>
        event.severity === null ? (
          ''
        ) : (
          <span className="line" title={formatNoun(event.alerts, 'alert')}>
            <SevMark severity={event.severity} />
            {event.alerts > 1 && <span className="t3 num">{formatCount(event.alerts)}</span>}
          </span>
        ),
      text: (event) => (event.severity === null ? '' : `${event.severity} ${event.alerts}`),
    },
    { ...text('dataset', 'Dataset', 190, (event) => names.get(event.datasetId) ?? ''), mono: false },
    { ...text('host', 'hostname', 130, (event) => event.host), entity: 'host' },
    { ...text('event', 'event', 120, (event) => event.event), subtitle: 'Id and type' },
    { ...text('user', 'username', 120, (event) => event.user), entity: 'user' },
    {
      id: 'text',
      title: 'What happened',
      subtitle: 'The telling cells of the row',
      width: 620,
      grow: 1,
      mono: true,
      render: (event) => (
        <>
          {event.parts.map(({ column, text: part }, n) => (
            <span key={n}>
              <span className="t3">{n > 0 ? ' · ' : ''}</span>
              <span className="t3">{column} </span>
              <CellText text={part} width={PART_WIDTH} />
            </span>
          ))}
        </>
      ),
      text: (event) => event.parts.map(({ column, text: part }) => `${column} ${part}`).join(' · '),
    },
    {
      ...text('row', 'Row', 84, ({ datasetId, row }) => formatCount(sourceRow(datasetId, row))),
      align: 'right',
      mono: false,
    },
  ]
}
