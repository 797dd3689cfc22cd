import { useState } from 'react'
import { Checkbox } from '@blueprintjs/core'
import { Download } from '@blueprintjs/icons'
import type { HuntCase } from '#contract/cases'
import type { Input } from '#contract/contract'
import { reportSections, tlps, type ReportFormat, type ReportSection, type Tlp } from '#contract/values'
import { Action } from '../../ui/Action.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { TlpTag } from '../../ui/TlpTag.tsx'
import { ReportPreview } from './ReportPreview.tsx'

const FORMATS: { format: ReportFormat; name: string; says: string }[] = [
  {
    format: 'html',
    name: 'HTML',
    says: 'One file with everything inside. Opens in any browser, prints well, runs nothing.',
  },
  { format: 'pdf', name: 'PDF', says: 'A4, marking on every page. Letters the font lacks are written as code points.' },
  { format: 'markdown', name: 'Markdown', says: 'For wikis and tickets. Charts are told in words.' },
]
const SECTIONS: Record<ReportSection, string> = {
  summary: 'Summary',
  timeline: 'Timeline',
  findings: 'Findings by technique',
  pictures: 'Charts and maps',
  indicators: 'Indicators',
  hypotheses: 'Hypotheses',
  notes: 'Notes',
  searched: 'Searched without result',
  rules: 'Rules and authors',
  sources: 'Sources with hashes',
  tasks: 'Tasks',
  activity: 'Activity log',
}

type ReportPanelProps = { item: HuntCase; busy: boolean; onBuild: (input: Input<'reports.build'>) => void }

/** The report of a case for people: what goes in, how it is marked, and how it will look. */
export function ReportPanel({ item, busy, onBuild }: ReportPanelProps) {
  const [left, setLeft] = useState<readonly ReportSection[]>([])
  const [tlp, setTlp] = useState<Tlp>(item.tlp)
  const sections = reportSections.filter((section) => !left.includes(section))
  const choices = { caseId: item.id, sections, tlp }
  const looser = tlps.indexOf(tlp) > tlps.indexOf(item.tlp)
  return (
    <div className="case-report">
      <Panel title="Report" sub="for people" right={<TlpTag tlp={tlp} />}>
        <ul className="case-exports">
          {FORMATS.map(({ format, name, says }) => (
            <li key={format} className="line">
              <Action
                icon={<Download size={13} />}
                disabled={busy || sections.length === 0}
                onClick={() => onBuild({ ...choices, format })}
              >
                {name}
              </Action>
              <span className="t2 sm">{says}</span>
            </li>
          ))}
        </ul>
        <fieldset className="case-report-choices">
          <legend className="t2 sm">What goes in</legend>
          {reportSections.map((section) => (
            <Checkbox
              key={section}
              checked={!left.includes(section)}
              label={SECTIONS[section]}
              onChange={({ currentTarget }) =>
                setLeft(currentTarget.checked ? left.filter((one) => one !== section) : [...left, section])
              }
            />
          ))}
        </fieldset>
        <label className="line">
          <span className="t2 sm">Marking</span>
          <select
            className="text-field"
            value={tlp}
            onChange={({ target }) => setTlp(tlps.find((one) => one === target.value) ?? item.tlp)}
          >
            {tlps.map((one) => (
              <option key={one} value={one}>
                TLP:{one}
              </option>
            ))}
          </select>
          {looser && <span className="warn sm">Freer than the case, which is TLP:{item.tlp}</span>}
        </label>
      </Panel>
      <ReportPreview choices={sections.length === 0 ? null : choices} />
    </div>
  )
}
