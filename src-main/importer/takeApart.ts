import { packedPairs } from './packedPairs.ts'
import type { ProfileSplit } from './profiles.ts'

type Split = Pick<ProfileSplit, 'how' | 'between'>
/** What a packed column gives: each key with how many cells have it and its first value. */
export type TakenApart = {
  how: Split['how']
  between: string
  parts: { key: string; cells: number; example: string }[]
  /** Cells with at least one key. */
  taken: number
  /** Keys. */
  total: number
}

/** What may stand between two pairs, most telling first: of those that give the same the longest counts. */
const BETWEEN = [' ¦ ', ' | ', '; ', ', ', '\r\n', '\n', '\t', '|', ';', ',', '&']
/** Cells by which it is guessed. */
const LOOKED_AT = 50
/** Share of the filled cells that must hold a key, or the column is not packed. */
const PACKED_SHARE = 0.5
/** Characters of a value that are shown. */
const EXAMPLE_MAX = 300
/** Keys that are told; the others are counted. */
const PARTS_MAX = 500
/** Characters of a cell by which it is guessed. */
const GUESSED_BY = 4_000
/** A key that a tool writes; others are text that only looks like one. */
const KEY = /^[\p{L}_@#$][\p{L}\p{N} _.@#$/()-]{0,39}$/u

/** Takes cells of a packed column apart; what is left out is guessed. `null`: they do not look packed. */
export function takeApart(
  cells: readonly string[],
  how: Split['how'] | undefined,
  between: string | undefined,
): TakenApart | null {
  const filled = cells.filter((cell) => cell !== '')
  const found =
    how === 'json'
      ? { how, between: '' }
      : how !== undefined && between
        ? { how, between }
        : (bestSplit(filled.slice(0, LOOKED_AT), how) ?? (how === undefined ? null : { how, between: ',' }))
  if (found === null) return null
  const { parts, taken } = partsOf(filled, found)
  return { ...found, taken, total: parts.length, parts: parts.slice(0, PARTS_MAX) }
}

function partsOf(cells: readonly string[], split: Split): Pick<TakenApart, 'parts' | 'taken'> {
  const pairs = packedPairs(split)
  const parts = new Map<string, { cells: number; example: string }>()
  let taken = 0
  for (const cell of cells) {
    const own = new Map<string, string>()
    pairs(cell, (key, value) => {
      if (value !== '' && !own.has(key)) own.set(key, value)
    })
    if (own.size > 0) taken++
    for (const [key, value] of own) {
      const part = parts.get(key)
      if (part) part.cells++
      else parts.set(key, { cells: 1, example: value.slice(0, EXAMPLE_MAX) })
    }
  }
  return { parts: [...parts].map(([key, part]) => ({ key, ...part })), taken }
}

function bestSplit(cells: readonly string[], how: Split['how'] | undefined): Split | null {
  if (how === undefined && cells.some((cell) => /^\s*[{[]/.test(cell))) {
    const { taken } = partsOf(cells, { how: 'json', between: '' })
    if (taken >= cells.length * PACKED_SHARE) return { how: 'json', between: '' }
  }
  const beginnings = cells.map((cell) => cell.slice(0, GUESSED_BY))
  const best = bestOf(beginnings, how, BETWEEN)
  // Values hold blanks: they part pairs only where nothing else does.
  const found = best?.several ? best : (bestOf(beginnings, how, [' ']) ?? best)
  return found?.split ?? null
}

type Guess = { split: Split; pairs: number; several: boolean }

function bestOf(cells: readonly string[], how: Split['how'] | undefined, betweens: readonly string[]): Guess | null {
  let best: Guess | null = null
  for (const sort of how === undefined ? (['key: value', 'key=value'] as const) : [how]) {
    for (const between of betweens) {
      const split: Split = { how: sort, between }
      const { parts, taken } = partsOf(cells, split)
      if (taken === 0 || taken < cells.length * PACKED_SHARE || parts.some(({ key }) => !KEY.test(key))) continue
      const pairs = parts.reduce((sum, part) => sum + part.cells, 0)
      if (!best || pairs > best.pairs) best = { split, pairs, several: pairs > taken }
    }
  }
  return best
}
