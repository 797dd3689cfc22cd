import type { CorrelationAnswer } from '#contract/correlation'

type Counted = Pick<CorrelationAnswer, 'by' | 'counts' | 'total'> & { compared: number; malicious: number }

/** What is said where there is nothing to compare with. */
export const tooFew = (by: CorrelationAnswer['by']): string => `Need at least 2 ${by} for correlation analysis.`

/** What was found, for people: a line for each kind that was. */
export function summaryText({ by, counts, total, compared, malicious }: Counted): string {
  const lines = [`Correlation analysis across ${compared} ${by}:`]
  if (counts.iocs > 0) lines.push(` - ${counts.iocs} shared IOCs (${malicious} flagged malicious)`)
  else lines.push(' - No shared IOCs found')
  if (counts.times > 0) lines.push(` - ${counts.times} overlapping time windows`)
  if (counts.techniques > 0) lines.push(` - ${counts.techniques} shared MITRE techniques`)
  if (counts.hosts > 0) lines.push(` - ${counts.hosts} hosts appearing in multiple ${by} (potential lateral movement)`)
  if (total === 0) lines.push(' No significant correlations detected.')
  return lines.join('\n')
}
