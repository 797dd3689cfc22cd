import { Checkbox } from '@blueprintjs/core'
import { Download } from '@blueprintjs/icons'
import type { HuntCase } from '#contract/cases'
import type { Input } from '#contract/contract'
import { reportSections, tlps, type ReportFormat, type ReportSection, type Tlp } from '#contract/values'
import { Action } from '../../ui/Action.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { TlpTag } from '../../ui/TlpTag.tsx'

const FORMATS: { format: ReportFormat; name: string; says: string }[] = [
  {
    format: 'html',
    name: 'HTML',
    says: 'One file, pictures inside. Prints well, runs nothing.',
  },
  {
    format: 'pdf',
    name: 'PDF',
    says: 'A4, marking on every page. Other letters than Latin, Greek and Cyrillic as code points.',
  },
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

/** What was chosen of a report. */
export type ReportChoices = { left: readonly ReportSection[]; tlp: Tlp }

/** The choices as the calls of reports take them; null: nothing would be in it. */
export function reportInput(item: HuntCase, { left, tlp }: ReportChoices): Input<'reports.preview'> | null {
  const sections = reportSections.filter((section) => !left.includes(section))
  return sections.length === 0 ? null : { caseId: item.id, sections, tlp }
}

type ReportPanelProps = {
  item: HuntCase
  choices: ReportChoices
  onChoose: (choices: ReportChoices) => void
  busy: boolean
  onBuild: (input: Input<'reports.build'>) => void
}

/** The report of a case for people: its formats, what goes in, and how it is marked. */
export function ReportPanel({ item, choices, onChoose, busy, onBuild }: ReportPanelProps) {
  const { left, tlp } = choices
  const input = reportInput(item, choices)
  const looser = tlps.indexOf(tlp) > tlps.indexOf(item.tlp)
  return (
    <Panel title="Report" sub="for people" right={<TlpTag tlp={tlp} />}>
      <ul className="case-exports">
        {FORMATS.map(({ format, name, says }) => (
          <li key={format} className="line">
            <Action
              icon={<Download size={13} />}
              disabled={busy || input === null}
              onClick={() => input && onBuild({ ...input, format })}
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
              onChoose({
                tlp,
                left: currentTarget.checked ? left.filter((one) => one !== section) : [...left, section],
              })
            }
          />
        ))}
      </fieldset>
      <label className="line">
        <span className="t2 sm">Marking</span>
        <select
          className="text-field"
          value={tlp}
          onChange={({ target }) => onChoose({ left, tlp: tlps.find((one) => one === target.value) ?? item.tlp })}
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
  )
}
