import type { Output } from '#contract/contract'

export type ProcessMark = Output<'processes.marks'>['marks'][number]
export type Lane = { name: string; marks: ProcessMark[]; processes: string[] }

/** Lanes of the strip; the tactics with fewest alerts share the last one. */
const LANES_MAX = 6
/** Names of processes beside a lane. */
const NAMES_MAX = 3

const worded = (tactic: string): string => {
  const words = tactic.replaceAll('-', ' ')
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`
}

/** Alerts by tactic, the lane that begins first on top. */
export function lanesOf(marks: readonly ProcessMark[]): Lane[] {
  const byTactic = new Map<string, ProcessMark[]>()
  for (const mark of marks) {
    const name = mark.tactic === null ? 'Without technique' : worded(mark.tactic)
    byTactic.set(name, [...(byTactic.get(name) ?? []), mark])
  }
  const sorted = [...byTactic].sort((a, b) => b[1].length - a[1].length)
  const many = sorted.length > LANES_MAX
  const kept = sorted.slice(0, many ? LANES_MAX - 1 : LANES_MAX)
  const rest = sorted.slice(kept.length).flatMap(([, own]) => own)
  const lanes = [...kept, ...(many ? [['Other tactics', rest] as const] : [])]
  return lanes
    .map(([name, own]) => ({ name, marks: [...own], processes: frequent(own) }))
    .sort((a, b) => ((a.marks[0]?.time ?? '') < (b.marks[0]?.time ?? '') ? -1 : 1))
}

function frequent(marks: readonly ProcessMark[]): string[] {
  const counts = new Map<string, number>()
  for (const { processName } of marks) counts.set(processName, (counts.get(processName) ?? 0) + 1)
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, NAMES_MAX)
    .map(([name]) => name)
}

/** Where the marks stand between the first and the last, from 0 to 1; all in the middle where there is one time. */
export function spanOf(marks: readonly ProcessMark[]): { from: number; to: number; at(time: string): number } {
  const times = marks.map(({ time }) => Date.parse(time))
  const from = times.reduce((least, time) => Math.min(least, time), Infinity)
  const to = times.reduce((most, time) => Math.max(most, time), -Infinity)
  return { from, to, at: (time) => (to <= from ? 0.5 : (Date.parse(time) - from) / (to - from)) }
}
