import { iocTypes, type IocType } from '#contract/values'
import { IOC_SHARE } from '../columnPlan.ts'
import type { ColumnFinding, ReadThrough } from '../finishDataset.ts'
import type { HostEntry } from '../hostCollector.ts'
import { kinds } from './decideTexts.ts'
import type { FastPlan } from './fastPlan.ts'
import type { FastWorkerResult } from './messages.ts'
import { joinStretches } from './minutes.ts'
import type { MergedIocs } from './writeIocs.ts'

export type Gathered = Pick<
  ReadThrough,
  'rows' | 'firstTime' | 'lastTime' | 'rowsWithoutTime' | 'filled' | 'findings' | 'timeline'
> & {
  hosts: HostEntry[]
}

/** What all workers found, put together. */
export function gatherResults(plan: FastPlan, results: readonly FastWorkerResult[]): Gathered {
  const sum = (of: (result: FastWorkerResult) => number): number =>
    results.reduce((total, result) => total + of(result), 0)
  return {
    rows: sum(({ rows }) => rows),
    firstTime: outermost(
      results.map(({ firstTime }) => firstTime),
      Math.min,
    ),
    lastTime: outermost(
      results.map(({ lastTime }) => lastTime),
      Math.max,
    ),
    rowsWithoutTime: sum(({ timeless }) => timeless),
    filled: plan.columns.map((_, column) => sum(({ filled }) => filled[column] ?? 0)),
    findings: findingsOf(plan, results),
    timeline: joinStretches(results.map(({ minutes }) => minutes)),
    hosts: hostsOf(results),
  }
}

function outermost(times: readonly (number | null)[], which: (...times: number[]) => number): number | null {
  const known = times.filter((time) => time !== null)
  return known.length === 0 ? null : which(...known)
}

function findingsOf(plan: FastPlan, results: readonly FastWorkerResult[]): ColumnFinding[] {
  return plan.columns.flatMap(({ look }, position): ColumnFinding[] => {
    if (look === null) return []
    const of = results.flatMap(({ finds }) => finds[position] ?? [])
    const seen = (type: IocType): boolean => of.some((find) => find.seen[kinds.indexOf(type)])
    const whole = (type: IocType): number =>
      of.reduce((total, find) => total + (find.whole[kinds.indexOf(type)] ?? 0), 0)
    return [
      {
        position,
        iocsInText: iocTypes.filter(seen),
        ioc: (filled) => iocTypes.find((type) => filled > 0 && whole(type) >= filled * IOC_SHARE) ?? null,
      },
    ]
  })
}

function hostsOf(results: readonly FastWorkerResult[]): HostEntry[] {
  const hosts = new Map<string, HostEntry>()
  for (const result of results) {
    for (const host of result.hosts) {
      const known = hosts.get(host.value)
      hosts.set(
        host.value,
        known
          ? {
              value: host.value,
              rows: known.rows + host.rows,
              first: outermost([known.first, host.first], Math.min),
              last: outermost([known.last, host.last], Math.max),
            }
          : host,
      )
    }
  }
  return [...hosts.values()].sort((a, b) => (a.value < b.value ? -1 : 1))
}

/** Distinct indicators by type, most first, as DatasetWriter.iocsByType has them. */
export function iocCounts({ counts, late }: MergedIocs): { type: IocType; count: number }[] {
  return counts
    .map(({ type, count }) => ({ type, count: count + late.filter((ioc) => ioc.type === type).length }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.type < b.type ? -1 : 1))
}
