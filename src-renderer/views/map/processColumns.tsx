import type { ProcessLine } from '#contract/processes'
import type { GridColumn } from '../../grid/gridColumn.ts'
import { formatDuration } from '../../ui/formatNumber.ts'
import { formatTimeBare, zoneLabel, type Zone } from '../../ui/formatTime.ts'
import { linkReasons, linkWords, noteOf } from './linkWords.ts'
import { ProcessName } from './ProcessName.tsx'

type Room = { detail: boolean; wide: boolean; zone: Zone; onToggle: (id: string) => void }

/** To the millisecond; the pane has all digits. */
const time = (iso: string | null, zone: Zone): string =>
  iso === null ? '' : formatTimeBare(iso.replace(/(\.\d{3})\d+/, '$1'), zone)

function ran({ start, end }: ProcessLine): string {
  const seconds = start === null || end === null ? null : (Date.parse(end) - Date.parse(start)) / 1000
  return seconds === null || seconds < 0 ? '' : formatDuration(seconds)
}

/** Columns of the tree. Beside the pane user and duration are left out. */
export function processColumns({ detail, wide, zone, onToggle }: Room): GridColumn<ProcessLine>[] {
  const columns: (GridColumn<ProcessLine> | null)[] = [
    {
      id: 'name',
      title: 'Process',
      width: wide ? 300 : 260,
      grow: 1,
      pinned: true,
      render: (line) => <ProcessName line={line} onToggle={onToggle} />,
      text: ({ name }) => name,
    },
    {
      id: 'start',
      title: 'Start',
      subtitle: zoneLabel(zone),
      width: 186,
      mono: true,
      render: ({ start }) => (start === null ? <span className="none">no time</span> : time(start, zone)),
      text: ({ start }) => time(start, zone),
    },
    detail || !wide
      ? null
      : {
          id: 'ran',
          title: 'Ran',
          hint: 'From start to end, where the end is in the evidence',
          width: 74,
          align: 'right',
          render: ran,
        },
    { id: 'pid', title: 'PID', width: 62, align: 'right', render: ({ pid }) => (pid === null ? '' : String(pid)) },
    detail ? null : { id: 'user', title: 'User', width: 130, mono: true, cut: 'start', render: ({ user }) => user },
    {
      id: 'link',
      title: 'Link',
      width: detail ? 150 : 176,
      render: (line) => (
        <>
          {line.guessed && line.link && (
            <span className="chip guessed-chip" title={linkReasons[line.link]}>
              {linkWords[line.link]}
            </span>
          )}
          <span className="t2">{noteOf(line)}</span>
        </>
      ),
      text: (line) => [line.guessed && line.link ? linkWords[line.link] : '', noteOf(line)].filter(Boolean).join(', '),
    },
    {
      id: 'command',
      title: 'Command line',
      width: 360,
      grow: 4,
      mono: true,
      render: ({ commandLine, ghost, image, name }) => commandLine || (ghost || image === name ? '' : image),
    },
  ]
  return columns.filter((column) => column !== null)
}
