import { writerOf } from '../exporter/formats.ts'
import type { CaseContent } from './content.ts'

const HEADERS = ['title', 'severity', 'host', 'user', 'technique', 'rule', 'hunt', 'rows', 'case', 'alert_id']

/** Alerts of a case at their first and last time and its rows, as a CSV that Timesketch imports. What has no time is left out and counted. */
export function timesketchOf(content: CaseContent, guard: boolean): { text: string; leftOut: number; events: number } {
  const { item } = content
  const writer = (meaning: string) => writerOf('timesketch', { headers: HEADERS, timeColumn: meaning, guard })
  const lines = [writer('').head()]
  let [leftOut, events] = [0, 0]
  const add = (meaning: string, time: string | null, cells: string[]): void => {
    const line = writer(meaning).row({ cells, time })
    if (line === null) leftOut++
    else events++
    lines.push(line ?? '')
  }
  for (const alert of content.alerts) {
    const cells = [
      ...[alert.title, alert.severity, alert.host ?? '', alert.user ?? '', alert.mitreTechnique ?? ''],
      ...[alert.rule?.name ?? alert.analyzer, alert.hunt, String(alert.evidenceTotal), item.title, alert.id],
    ]
    add('Alert first seen', alert.firstTime, cells)
    if (alert.lastTime !== null && alert.lastTime !== alert.firstTime) add('Alert last seen', alert.lastTime, cells)
  }
  for (const { label, value, time, note } of content.rows)
    add('Row of the case', time, [`${label}: ${value}`, '', '', '', '', '', '', note, item.title, ''])
  return { text: lines.join(''), leftOut, events }
}
