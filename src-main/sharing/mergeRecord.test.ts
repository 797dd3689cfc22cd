import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decide, untouched } from './fields.ts'
import { annotations } from './kinds/annotations.ts'
import { cases } from './kinds/cases.ts'
import { detectorRuns } from './kinds/detectorRuns.ts'
import { mergeRecord } from './mergeRecord.ts'
import type { CaseRecord, Cell } from './record.ts'

/** What two analysts have of the records that travel. */
type Workspace = Map<string, CaseRecord>
type Act =
  | { act: 'change'; id: string; column: string; value: string }
  | { act: 'mark'; id: string; row: number }
  | { act: 'delete'; id: string }

const IDS = ['note', 'case'] as const
const kindOf = (id: string) => (id === 'case' ? cases : annotations)
const columnsOf = (id: string): string[] =>
  Object.entries(kindOf(id).columns).flatMap(([name, { rule }]) => (rule === undefined ? [] : [name]))

function made(id: string): CaseRecord {
  const names = Object.keys(kindOf(id).columns)
  const values = Object.fromEntries(names.map((name): [string, Cell] => [name, name.endsWith('_at') ? 1_000 : 'begun']))
  const lists = Object.fromEntries(Object.keys(kindOf(id).lists ?? {}).map((name): [string, Cell[][]] => [name, []]))
  return { id, values: { ...values, id }, fields: {}, lists, rows: [[1, 1]] }
}

/** As the triggers of the workspace do it: a change is stamped with what was seen. */
function after(acts: readonly Act[], by: string, clock: number): Workspace {
  const records: Workspace = new Map(IDS.map((id) => [id, made(id)]))
  for (const [n, one] of acts.entries()) {
    const record = records.get(one.id)
    if (!record) continue
    const at = 2_000 + n * 10 + clock
    record.values['updated_at'] = Math.max(Number(record.values['updated_at']), at)
    if (one.act === 'delete') records.delete(one.id)
    else if (one.act === 'mark') record.rows = [[1, one.row]]
    else {
      const field = record.fields[one.column] ?? untouched(record.values[one.column] ?? null, 1_000)
      record.fields[one.column] = decide(field, one.value, { by, at })
      record.values[one.column] = one.value
    }
  }
  return records
}

/** One after the other takes over what is in the other's file. */
function merged(mine: Workspace, theirs: Workspace): Workspace {
  const result: Workspace = new Map(mine)
  for (const [id, record] of theirs) {
    const own = mine.get(id)
    result.set(id, own ? mergeRecord(kindOf(id), own, record).record : record)
  }
  return result
}

/** For comparing: what has no order is put into one. */
const told = (records: Workspace) =>
  [...records.values()]
    .map(({ fields, ...rest }) => ({
      ...rest,
      fields: Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))),
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1))

const text = fc.constantFrom('x', 'y', 'xy', '', 'z')
const act: fc.Arbitrary<Act> = fc.constantFrom(...IDS).chain((id) =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        act: fc.constant('change' as const),
        id: fc.constant(id),
        column: fc.constantFrom(...columnsOf(id)),
        value: text,
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        act: fc.constant('mark' as const),
        id: fc.constant(id),
        row: fc.integer({ min: 1, max: 9 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ act: fc.constant('delete' as const), id: fc.constant(id) }) },
  ),
)
const acts = fc.array(act, { maxLength: 12 })

test('two analysts who change, mark and delete have the same after both took over what the other had, and twice is once', () => {
  fc.assert(
    fc.property(acts, acts, fc.integer({ min: -50, max: 50 }), (first, second, clock) => {
      const [anna, ben] = [after(first, 'a'.repeat(16), 0), after(second, 'b'.repeat(16), clock)]
      const [annas, bens] = [merged(anna, ben), merged(ben, anna)]
      expect(told(annas)).toEqual(told(bens))
      expect(told(merged(annas, ben))).toEqual(told(annas))
      // Nothing that one of them kept is gone.
      for (const id of [...anna.keys(), ...ben.keys()]) expect(annas.has(id)).toBe(true)
    }),
    { numRuns: 1_000 },
  )
})

/** The same detector over the same rows, run in several workspaces: their clocks may agree. */
const run: fc.Arbitrary<CaseRecord> = fc
  .record({ at: fc.integer({ min: 1, max: 3 }), findings: fc.nat(2), skipped: fc.constantFrom(null, 'why') })
  .map((said) => ({
    ...{ id: 'run', fields: {}, lists: {}, rows: null },
    values: { id: 'run', dataset_id: 'd', detector: 'lists', rows: 7, name: null, reading: null, ...said },
  }))

test('of runs of a detector the last one holds, whoever merges whose file in whatever order', () => {
  const merge = (a: CaseRecord, b: CaseRecord): CaseRecord => mergeRecord(detectorRuns, a, b).record
  fc.assert(
    fc.property(run, run, run, (a, b, c) => {
      expect(merge(a, b)).toEqual(merge(b, a))
      expect(merge(merge(a, b), c)).toEqual(merge(a, merge(b, c)))
      expect(merge(merge(a, b), b)).toEqual(merge(a, b))
      const last = [a, b].find(({ values }) => values['at'] === merge(a, b).values['at'])
      if (a.values['at'] !== b.values['at']) expect(merge(a, b).values).toEqual(last?.values)
    }),
  )
})
