import { useState } from 'react'
import { Checkbox } from '@blueprintjs/core'
import { Download } from '@blueprintjs/icons'
import type { HuntCase } from '#contract/cases'
import type { Input } from '#contract/contract'
import type { ReportFile } from '#contract/reports'
import type { ReportFormat } from '#contract/values'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { useJob } from '../../backend/useJob.ts'
import { rememberExport } from '../../state/ownExports.ts'
import { Action } from '../../ui/Action.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { TlpTag } from '../../ui/TlpTag.tsx'
import { WrittenTo } from '../../ui/WrittenTo.tsx'
import { formatBytes, formatNoun } from '../../ui/formatNumber.ts'
import { ImportLayer } from './ImportLayer.tsx'
import { ReportPanel, reportInput, type ReportChoices } from './ReportPanel.tsx'
import { ReportPreview } from './ReportPreview.tsx'

const EXCHANGE: { format: ReportFormat; name: string; says: string; without?: string }[] = [
  {
    format: 'stix',
    name: 'STIX 2.1 bundle',
    says: 'Report, indicators, observables, techniques, sightings, notes. The same ids in every export.',
    without: 'host name or JA4',
  },
  { format: 'navigator', name: 'ATT&CK Navigator layer', says: 'Techniques with how many alerts name them.' },
  {
    format: 'timesketch',
    name: 'Timesketch CSV',
    says: 'Alerts and rows of the case by time.',
    without: 'event without a time',
  },
]
const LISTS = [
  { call: 'alerts.list', name: 'Alerts' },
  { call: 'cases.links', name: 'IOCs, techniques and everything else that belongs to it' },
  { call: 'cases.tasks', name: 'Tasks' },
  { call: 'cases.activity', name: 'Activity' },
]

type Asked =
  | { call: 'reports.build'; input: Input<'reports.build'> }
  | { call: 'reports.csv'; input: Input<'reports.csv'> }

/** The result of either job, by contract. */
const isFile = (result: unknown): result is ReportFile =>
  typeof result === 'object' && result !== null && 'leftOut' in result && 'name' in result && 'bytes' in result

/** The case as a file: for people, for other programs, as lists. */
export function ExportTab({ item }: { item: HuntCase }) {
  const { id, tlp } = item
  const { start, cancel, busy, job, result, failure } = useJob(
    (backend, asked: Asked) =>
      asked.call === 'reports.build' ? backend.call(asked.call, asked.input) : backend.call(asked.call, asked.input),
    rememberExport,
  )
  const done = isFile(result) ? result : null
  const note = job?.note ?? 'Writing'
  const [guard, setGuard] = useState(true)
  const [choices, setChoices] = useState<ReportChoices>({ left: [], tlp })
  const line = ({ format, name, says }: { format: ReportFormat; name: string; says: string }) => (
    <li key={format} className="line">
      <Action
        icon={<Download size={13} />}
        disabled={busy}
        onClick={() => start({ call: 'reports.build', input: { caseId: id, format, guard } })}
      >
        {name}
      </Action>
      <span className="t2 sm">{says}</span>
    </li>
  )
  const without = EXCHANGE.find(({ format }) => done?.name.includes(format))?.without ?? 'line'
  return (
    <div className="case-export" data-region="Export">
      <div className="case-exports-side">
        <ReportPanel
          item={item}
          choices={choices}
          onChoose={setChoices}
          busy={busy}
          onBuild={(input) => start({ call: 'reports.build', input })}
        />
        <div className="case-export-state" role="status">
          {busy ? (
            <span className="line">
              <Progress share={null} label={note} width={120} /> {note}
              <Action quiet onClick={cancel}>
                Stop
              </Action>
            </span>
          ) : done ? (
            <span>
              <span className="mono">{done.name}</span>, {formatBytes(done.bytes)}, written
              <WrittenTo file={done} />
              {done.leftOut > 0 && `. ${formatNoun(done.leftOut, without)} left out: the format cannot hold it`}
            </span>
          ) : (
            <span className="line t2">
              <TlpTag tlp={tlp} /> Every file carries the marking. Indicators are de-fanged in reports.
            </span>
          )}
          <FailureLine failure={failure} />
        </div>
        <Panel title="Exchange" sub="for other programs">
          <ul className="case-exports">{EXCHANGE.map(line)}</ul>
          <ImportLayer caseId={id} />
        </Panel>
        <Panel title="Lists as CSV">
          <ul className="case-exports">
            {LISTS.map(({ call, name }) => (
              <li key={call} className="line">
                <Action
                  icon={<Download size={13} />}
                  disabled={busy}
                  onClick={() =>
                    start({
                      call: 'reports.csv',
                      input: {
                        ...{ call, guard, name: `case-${item.number}-${call.replace('.', '-')}` },
                        input: call === 'alerts.list' ? { caseId: id } : { id },
                      },
                    })
                  }
                >
                  CSV
                </Action>
                <span>{name}</span>
              </li>
            ))}
          </ul>
          <Checkbox checked={guard} onChange={({ currentTarget }) => setGuard(currentTarget.checked)}>
            Guard for spreadsheets: what would run as a formula becomes text
          </Checkbox>
        </Panel>
      </div>
      <ReportPreview choices={reportInput(item, choices)} />
    </div>
  )
}
