import type { Alert } from '#contract/alerts'
import { copyText } from '../../grid/copyText.ts'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { formatSpan, type Zone } from '../../ui/formatTime.ts'

/** One line of Markdown: nothing in a value of evidence may become a heading, a link or markup. */
const plain = (text: string): string => text.replace(/\s+/g, ' ').replace(/[\\<>`*_[\]#|]/g, '\\$&')

/** An alert for a report or ticket: title, facts and the evidence rows that came with it; says how many were left out. */
export function alertMarkdown(
  alert: Alert,
  nameOf: (datasetId: string) => string,
  sourceRow: (datasetId: string, row: number) => number,
  zone: Zone,
): string {
  const { firstTime, lastTime, evidence, evidenceTotal } = alert
  const facts: (readonly [string, string | null])[] = [
    ['Severity', `${alert.severity}, score ${formatCount(alert.score)}`],
    ['Status', alert.status],
    ['Assignee', alert.assignee],
    ['Host', alert.host],
    ['User', alert.user],
    ['Technique', alert.mitreTechnique],
    ['First and last', firstTime === null ? 'no time' : formatSpan(firstTime, lastTime ?? firstTime, zone)],
    ['Detected by', alert.analyzer],
    ['May be harmless if', alert.falsePositives],
    ['Tags', alert.tags.length > 0 ? alert.tags.join(', ') : null],
  ]
  const rows = evidence.map(({ datasetId, row, field, value }) => [
    nameOf(datasetId),
    formatCount(sourceRow(datasetId, row)),
    ...[field, value],
  ])
  const shown = evidence.length < evidenceTotal ? `, ${formatCount(evidence.length)} shown` : ''
  return [
    `## ${plain(alert.title)}`,
    plain(alert.description),
    facts.flatMap(([name, value]) => (value === null ? [] : [`- ${name}: ${plain(value)}`])).join('\n'),
    `Evidence: ${formatNoun(evidenceTotal, 'row')}${shown}`,
    copyText({ headers: ['Dataset', 'Row', 'Field', 'Value'], rows }, 'markdown'),
  ].join('\n\n')
}
