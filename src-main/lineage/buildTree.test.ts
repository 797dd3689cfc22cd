import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawn, parentOf, record, treeOfRecords } from '../testing/processRecords.ts'
import type { ProcessRecord } from './processRecord.ts'
import { isExpanded, matchesText, railsOf, visibleProcesses } from './visibleProcesses.ts'

const started = (at: number, pid: number, name: string, ppid: number, parentName = ''): ProcessRecord =>
  record({ at, pid, name, parent: parentOf({ pid: ppid, name: parentName }) })
const ended = (at: number, pid: number, name: string): ProcessRecord => record({ kind: 'end', at, pid, name })

describe('the parent of a process', () => {
  it('is the one that held the PID when it began, however often the PID was used', () => {
    const tree = treeOfRecords([
      started(1, 100, 'C:\\a.exe', 4, 'System'),
      started(5, 7, 'child of a.exe', 100, 'a.exe'),
      started(10, 100, 'C:\\b.exe', 4, 'System'),
      started(15, 8, 'child of b.exe', 100, 'b.exe'),
      started(15, 9, 'unnamed parent', 100),
    ])
    expect(drawn(tree)).toEqual([
      'System 4+',
      '  ?C:\\a.exe 100',
      '    child of a.exe 7',
      '  ?C:\\b.exe 100',
      '    child of b.exe 8',
      '    unnamed parent 9',
    ])
  })

  it('is not in the evidence where the one that held the PID had ended or was called otherwise', () => {
    const tree = treeOfRecords([
      started(1, 100, 'a.exe', 4),
      ended(3, 100, 'a.exe'),
      started(9, 7, 'late', 100, 'a.exe'),
      started(1, 200, 'c.exe', 4),
      started(9, 8, 'renamed', 200, 'd.exe'),
      started(9, 9, 'begun before', 300, 'e.exe'),
      started(20, 300, 'e.exe', 4),
    ])
    expect(drawn(tree)).toEqual([
      ' 4+',
      '  ?a.exe 100',
      '  ?c.exe 200',
      '  ?e.exe 300',
      'a.exe 100+',
      '  ?late 7',
      'd.exe 200+',
      '  ?renamed 8',
      'e.exe 300+',
      '  ?begun before 9',
    ])
  })

  it('is told by a GUID whatever times and PIDs say; without its row the GUID makes a sure ghost with its command', () => {
    const tree = treeOfRecords([
      record({ source: 'sysmon', at: 9, pid: 100, guid: 'aa01-2222', name: 'parent.exe' }),
      record({
        source: 'sysmon',
        at: 5,
        pid: 7,
        guid: 'aa02-2222',
        name: 'child',
        parent: parentOf({ guid: 'aa01-2222', pid: 55 }),
      }),
      record({
        source: 'sysmon',
        at: 6,
        pid: 8,
        guid: 'aa03-2222',
        name: 'other',
        parent: parentOf({ guid: 'aa04-2222', pid: 100, name: 'x.exe', command: 'x /go' }),
      }),
    ])
    expect(drawn(tree)).toEqual(['x.exe 100+', '  other 8', 'parent.exe 100', '  child 7'])
    expect(tree.processes.find(({ name }) => name === 'x.exe')).toMatchObject({ ghost: true, command: 'x /go' })
  })

  it('is a guess where only its PID or only its name is known', () => {
    expect(
      drawn(
        treeOfRecords([record({ pid: 1, name: 'init' }), record({ pid: 2, name: 'sh', parent: parentOf({ pid: 1 }) })]),
      ),
    ).toEqual(['init 1', '  ?sh 2'])
    const byName = treeOfRecords([
      record({ at: 1, pid: 5, name: '/usr/bin/cron' }),
      record({ at: 5, pid: 6, name: '/usr/bin/cron' }),
      record({ at: 9, pid: 7, name: 'sh', parent: parentOf({ name: 'cron' }) }),
      record({ at: 9, pid: 8, name: 'id', parent: parentOf({ name: 'sshd' }) }),
    ])
    expect(drawn(byName)).toEqual(['/usr/bin/cron 5', '/usr/bin/cron 6', '  ?sh 7', 'sshd -+', '  ?id 8'])
  })

  it('of Defender brings its own start and parent along', () => {
    const parent = parentOf({
      pid: 50,
      name: 'cmd.exe',
      start: 2e6,
      parent: parentOf({ pid: 40, name: 'explorer.exe', start: 1e6 }),
    })
    const tree = treeOfRecords([
      record({ source: 'defender', at: 9, pid: 60, name: 'net.exe', parent }),
      record({
        source: 'defender',
        at: 10,
        pid: 61,
        name: 'reg.exe',
        parent: parentOf({ pid: 40, name: 'explorer.exe', start: 1e6 }),
      }),
    ])
    expect(drawn(tree)).toEqual(['explorer.exe 40+', '  cmd.exe 50+', '    net.exe 60', '  reg.exe 61'])
  })

  it('is the one that its own row tells where a child tells another one, and the two are not mixed', () => {
    const elevated = parentOf({ pid: 7, name: 'C:\\Windows\\System32\\svchost.exe', start: 1 })
    const tree = treeOfRecords([
      record({ source: 'defender', at: 1, pid: 40, name: 'explorer.exe' }),
      record({
        source: 'defender',
        at: 2,
        pid: 50,
        name: 'setup.exe',
        parent: parentOf({ pid: 40, name: 'explorer.exe' }),
      }),
      record({
        ...{ source: 'defender', at: 3, pid: 60, name: 'net.exe' },
        parent: parentOf({ pid: 50, name: 'setup.exe', start: 2e6, parent: elevated }),
      }),
    ])
    expect(drawn(tree)).toEqual(['explorer.exe 40', '  setup.exe 50', '    net.exe 60'])
  })
})

describe('evidence that contradicts itself', () => {
  it('its own parent, parents of each other and rings of GUIDs stay in the tree, each once', () => {
    const self = treeOfRecords([started(0, 0, 'Idle', 0, 'Idle')])
    expect(drawn(self)).toEqual(['Idle 0'])
    expect(self.processes[0]).toMatchObject({ cut: true, parent: -1 })
    const ring = treeOfRecords(
      [1, 2, 3].map((n) =>
        record({
          source: 'sysmon',
          at: n,
          pid: n,
          guid: `a${n}-00000000`,
          name: `p${n}`,
          parent: parentOf({ guid: `a${(n % 3) + 1}-00000000` }),
        }),
      ),
    )
    expect(drawn(ring)).toEqual(['p1 1', '  p3 3', '    p2 2'])
    expect(ring.processes.filter(({ cut }) => cut)).toHaveLength(1)
    const mutual = treeOfRecords([
      record({ pid: 1, name: 'a', parent: parentOf({ pid: 2 }) }),
      record({ pid: 2, name: 'b', parent: parentOf({ pid: 1 }) }),
    ])
    expect(drawn(mutual)).toHaveLength(2)
  })

  it('whatever rows say, every process is in the tree once, under its parent, and counted by those above', () => {
    const hint = fc.record({
      pid: fc.option(fc.integer({ min: 0, max: 6 })),
      guid: fc.constantFrom('', '', 'a1-000000', 'a2-000000', 'a3-000000'),
      name: fc.constantFrom('', 'a.exe', 'b.exe'),
      start: fc.option(fc.integer({ min: 0, max: 9 })),
    })
    const said = fc.record({
      kind: fc.constantFrom('start' as const, 'end' as const, 'seen' as const),
      source: fc.constantFrom('sysmon' as const, 'security' as const, 'list' as const),
      at: fc.option(fc.integer({ min: 0, max: 9 })),
      pid: fc.option(fc.integer({ min: 0, max: 6 })),
      guid: fc.constantFrom('', '', 'a1-000000', 'a2-000000', 'a3-000000'),
      name: fc.constantFrom('', 'a.exe', 'C:\\a.exe', 'b.exe'),
      parent: fc.option(hint.map(parentOf)),
    })
    fc.assert(
      fc.property(fc.array(said, { maxLength: 30 }), (rows) => {
        const records = rows.map(record)
        const tree = treeOfRecords(records)
        const { places } = visibleProcesses(tree, { expand: 'all', except: new Set(), wanted: null })
        expect(places.toSorted((a, b) => a - b)).toEqual(tree.processes.map((_one, place) => place))
        tree.processes.forEach(({ children, below, ghost, rows: own }, place) => {
          for (const child of children) expect(tree.processes[child]?.parent).toBe(place)
          expect(below).toBe(children.reduce((sum, child) => sum + 1 + (tree.processes[child]?.below ?? 0), 0))
          expect(ghost).toBe(own.length === 0)
        })
        expect(new Set(tree.processes.map(({ id }) => id)).size).toBe(tree.processes.length)
      }),
      { numRuns: 300 },
    )
  })
})

describe('many processes', () => {
  it('one PID for all of them, or one name, takes no longer than many', () => {
    const same = Array.from({ length: 30_000 }, (_, n) => started(n / 1_000, 4, 'x.exe', 4, 'x.exe'))
    const untimed = Array.from({ length: 30_000 }, () =>
      record({ pid: 4, name: 'x.exe', parent: parentOf({ name: 'x.exe' }) }),
    )
    const before = process.threadCpuUsage()
    expect(treeOfRecords(same).processes.length).toBeGreaterThan(1)
    expect(drawn(treeOfRecords(untimed))).toEqual(['x.exe -+', '  ?x.exe 4'])
    expect(process.threadCpuUsage(before).user / 1_000).toBeLessThan(8_000)
  })

  it('a tree of 100,000 with reused PIDs and a chain of 20,000 is made and laid out quickly', () => {
    const records = Array.from({ length: 80_000 }, (_, n) => started(n, n % 5_000, `p${n % 7}.exe`, (n * 7) % 5_000))
    const chain = Array.from({ length: 20_000 }, (_, n) =>
      started(100_000 + n, 10_000 + n, 'deep.exe', n === 0 ? 4 : 9_999 + n),
    )
    const before = process.threadCpuUsage()
    const tree = treeOfRecords([...records, ...chain])
    const { places, depths } = visibleProcesses(tree, { expand: 'all', except: new Set(), wanted: null })
    const found = visibleProcesses(tree, { expand: 'all', except: new Set(), wanted: matchesText('deep 29999') })
    expect(process.threadCpuUsage(before).user / 1_000).toBeLessThan(8_000)
    expect(places.length).toBe(tree.processes.length)
    expect(depths.reduce((most, depth) => Math.max(most, depth))).toBeGreaterThan(15_000)
    expect(found.matches).toBe(1)
    expect(found.places.length).toBeGreaterThan(20_000)
  })
})

it('branches open and close one by one, and a filter keeps what stands above a match', () => {
  const tree = treeOfRecords([
    started(1, 10, 'root.exe', 0),
    started(2, 11, 'left.exe', 10),
    started(3, 12, 'leaf.exe', 11),
    started(4, 13, 'right.exe', 10),
  ])
  const ids = (expand: 'all' | 'none', except: string[], text = ''): string[] => {
    const wanted = text === '' ? null : matchesText(text)
    return visibleProcesses(tree, { expand, except: new Set(except), wanted }).places.map(
      (place) => tree.processes[place]?.name ?? '',
    )
  }
  const [root = '', left = ''] = tree.processes.flatMap(({ id, name }) =>
    name === 'root.exe' || name === 'left.exe' ? id : [],
  )
  expect(ids('all', [])).toEqual(['root.exe', 'left.exe', 'leaf.exe', 'right.exe'])
  expect(ids('all', [left])).toEqual(['root.exe', 'left.exe', 'right.exe'])
  expect(ids('none', [])).toEqual(['root.exe'])
  expect(ids('none', [root])).toEqual(['root.exe', 'left.exe', 'right.exe'])
  expect(ids('all', [], 'LEAF')).toEqual(['root.exe', 'left.exe', 'leaf.exe'])
  expect(ids('all', [], '13')).toEqual(['root.exe', 'right.exe'])
  expect(ids('all', [], 'nothing')).toEqual([])
  const visible = visibleProcesses(tree, { expand: 'all', except: new Set(), wanted: null })
  expect(visible.places.map((place, n) => railsOf(tree, visible, place, visible.depths[n] ?? 0))).toEqual([
    '',
    '|',
    '| ',
    ' ',
  ])
  expect(tree.processes.every((one) => !isExpanded(one, { expand: 'none', except: new Set() }))).toBe(true)
})
