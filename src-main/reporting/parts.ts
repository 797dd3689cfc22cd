import type { Block as Prose } from '../../src-shared/markdownTree.ts'

/** A report as parts that every format can write; texts are plain, nothing in them is markup. */
export type Part =
  | { kind: 'heading'; level: 2 | 3 | 4; text: string }
  | { kind: 'text'; text: string; quiet?: boolean }
  | { kind: 'facts'; facts: [name: string, value: string][] }
  /** `mono`: columns that hold evidence. `widths`: shares of the width. */
  | { kind: 'table'; head: string[]; rows: string[][]; mono: number[]; widths: number[] }
  | { kind: 'picture'; svg: string; says: string }
  | { kind: 'prose'; blocks: Prose[] }

export const heading = (text: string, level: 2 | 3 | 4 = 2): Part => ({ kind: 'heading', level, text })
/** A time as reports write it. */
export const isoText = (iso: string | null): string =>
  iso === null ? 'no time' : iso.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC')
/** The same in a column that says UTC in its head. */
export const atText = (iso: string | null): string => isoText(iso).replace(/ UTC$/, '')
export const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1).replaceAll('-', ' ')
export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`

export const table = (head: string[], widths: number[], mono: number[], rows: string[][]): Part => ({
  kind: 'table',
  head,
  rows,
  mono,
  widths,
})
