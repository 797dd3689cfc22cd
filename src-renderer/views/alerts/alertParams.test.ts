import { expect, it } from 'vitest'
import { alertParams, groupParams, isFiltered } from './alertParams.ts'

const read = (text: string) => alertParams('hunt', new URLSearchParams(text))

it('reads filters and order from the URL', () => {
  expect(
    read('severity=critical,high&status=new&analyzer=entropy&technique=T1059.001&q=a b&sort=rows&dir=asc&id=x'),
  ).toEqual({
    filter: {
      huntId: 'hunt',
      severity: ['critical', 'high'],
      status: ['new'],
      analyzer: 'entropy',
      mitreTechnique: 'T1059.001',
      text: 'a b',
    },
    sort: 'rows',
    descending: false,
    id: 'x',
    group: null,
  })
})

it('reads a stretch of time, one end alone too, and leaves out what is no time', () => {
  expect(read('from=2020-10-18T00:00:00Z&to=2020-11-01T00:00:00.000Z').filter).toEqual({
    huntId: 'hunt',
    from: '2020-10-18T00:00:00.000Z',
    to: '2020-11-01T00:00:00.000Z',
  })
  expect(read('from=2020-10-18T00:00:00Z&to=soon').filter).toEqual({ huntId: 'hunt', from: '2020-10-18T00:00:00.000Z' })
})

it('leaves out what it does not understand, so that a link of a later version still opens', () => {
  const { filter, sort } = read('severity=terrible&status=&analyzer=<b>&technique=T1&ds=../x&sort=colour&dir=up')
  expect(filter).toEqual({ huntId: 'hunt' })
  expect(sort).toBe('score')
  expect(isFiltered(filter)).toBe(false)
})

it('a group becomes a filter of the list and back, also that of alerts which name nothing', () => {
  for (const filter of [
    { host: 'ws1' },
    { user: null },
    { mitreTechnique: null },
    { rule: null, analyzer: 'entropy' },
  ]) {
    const words = new URLSearchParams(
      Object.entries(groupParams(filter)).flatMap(([key, value]) => (value === null ? [] : [[key, value]])),
    )
    expect(alertParams('hunt', words).filter).toEqual({ huntId: 'hunt', ...filter })
  }
  expect(read('group=host').group).toBe('host')
  expect(read('group=colour').group).toBeNull()
  expect(read('case=C-7&tag=seen&assignee=~none').filter).toEqual({
    huntId: 'hunt',
    caseId: 'C-7',
    tag: 'seen',
    assignee: null,
  })
})
