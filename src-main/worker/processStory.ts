import { AppError } from '#contract/appError'
import type { Output, Parsed } from '#contract/contract'
import type { StoryEvent } from '#contract/processes'
import { activityOf, activityReading, type ActivityCells } from '../lineage/activityLayout.ts'
import { placeAlive, placeOfId } from '../lineage/findProcess.ts'
import { rowKey, type HostTree } from '../lineage/process.ts'
import { baseName, parseGuid, parsePid, pidTexts } from '../lineage/processRecord.ts'
import { isoOfUsOrNull } from '../sqlite/conditions.ts'
import { cells } from '../sqlite/queries/processes.read.ts'
import type { ReadContext } from './contexts.ts'
import { forestOf, groupTexts, type Forest } from './processForest.ts'
import { answered, processAt } from './processLines.ts'
import { marksOf, type Marks } from './processMarks.ts'
import { treeOf } from './processTree.ts'

/** Rows of activity that are read of one dataset, and descendants that are looked at. */
const ROWS_MAX = 20_000
const BELOW_MAX = 500
/** Ancestors that are answered. */
const ANCESTORS_MAX = 50
/** Texts of events are cut; the row has all of it. */
const TEXT_MAX = 1_000

type Event = Omit<StoryEvent, 'time'> & { us: number | null }

/** What a process did. The rows of activity are read for it alone, not for the tree. AppError 'cancelled', 'not-found'. */
export function storyline(context: ReadContext, asked: Parsed<'processes.storyline'>): Output<'processes.storyline'> {
  const forest = forestOf(context, asked.huntId)
  const marks = marksOf(context, asked.huntId, forest)
  const tree = treeOf(forest, asked.host)
  const place = placeOfId(tree, asked.id)
  if (place < 0) throw new AppError('not-found', `${tree.key} has no process ${asked.id}.`, { id: asked.id })
  const { places, left: descendantsLeft } = placesBelow(tree, place, asked.below)
  const events = places.flatMap((one) => lifeOf(forest, tree, one, marks, asked.below))
  let left = descendantsLeft
  for (const n of forest.datasets.keys()) left += activity(context, forest, n, tree, places, marks, events)
  events.sort((a, b) => (a.us ?? Infinity) - (b.us ?? Infinity) || (a.row ?? 0) - (b.row ?? 0))

  const kindCounts: Record<string, number> = {}
  for (const { kind } of events) kindCounts[kind] = (kindCounts[kind] ?? 0) + 1
  const wanted = asked.kinds === undefined ? events : events.filter(({ kind }) => asked.kinds?.includes(kind))
  return {
    process: answered(forest, tree, place, marks),
    ancestors: ancestorsOf(tree, place).map((one) => answered(forest, tree, one, marks)),
    events: wanted
      .slice(asked.offset, asked.offset + asked.limit)
      .map(({ us, ...event }) => ({ time: isoOfUsOrNull(us), ...event })),
    total: wanted.length,
    kindCounts,
    left,
  }
}

function placesBelow(tree: HostTree, place: number, below: boolean): { places: number[]; left: number } {
  if (!below) return { places: [place], left: 0 }
  const places: number[] = []
  const open = [place]
  for (let next = open.shift(); next !== undefined && places.length < BELOW_MAX; next = open.shift()) {
    places.push(next)
    open.push(...processAt(tree, next).children)
  }
  return { places, left: processAt(tree, place).below + 1 - places.length }
}

function ancestorsOf(tree: HostTree, place: number): number[] {
  const up: number[] = []
  for (let at = processAt(tree, place).parent; at >= 0 && up.length < ANCESTORS_MAX; at = processAt(tree, at).parent)
    up.unshift(at)
  return up
}

/** Start and end of a process, and the starts of its children. With descendants each start is told once. */
function lifeOf(forest: Forest, tree: HostTree, place: number, marks: Marks, below: boolean): Event[] {
  const one = processAt(tree, place)
  const event = (
    kind: 'start' | 'end' | 'child',
    us: number | null,
    title: string,
    of: number,
    text: string,
  ): Event => {
    const about = processAt(tree, of)
    const [told] = kind === 'end' ? about.rows.slice(-1) : about.rows
    return {
      ...{ us, kind, title, text: text.slice(0, TEXT_MAX), guessed: false },
      datasetId: told ? (forest.datasets[told.dataset]?.id ?? null) : null,
      row: told?.row ?? null,
      processId: about.id,
      processName: baseName(about.name),
      alerts: told ? (marks.rows.get(rowKey(told.dataset, told.row)) ?? null) : null,
    }
  }
  const events: Event[] = []
  if (one.start !== null) events.push(event('start', one.start, 'Started', place, one.command || one.name))
  if (one.end !== null) events.push(event('end', one.end, 'Ended', place, one.name))
  if (below) return events
  return events.concat(
    one.children.map((child) => {
      const { start, seen, command, name } = processAt(tree, child)
      return event('child', start ?? seen, 'Started a process', child, command || name)
    }),
  )
}

/** Adds what rows of one dataset say that processes did; answers how many rows were not looked at. */
function activity(
  context: ReadContext,
  forest: Forest,
  n: number,
  tree: HostTree,
  places: readonly number[],
  marks: Marks,
  events: Event[],
): number {
  const dataset = forest.datasets[n]
  const reading = dataset?.columns ? activityReading(dataset.columns, dataset.readings) : null
  if (!dataset || !reading) return 0
  const handle = context.datasets.open(dataset.id)
  const { not, ...groups } = reading
  const texts = groupTexts(handle, groups)
  const of = new Set(places)
  const pids = new Set(places.flatMap((place) => processAt(tree, place).pid ?? []))
  const guids = places.flatMap((place) => processAt(tree, place).guids)
  const any = [
    { columns: reading.pid, texts: [...pids].flatMap(pidTexts) },
    { columns: reading.guid, texts: guids.flatMap((guid) => [guid, `{${guid}}`]) },
  ].filter((group) => group.texts.length > 0 && group.columns.length > 0)
  if (any.length === 0) return 0
  let [read, left] = [0, 0]
  for (const row of cells(handle, { columns: texts.columns, instants: [], only: not, once: false, any })) {
    const text = texts.of(row)
    if (forest.keyOf(text('host'), n) !== tree.key) continue
    const us = typeof row[1] === 'number' ? row[1] : null
    const guid = parseGuid(text('guid'))
    const place = placeAlive(tree, { pid: parsePid(text('pid')), guid, at: us })
    if (!of.has(place)) continue
    if (read++ >= ROWS_MAX) {
      left += 1
      continue
    }
    const number = Number(row[0])
    const about = processAt(tree, place)
    const told = activityOf(cellsOf(text))
    events.push({
      ...{
        us,
        kind: told.kind,
        title: told.title,
        text: told.text.slice(0, TEXT_MAX),
        datasetId: dataset.id,
        row: number,
      },
      ...{ processId: about.id, processName: baseName(about.name), guessed: guid === '' && us === null },
      alerts: marks.rows.get(rowKey(n, number)) ?? null,
    })
  }
  return left
}

function cellsOf(text: (what: keyof ActivityCells) => string): ActivityCells {
  return {
    ...{ pid: text('pid'), guid: text('guid'), host: text('host'), name: text('name'), event: text('event') },
    ...{ type: text('type'), address: text('address'), port: text('port'), domain: text('domain'), file: text('file') },
    ...{ key: text('key'), value: text('value'), module: text('module'), target: text('target'), pipe: text('pipe') },
    description: text('description'),
  }
}
