import { expect, it } from 'vitest'
import { lanesOf, spanOf, type ProcessMark } from './markLanes.ts'

const mark = (seconds: number, tactic: string | null, processName = 'net.exe'): ProcessMark => ({
  ...{ time: new Date(seconds * 1000).toISOString(), severity: 'high', technique: null, tactic, title: 't' },
  ...{ alertId: 'a', processId: 'p', processName },
})

it('alerts lie in lanes by tactic, the first to begin on top, with the processes that are in most of them', () => {
  const lanes = lanesOf([
    mark(3, 'credential-access'),
    mark(5, 'execution', 'cmd.exe'),
    mark(6, 'execution', 'cmd.exe'),
    mark(7, 'execution'),
    mark(9, null),
  ])
  expect(lanes.map(({ name, processes }) => [name, processes])).toEqual([
    ['Credential access', ['net.exe']],
    ['Execution', ['cmd.exe', 'net.exe']],
    ['Without technique', ['net.exe']],
  ])
})

it('more tactics than lanes share the last one, and none is lost', () => {
  const lanes = lanesOf(Array.from({ length: 9 }, (_, n) => mark(n, `tactic-${n}`)))
  expect(lanes).toHaveLength(6)
  expect(lanes.flatMap(({ marks }) => marks)).toHaveLength(9)
  expect(lanes.find(({ name }) => name === 'Other tactics')?.marks).toHaveLength(4)
})

it('one time alone stands in the middle', () => {
  expect(spanOf([mark(3, null)]).at(mark(3, null).time)).toBe(0.5)
  const two = [mark(0, null), mark(10, null)]
  expect(spanOf(two).at(mark(5, null).time)).toBe(0.5)
})
