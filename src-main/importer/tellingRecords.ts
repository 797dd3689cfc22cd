import { columnPlan, type ColumnPlan, type PlanStart } from './columnPlan.ts'
import { orderEvidence } from './dayMonth.ts'

/** So many dates that tell day from month are enough for a column. */
const ENOUGH = 20

/**
 * columnPlan; and where the first records leave open whether day or month comes first, as a log that begins early in a month
 * does, once more together with those of the `later` ones that tell.
 */
export function planWithLater(start: PlanStart, later: () => Iterable<readonly string[]>): ColumnPlan {
  const plan = columnPlan(start)
  const doubtful = plan.columns.filter(({ dayMonthSource }) => dayMonthSource === 'assumed')
  const positions = doubtful.map(({ position }) => position).filter((position) => position < plan.sources)
  if (positions.length === 0) return plan
  const telling = tellingRecords(later(), positions)
  return telling.length === 0 ? plan : columnPlan({ ...start, records: [...start.records, ...telling] })
}

/** Records with a date that can be read in one order of day and month only, a few for each of the columns at `positions`. */
function tellingRecords(records: Iterable<readonly string[]>, positions: readonly number[]): string[][] {
  const wanted = new Map(positions.map((position) => [position, ENOUGH]))
  const telling: string[][] = []
  for (const record of records) {
    const tells = [...wanted.keys()].filter((position) => {
      const { monthFirst, dayFirst } = orderEvidence([record[position] ?? ''])
      return monthFirst !== dayFirst
    })
    if (tells.length === 0) continue
    telling.push([...record])
    for (const position of tells) {
      const left = (wanted.get(position) ?? 0) - 1
      if (left > 0) wanted.set(position, left)
      else wanted.delete(position)
    }
    if (wanted.size === 0) break
  }
  return telling
}
