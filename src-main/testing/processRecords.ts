import { buildTree } from '../lineage/buildTree.ts'
import type { HostTree, Process } from '../lineage/process.ts'
import type { ParentHint, ProcessRecord } from '../lineage/processRecord.ts'
import { visibleProcesses } from '../lineage/visibleProcesses.ts'

let rows = 0

/** What one row says, with seconds for times. */
export function record(said: Partial<ProcessRecord> & { at?: number | null }): ProcessRecord {
  const { at, ...rest } = said
  const time = at === undefined || at === null ? null : at * 1e6
  const start = (said.kind ?? 'start') === 'start' ? time : null
  return {
    ...{ kind: 'start', source: 'security', dataset: 0, row: ++rows, host: 'ws1', time, start, pid: null, guid: '' },
    ...{ name: '', command: '', user: '', parent: null },
    ...rest,
  }
}

export const parentOf = (hint: Partial<ParentHint>): ParentHint => ({
  ...{ pid: null, guid: '', name: '', command: '', start: null, parent: null },
  ...hint,
})

export const treeOfRecords = (records: readonly ProcessRecord[]): HostTree => buildTree('ws1', 'ws1', records)

/** The tree as text, a line for each process; `?` marks a guess, `+` a parent that nobody recorded. */
export function drawn(tree: HostTree): string[] {
  const { places, depths } = visibleProcesses(tree, { expand: 'all', except: new Set(), wanted: null })
  return places.map((place, n) => {
    const one: Process | undefined = tree.processes[place]
    if (!one) return ''
    const guessed = one.link === 'stated' || one.link === 'pid' || one.link === 'name' ? '?' : ''
    return `${'  '.repeat(depths[n] ?? 0)}${guessed}${one.name} ${one.pid ?? '-'}${one.ghost ? '+' : ''}`
  })
}
