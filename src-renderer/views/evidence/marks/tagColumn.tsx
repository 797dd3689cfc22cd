import type { GridColumn, GridLayout } from '../../../grid/gridColumn.ts'
import { ROW_COLUMN } from '../columnsParam.ts'
import type { MarkedRow } from './markedRows.ts'
import { colourOf, tagWord } from './rowTagText.ts'
import { TagMark } from './TagMark.tsx'

/** Id of the column that says what analysts think of a row. It is no column of the file and not in the URL. */
export const TAG_COLUMN = 'tag'

const tagColumn: GridColumn<MarkedRow> = {
  id: TAG_COLUMN,
  title: 'tag',
  subtitle: 'and notes',
  hint: 'What analysts said about the row: its tag, and how many notes',
  width: 116,
  pinned: true,
  render: ({ mark }) => {
    if (!mark) return ''
    const { tag, colour, annotationTotal } = mark
    return (
      <>
        <TagMark tag={tag} colour={colour} />
        {annotationTotal > (tag === null ? 1 : 0) && <span className="num-note"> · {annotationTotal}</span>}
      </>
    )
  },
  text: ({ mark }) => (mark ? (mark.tag === null ? 'note' : tagWord(mark.tag)) : ''),
}

/** The bar and tint of a row. */
export const toneOfRow = ({ mark }: MarkedRow): string | undefined => mark && colourOf(mark)

/** The columns of the grid with the tags behind the row number. */
export const withTagColumn = (columns: readonly GridColumn<MarkedRow>[]): GridColumn<MarkedRow>[] =>
  columns.flatMap((column) => (column.id === ROW_COLUMN ? [column, tagColumn] : [column]))

const insert = (ids: readonly string[]): string[] => ids.flatMap((id) => (id === ROW_COLUMN ? [id, TAG_COLUMN] : [id]))

export const withTagLayout = (layout: GridLayout, hidden: boolean): GridLayout => ({
  ...layout,
  order: insert(layout.order),
  pinned: insert(layout.pinned),
  hidden: hidden ? [...layout.hidden, TAG_COLUMN] : layout.hidden,
})

const others = (ids: readonly string[]): string[] => ids.filter((id) => id !== TAG_COLUMN)

export const withoutTagLayout = (layout: GridLayout): GridLayout => ({
  ...layout,
  order: others(layout.order),
  pinned: others(layout.pinned),
  hidden: others(layout.hidden),
})
