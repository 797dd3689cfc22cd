import type { Column } from '#contract/datasets'
import { columnTitle, queryName } from './datasetColumns.ts'

/** What is being typed at the caret: a field or word, or the value of a field. `from` to `to` is replaced. */
export type CompletionPlace =
  | { kind: 'field'; typed: string; from: number; to: number }
  | { kind: 'value'; field: string; typed: string; from: number; to: number }

export type Completion = {
  /** What is written in place of what was typed. */
  text: string
  label: string
  section: 'Fields' | 'Values' | 'Operators'
  note: string
}

const SHOWN = 8

/** null where nothing can be completed: inside a phrase, a range or a regular expression. */
export function completionPlace(query: string, caret: number): CompletionPlace | null {
  let start = 0
  let quote = -1
  for (let at = 0; at < caret; at++) {
    const letter = query[at] ?? ''
    if (letter === '\\' && quote >= 0) at++
    else if (letter === '"') quote = quote < 0 ? at : -1
    else if (quote < 0 && /[\s()]/.test(letter)) start = at + 1
  }
  const before = query.slice(start, caret)
  const dash = /^[-!]/.test(before) ? 1 : 0
  const found = /^("[^"]+"|[^\s:"()[\]{}<>/]+):(.*)$/s.exec(before.slice(dash))
  const rest = /^[^\s()]*/.exec(query.slice(caret))?.[0] ?? ''
  const to = caret + (quote < 0 ? rest.length : 0)
  if (found?.[1] !== undefined) {
    const value = found[2] ?? ''
    if (/^[[{/<>]/.test(value)) return null
    const field = found[1].replace(/^"|"$/g, '')
    return { kind: 'value', field, typed: value.replace(/^"|"$/g, ''), from: start + dash, to }
  }
  if (quote >= 0 || /[[\]{}<>/":*?]/.test(before)) return null
  return { kind: 'field', typed: before.slice(dash), from: start + dash, to }
}

const written = (name: string): string => (/^[^\s:"()[\]{}<>=!-][^\s:"()[\]{}<>=]*$/.test(name) ? name : `"${name}"`)

/** Fields and columns whose name holds what was typed, those that begin with it first; and the words that join terms. */
export function fieldCompletions(
  typed: string,
  columns: readonly Column[],
  others: readonly string[] = [],
): Completion[] {
  const wanted = typed.toLowerCase()
  const named = new Map<string, Completion & { filled: number }>()
  for (const column of columns) {
    if (column.name.includes('"')) continue
    const note = `${column.fields.length > 0 ? `${column.header || column.name}, ` : ''}${column.type}`
    const own = queryName(column, columns)
    for (const name of new Set([own, ...column.fields])) {
      const known = named.get(name)
      const more = known ? 'several columns' : note
      named.set(name, {
        text: `${written(name)}:`,
        label: name,
        section: 'Fields',
        note: column.filled === 0 && !known ? 'empty' : more,
        filled: Math.max(known?.filled ?? 0, column.filled),
      })
    }
    if (own !== column.name && !named.has(column.name))
      named.set(column.name, {
        text: `${written(column.name)}:`,
        label: column.name,
        section: 'Fields',
        note: columnTitle(column),
        filled: -1,
      })
  }
  for (const name of others)
    if (!named.has(name))
      named.set(name, { text: `${name}:`, label: name, section: 'Fields', note: 'field', filled: 0 })
  const fields = [...named.values()]
    .filter(({ label }) => label.toLowerCase().includes(wanted))
    .toSorted(
      (a, b) =>
        Number(b.label.toLowerCase().startsWith(wanted)) - Number(a.label.toLowerCase().startsWith(wanted)) ||
        Number(b.filled > 0) - Number(a.filled > 0) ||
        b.filled - a.filled,
    )
    .slice(0, SHOWN)
    .map(({ text, label, section, note }) => ({ text, label, section, note }))
  const words = ['AND', 'OR', 'NOT'].filter((word) => typed === '' || (word.startsWith(typed) && word !== typed))
  return [
    ...fields,
    ...words.map((word): Completion => ({ text: `${word} `, label: word, section: 'Operators', note: '' })),
  ]
}

/** Values of a field with their counts, and the other ways to ask for it. */
export function valueCompletions(
  { field, typed }: { field: string; typed: string },
  column: Column | undefined,
  values: readonly { value: string | number | null; count: number }[],
  countText: (count: number) => string,
): Completion[] {
  const name = written(field)
  const wanted = typed.toLowerCase()
  const found = values
    .flatMap(({ value, count }) => (value === null ? [] : [{ text: String(value), count }]))
    .filter(({ text }) => text.length <= 1_000 && text.toLowerCase().includes(wanted))
    .slice(0, SHOWN)
    .map(({ text, count }): Completion => ({
      text: `${name}:"${text.replace(/[\\"]/g, '\\$&')}" `,
      label: text,
      section: 'Values',
      note: countText(count),
    }))
  const operator = (text: string, note: string): Completion => ({
    text: `${name}:${text}`,
    label: `${name}:${text}`,
    section: 'Operators',
    note,
  })
  const ordered = column?.type === 'integer' || column?.type === 'number' || column?.type === 'time'
  const operators =
    typed === ''
      ? [
          operator('* ', 'has a value'),
          ...(ordered ? [operator('>=', 'from a value on'), operator('[', 'between: [1 TO 5]')] : []),
          ...(ordered ? [] : [operator('/', 'regular expression: /net1?/')]),
        ]
      : /^[\w.@$-]+$/.test(typed)
        ? [operator(`${typed}* `, 'begins with it')]
        : []
  return [...found, ...operators]
}
