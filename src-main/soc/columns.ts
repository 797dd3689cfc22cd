import { z } from 'zod'
import type { Cell } from '#contract/soc'
import type { CellKind } from '#contract/values'

/** Columns of a part: name in the answer of the server, to what it is; with a title where the name does not say it. */
export type Columns = Readonly<Record<string, CellKind | { kind: CellKind; title: string }>>
export type Row = Record<string, Cell>

export const kindOf = (column: Columns[string]): CellKind => (typeof column === 'string' ? column : column.kind)

/** `anomaly_score` is "Anomaly score". */
export function titleOf(name: string, column: Columns[string]): string {
  if (typeof column !== 'string') return column.title
  const words = name.replaceAll('_', ' ').replace(/\b(ip|ja4|asn|ua|h2|tls|http)\b/gi, (word) => word.toUpperCase())
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Characters of one text that are handed on. */
export const TEXT_MAX = 8_192
/** Values of one list that are handed on. */
const LIST_MAX = 200

const scalar = z.union([z.string(), z.number()])
// A 64-bit integer beyond a double comes as text; NaN and infinity as null.
const figure = z.union([z.number(), z.string().regex(/^-?\d+$/), z.null()])
const word = z.union([z.string(), z.number().transform(String), z.boolean().transform(String), z.null()])
const words = z.union([z.array(z.union([scalar, z.null()])), z.null()])

/** `::ffff:10.0.0.1` is shown as it is meant. */
export const plainAddress = (text: string): string => text.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')

const schemas: Readonly<Record<CellKind, z.ZodType<Cell>>> = {
  ...{ text: word, host: word, ja4: word, level: word, country: word, asn: word, time: word },
  ...{ number: figure, percent: figure, campaign: figure },
  address: word.transform((value) => (value === null ? null : plainAddress(value))),
  flag: z.union([z.boolean(), z.number().transform((value) => value !== 0), z.null()]),
  ...{ list: listOf((value) => value), ja4s: listOf((value) => value), addresses: listOf(plainAddress) },
}

function listOf(shown: (text: string) => string): z.ZodType<Cell> {
  return words.transform((all) =>
    (all ?? []).flatMap((one) => (one === null ? [] : [typeof one === 'string' ? shown(one) : one])).slice(0, LIST_MAX),
  )
}

/** The rows of an answer by what the part says its columns are; texts of at most `longest`. Throws a sentence where the answer is otherwise. */
export function readRows(
  columns: Columns,
  names: readonly string[],
  rows: readonly unknown[][],
  longest: number = TEXT_MAX,
): { rows: Row[]; cutTexts: number } {
  const wanted = Object.entries(columns).map(([name, column]) => {
    const at = names.indexOf(name)
    if (at < 0) throw new Error(`The answer has no column ${name}.`)
    return { name, at, schema: schemas[kindOf(column)] }
  })
  let cutTexts = 0
  const cut = (value: Cell): Cell => {
    if (Array.isArray(value))
      return value.map((one) => (typeof one === 'string' && one.length > longest ? short(one) : one))
    return typeof value === 'string' && value.length > longest ? short(value) : value
  }
  const short = (text: string): string => {
    cutTexts += 1
    return `${text.slice(0, TEXT_MAX)}…`
  }
  const read = rows.map((cells) => {
    const row: Row = {}
    for (const { name, at, schema } of wanted) {
      const parsed = schema.safeParse(cells[at])
      if (!parsed.success) throw new Error(`The answer holds something else than expected in ${name}.`)
      row[name] = cut(parsed.data)
    }
    return row
  })
  return { rows: read, cutTexts }
}
