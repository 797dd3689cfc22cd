import type { GridColumn } from '../../grid/gridColumn.ts'
import { EntityMark } from '../../ui/EntityMark.tsx'
import { VerdictMark } from '../../ui/VerdictMark.tsx'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { formatTimeBare, zoneLabel, type Zone } from '../../ui/formatTime.ts'
import { kindEntity, kindTitle } from './correlateParams.ts'
import { heatOf } from './heat.ts'
import { countsBy, spanOf, type MatrixRow, type Thing } from './things.ts'
import type { Answer } from './useCorrelation.ts'

const thingOf = (row: MatrixRow): Thing | null => (row.is === 'thing' ? row.thing : null)

function label(row: MatrixRow) {
  if (row.is === 'kind') {
    const entity = kindEntity(row.kind)
    return (
      <span className="with-mark matrix-kind">
        {entity && <EntityMark type={entity} size={12} />}
        {kindTitle[row.kind]} <span className="t3">{formatCount(row.total)}</span>
      </span>
    )
  }
  if (row.is === 'more')
    return (
      <span className="matrix-more">
        {formatCount(row.shown)} of {formatCount(row.total)} shown. Enter shows all.
      </span>
    )
  const { thing } = row
  const entity = kindEntity(thing.kind)
  return (
    <span className="with-mark">
      {entity && <EntityMark type={entity} size={12} />}
      <span className={`clip${thing.kind === 'technique' ? '' : ' mono'}`}>
        {thing.label}
        {thing.note && ` ${thing.note}`}
      </span>
    </span>
  )
}

const thingColumn = (title: string): GridColumn<MatrixRow> => ({
  id: 'thing',
  title,
  width: 212,
  grow: 2,
  pinned: true,
  render: label,
  text: (row) =>
    row.is === 'thing'
      ? `${row.thing.label}${row.thing.note ? ` ${row.thing.note}` : ''}`
      : row.is === 'kind'
        ? kindTitle[row.kind]
        : '',
})
const verdictColumn: GridColumn<MatrixRow> = {
  id: 'verdict',
  title: 'Verdict',
  width: 92,
  pinned: true,
  render: (row) => {
    const verdict = thingOf(row)?.verdict
    return verdict ? <VerdictMark verdict={verdict} /> : ''
  },
  text: (row) => thingOf(row)?.verdict ?? '',
}

/** A column for each hunt (or dataset) that is compared, shaded by order of magnitude. */
export function matrixColumns({
  by,
  hunts,
  datasets,
}: Pick<Answer, 'by' | 'hunts' | 'datasets'>): GridColumn<MatrixRow>[] {
  const counts = new WeakMap<Thing, Map<string, number>>()
  const countIn = (row: MatrixRow, id: string): number => {
    const thing = thingOf(row)
    if (!thing) return 0
    const known = counts.get(thing) ?? countsBy(thing, by)
    counts.set(thing, known)
    return known.get(id) ?? 0
  }
  const compared = by === 'hunts' ? hunts : datasets
  const noun = by === 'hunts' ? 'hunts' : 'datasets'
  return [
    thingColumn(`Shared by two or more ${noun}`),
    verdictColumn,
    ...compared.map(({ id, name, rows }): GridColumn<MatrixRow> => ({
      id,
      title: name,
      subtitle: formatNoun(rows, 'row'),
      width: 86,
      // A name of a hunt in one line; beside few hunts the thing gets the room instead.
      grow: 1,
      align: 'right',
      render: (row) => {
        if (row.is !== 'thing') return ''
        const count = countIn(row, id)
        return count === 0 ? (
          <span className="heat-none">·</span>
        ) : (
          <span className={`heat heat-${heatOf(count)}`}>{formatCount(count)}</span>
        )
      },
      text: (row) => (row.is === 'thing' ? String(countIn(row, id)) : ''),
    })),
  ]
}

/** The same as a table: a line for each thing. */
export function tableColumns(zone: Zone): GridColumn<MatrixRow>[] {
  const of = (
    id: string,
    title: string,
    width: number,
    text: (thing: Thing) => string,
    more: Partial<GridColumn<MatrixRow>> = {},
  ): GridColumn<MatrixRow> => ({
    ...{ id, title, width },
    render: (row) => {
      const thing = thingOf(row)
      return thing ? text(thing) : ''
    },
    ...more,
  })
  const time = (iso: string | null) => (iso === null ? 'no time' : formatTimeBare(iso, zone))
  return [
    { ...thingColumn('Shared'), width: 280 },
    verdictColumn,
    of('type', 'Type', 86, ({ type, kind }) => type ?? kind),
    of('count', 'Times', 76, ({ count }) => formatCount(count), { align: 'right' }),
    of('hunts', 'Hunts', 64, ({ places }) => formatCount(new Set(places.map(({ huntId }) => huntId)).size), {
      align: 'right',
    }),
    of(
      'datasets',
      'Datasets',
      76,
      ({ places }) => formatCount(new Set(places.map(({ datasetId }) => datasetId)).size),
      { align: 'right' },
    ),
    of('noise', 'Noise', 120, ({ noise, scope }) =>
      [...noise, ...(scope && scope !== 'public' && scope !== 'private' ? [scope] : [])].join(', '),
    ),
    of(
      'names',
      'Names, columns',
      200,
      ({ names, places }) => (names.length > 0 ? names : [...new Set(places.flatMap(({ words }) => words))]).join(', '),
      { mono: true },
    ),
    of('first', 'First', 172, ({ places }) => time(spanOf(places).first), { mono: true, subtitle: zoneLabel(zone) }),
    of('last', 'Last', 172, ({ places }) => time(spanOf(places).last), { mono: true, subtitle: zoneLabel(zone) }),
  ]
}
