import { AppError } from '#contract/appError'
import type { Column } from '#contract/datasets'
import { partOf, partTable, quoteName } from '../importer/datasetFile.ts'
import type { Term } from './words.ts'

/** A condition on `rows`, with the values bound to it, in order. */
export type RowCondition = { text: string; values: string[] }

// Between the cells of a row when every cell is searched at once; a control character that no evidence text needs.
const BETWEEN = 'char(31)'

const likePattern = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/** Columns that a typed name means: a column or header of that name, or else the columns that feed the field. */
function columnsNamed(name: string, columns: readonly Column[]): Column[] {
  const wanted = name.toLowerCase()
  const byName = columns.filter(
    (column) => column.name.toLowerCase() === wanted || column.header.toLowerCase() === wanted,
  )
  return byName.length > 0 ? byName : columns.filter((column) => column.fields.some((field) => field === wanted))
}

/** Compiles terms to a WHERE text over a dataset file. Column names are quoted, every value is bound. AppError 'invalid-input' for an unknown column. */
export function compileWords(terms: readonly Term[], columns: readonly Column[]): RowCondition {
  const parts: string[] = []
  const values: string[] = []
  for (const term of terms) {
    const looked = term.field === null ? [...columns] : columnsNamed(term.field, columns)
    if (looked.length === 0 && term.field !== null) {
      throw new AppError('invalid-input', `This dataset has no column or field ${term.field}.`, {
        path: 'q',
        column: term.field,
      })
    }
    const found = byPart(looked).map(({ part, columns: inPart }) => {
      const condition = conditionOn(term, inPart, values)
      return part === 0 ? condition : `_row IN (SELECT _row FROM ${partTable(part)} WHERE ${condition})`
    })
    // A NULL cell makes a comparison NULL, and NOT NULL is not true: so nothing found counts as false.
    const any = `coalesce((${found.length === 0 ? '0' : found.join(' OR ')}), 0)`
    parts.push(term.negated ? `NOT ${any}` : any)
  }
  return { text: parts.length === 0 ? '1' : parts.join(' AND '), values }
}

function conditionOn(term: Term, columns: readonly Column[], values: string[]): string {
  const names = columns.map((column) => quoteName(column.name))
  if (term.match === 'exists') return names.map((name) => `${name} IS NOT NULL`).join(' OR ')
  if (term.match === 'equals') {
    return names
      .map((name) => {
        values.push(term.text)
        return `CAST(${name} AS TEXT) = ? COLLATE NOCASE`
      })
      .join(' OR ')
  }
  values.push(likePattern(term.text))
  const cells = names.length === 1 ? names[0] : `concat_ws(${BETWEEN}, ${names.join(', ')})`
  return `${cells} LIKE ? ESCAPE '\\'`
}

function byPart(columns: readonly Column[]): { part: number; columns: Column[] }[] {
  const parts = new Map<number, Column[]>()
  for (const column of columns) {
    const part = partOf(column.position)
    parts.set(part, [...(parts.get(part) ?? []), column])
  }
  return [...parts].map(([part, inPart]) => ({ part, columns: inPart }))
}
