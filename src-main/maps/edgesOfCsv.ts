import Papa from 'papaparse'
import type { MapIcon } from '#contract/values'
import { mapIcons } from '#contract/values'

/** Refused lines that are named. */
const REFUSED_MAX = 100
const LABEL_MAX = 300

export type ReadEdge = { from: string; to: string; label: string; count: number | null; bytes: number | null }
export type ReadEdges = {
  edges: ReadEdge[]
  /** What each end is drawn as, where the text says so. */
  icons: Map<string, MapIcon>
  refused: { line: number; reason: string }[]
  refusedTotal: number
}

const COLUMNS = {
  from: ['source', 'from', 'src', 'src_ip'],
  to: ['target', 'to', 'dst', 'dst_ip', 'destination'],
  label: ['label', 'name'],
  count: ['count', 'weight', 'rows'],
  bytes: ['bytes'],
  fromType: ['source_type', 'from_type', 'sourcetype'],
  toType: ['target_type', 'to_type', 'targettype'],
} as const

/** Reads edges from CSV text, the delimiter as it is found. Without a header that names both ends the first two columns are they. */
export function edgesOfCsv(text: string, most: number): ReadEdges {
  const { data } = Papa.parse<string[]>(text.replace(/^\ufeff/, ''), { skipEmptyLines: 'greedy' })
  const [head = []] = data
  const names = head.map((name) => name.trim().toLowerCase())
  const at = (what: keyof typeof COLUMNS): number =>
    names.findIndex((name) => COLUMNS[what].some((known) => known === name))
  const headed = at('from') >= 0 && at('to') >= 0
  const places = headed
    ? {
        from: at('from'),
        to: at('to'),
        label: at('label'),
        count: at('count'),
        bytes: at('bytes'),
        fromType: at('fromType'),
        toType: at('toType'),
      }
    : { from: 0, to: 1, label: 2, count: -1, bytes: -1, fromType: -1, toType: -1 }
  const found: ReadEdges = { edges: [], icons: new Map(), refused: [], refusedTotal: 0 }
  const refuse = (line: number, reason: string): void => {
    found.refusedTotal += 1
    if (found.refused.length < REFUSED_MAX) found.refused.push({ line, reason })
  }
  data.forEach((cells, n) => {
    if (headed && n === 0) return
    const cell = (place: number): string => (cells[place] ?? '').trim()
    const [from, to] = [cell(places.from).slice(0, LABEL_MAX), cell(places.to).slice(0, LABEL_MAX)]
    if (from === '' || to === '') return refuse(n + 1, 'An end is missing.')
    if (from === to) return refuse(n + 1, 'Both ends are the same.')
    if (found.edges.length >= most) return refuse(n + 1, `Only ${most} edges are taken at once.`)
    for (const [end, type] of [
      [from, cell(places.fromType)],
      [to, cell(places.toType)],
    ] as const) {
      const icon = mapIcons.find((known) => known === type.toLowerCase())
      if (icon) found.icons.set(end, icon)
    }
    found.edges.push({
      from,
      to,
      label: cell(places.label).slice(0, LABEL_MAX),
      count: whole(cell(places.count)),
      bytes: whole(cell(places.bytes)),
    })
  })
  return found
}

function whole(text: string): number | null {
  const number = Number(text)
  return text !== '' && Number.isSafeInteger(number) && number >= 0 ? number : null
}
