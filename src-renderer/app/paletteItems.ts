import type { Output } from '#contract/contract'
import type { Command } from '../state/commands.ts'
import { link } from '../state/places.ts'
import { navigate } from '../state/route.ts'
import { formatNoun } from '../ui/formatNumber.ts'
import { fuzzy } from './fuzzy.ts'

export type PaletteItem = {
  id: string
  section: string
  title: string
  detail?: string
  keys?: string
  run: () => void
  places: number[]
}

/** More than these of one section are not looked at by anybody. */
const SECTION_MAX = 8

type Sources = {
  commands: readonly Command[]
  hunts: Output<'hunts.list'>['hunts']
  datasets: Output<'datasets.list'>['datasets']
  hunt: string | null
}

const plain = (sources: Sources): Omit<PaletteItem, 'places'>[] => [
  ...sources.commands
    .filter(({ palette, when }) => palette !== false && (when?.() ?? true))
    .map((command) => ({
      id: command.id,
      section: command.group === 'Go to' ? 'Go to' : 'Commands',
      title: command.title,
      run: command.run,
      ...(command.keys ? { keys: command.keys } : {}),
      ...(command.detail ? { detail: command.detail } : {}),
    })),
  ...sources.hunts
    .filter(({ id }) => id !== sources.hunt)
    .map((hunt) => ({
      id: hunt.id,
      section: 'Hunts',
      title: hunt.name,
      detail: formatNoun(hunt.datasets, 'dataset'),
      run: () => navigate(link.overview(hunt.id)),
    })),
  ...sources.datasets.map((dataset) => ({
    id: dataset.id,
    section: 'Datasets',
    title: dataset.name,
    detail: [sources.hunts.find(({ id }) => id === dataset.huntId)?.name, formatNoun(dataset.rows, 'row')]
      .filter(Boolean)
      .join(' · '),
    run: () => navigate(link.rows(dataset.huntId, { ds: dataset.id })),
  })),
]

/** The typed words as a search: in the alerts of the hunt, and in the rows of each of its datasets, the largest first. */
function searches(words: string, { datasets, hunt }: Sources): PaletteItem[] {
  if (hunt === null || words === '') return []
  const own = datasets
    .filter(({ huntId, state, duplicateOf }) => huntId === hunt && state === 'ready' && duplicateOf === null)
    .toSorted((a, b) => b.rows - a.rows)
  const item = (id: string, title: string, detail: string, href: string): PaletteItem => ({
    id: `search ${id}`,
    section: `Search for ${words}`,
    title,
    detail,
    run: () => navigate(href),
    places: [],
  })
  return [
    item('alerts', 'Alerts', 'title, host, user, tag or evidence', link.alerts(hunt, { q: words })),
    ...(own.length > 0
      ? [item('timeline', 'Timeline', 'rows of every dataset by time', link.timeline(hunt, { q: words }))]
      : []),
    ...own.map(({ id, name, rows }) =>
      item(id, `Rows of ${name}`, formatNoun(rows, 'row'), link.rows(hunt, { ds: id, q: words })),
    ),
  ]
}

/** What the palette lists for what was typed: best first within each section, the section with the best item first, searches last. */
export function paletteItems(query: string, sources: Sources): PaletteItem[] {
  const found = plain(sources).flatMap((item) => {
    const match = fuzzy(query, item.title)
    return match ? [{ ...item, places: match.places, score: match.score }] : []
  })
  const typed = query.trim() !== ''
  if (typed) found.sort((a, b) => b.score - a.score)
  const order = typed ? [...new Set(found.map(({ section }) => section))] : ['Go to', 'Commands', 'Hunts', 'Datasets']
  return [
    ...order.flatMap((section) =>
      found.filter((item) => item.section === section).slice(0, typed ? SECTION_MAX : undefined),
    ),
    ...searches(query.trim(), sources),
  ]
}
