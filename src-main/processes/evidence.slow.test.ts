import { existsSync, readFileSync } from 'node:fs'
import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { testApp } from '../testing/testApp.ts'

/** Real files that nobody of this project wrote; skipped where they are not there. */
const EVIDENCE = '../shared/evidence'
const TREE = `${EVIDENCE}/msticpy/docs/notebooks/data/process_tree.csv`
const missing = existsSync(TREE) ? false : 'the evidence is not there'

const program = testApp('process-evidence')
const { call } = program

async function huntOf(...paths: string[]): Promise<string> {
  const hunt = await call('hunts.create', { name: 'h' })
  const tickets = []
  for (const path of paths) tickets.push({ ticket: await program.app.files.offer(path) })
  await program.client.finished(
    (await call('datasets.import', { huntId: hunt.id, files: tickets, analyze: false })).jobId,
  )
  return hunt.id
}
const all = async (huntId: string) => {
  const { processes, total } = await call('processes.tree', { huntId, limit: 500 })
  expect(processes).toHaveLength(total)
  return processes
}

test.skipIf(missing)(
  `MSTICPy's process tree is the one in its file: parents by PID, name and time, roles as labelled`,
  async () => {
    const rows = Papa.parse<Record<string, string>>(readFileSync(TREE, 'utf8'), {
      header: true,
      skipEmptyLines: true,
    }).data
    const processes = await all(await huntOf(TREE))
    const byId = new Map(processes.map((one) => [one.id, one]))
    const byRow = new Map(processes.flatMap((one) => one.rows.map(({ row }) => [row, one] as const)))
    expect(byRow.size).toBe(rows.length)

    const cell = (row: Record<string, string> | undefined, name: string): string => row?.[name] ?? ''
    rows.forEach((row, n) => {
      const process = byRow.get(n + 1)
      expect(process?.pid).toBe(Number(cell(row, 'NewProcessId')))
      expect(process?.image).toBe(cell(row, 'NewProcessName'))
      // What the columns of the file say about the parent, and which row of it began last with that PID.
      const parent = byId.get(process?.parentId ?? '')
      expect(parent?.pid).toBe(Number(cell(row, 'ProcessId')))
      expect(parent?.image).toBe(cell(row, 'ParentProcessName'))
      const held = rows
        .filter(
          (one) =>
            cell(one, 'NewProcessId') === cell(row, 'ProcessId') &&
            cell(one, 'TimeGenerated') <= cell(row, 'TimeGenerated'),
        )
        .toSorted((a, b) => (cell(a, 'TimeGenerated') < cell(b, 'TimeGenerated') ? 1 : -1))[0]
      const [told] = parent?.rows ?? []
      expect(told === undefined ? undefined : rows[told.row - 1]).toBe(held)
      expect(parent?.ghost).toBe(held === undefined)
    })

    const roleOf = (role: string) =>
      rows.flatMap((row, n) => (cell(row, 'NodeRole') === role ? (byRow.get(n + 1) ?? []) : []))
    const [source] = roleOf('source')
    const [parent] = roleOf('parent')
    expect(source?.parentId).toBe(parent?.id)
    // The label is by PID alone: the child began two seconds before the source, when its PID was another process.
    const [child] = roleOf('child')
    expect((child?.start ?? '') < (source?.start ?? '')).toBe(true)
    expect(byId.get(child?.parentId ?? '')).toMatchObject({ pid: source?.pid, name: 'powershell.exe' })
    for (const sibling of roleOf('sibling')) expect(sibling.parentId).toBe(parent?.id)
  },
)

test.skipIf(missing)('the same processes in two files are merged, with a row of each', async () => {
  const both = await all(await huntOf(TREE, `${EVIDENCE}/msticpy/docs/notebooks/data/processes_on_host.csv`))
  expect(both.filter(({ ghost }) => !ghost)).toHaveLength(363)
  expect(both.filter(({ rowsTotal }) => rowsTotal === 2)).toHaveLength(117)
})

test.skipIf(missing)(
  'Sysmon and the Security log of one host agree: four rows a process, every one below its parent',
  async () => {
    const processes = await all(
      await huntOf(`${EVIDENCE}/otrf-security-datasets/derived/dev/aptsimulator_cobaltstrike.csv`),
    )
    const told = processes.filter(({ start, ghost }) => start !== null && !ghost)
    expect(told).toHaveLength(37)
    expect(told.filter(({ rowsTotal }) => rowsTotal === 4).length).toBeGreaterThanOrEqual(34)
    expect(told.every(({ link }) => link === 'guid')).toBe(true)
    expect(processes.find(({ commandLine }) => commandLine.startsWith('sc  create'))).toMatchObject({
      user: expect.stringContaining('APT-Simulator'),
    })
  },
)

test.skipIf(missing)('Defender exports make one tree up to the kernel', async () => {
  const huntId = await huntOf(`${EVIDENCE}/msticpy/tests/testdata/mde_proc_cs1.csv`)
  const tree = await call('processes.tree', { huntId, limit: 500, q: 'mshta' })
  expect(tree.all - tree.ghosts).toBe(1_564)
  const mshta = tree.processes.find(({ name, matched }) => matched && name === 'mshta.exe')
  expect(mshta).toMatchObject({ link: 'pid-and-time', guessed: false })
  const { ancestors } = await call('processes.storyline', { huntId, host: tree.host ?? '', id: mshta?.id ?? '' })
  expect(ancestors.map(({ name }) => name)).toEqual(expect.arrayContaining(['explorer.exe', 'WinRAR.exe', 'cmd.exe']))
})
