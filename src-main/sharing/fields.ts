import { mergeElements } from './mergeElements.ts'

/** Who wrote a value and when, in milliseconds. `by` names a workspace; '' stands for the moment a record was created. */
export type Stamp = { at: number; by: string }
export type Sibling = Stamp & { value: unknown }

/**
 * One field of a record that travels. `siblings`: the values nobody has replaced knowingly, newest first; more than one means
 * that people changed it without knowing of each other. `seen`: by workspace, the time of the last change that went into this.
 */
export type Field = { siblings: readonly Sibling[]; seen: Readonly<Record<string, number>> }

/** How a field that two people changed is merged: the newer value holds, both texts are kept, or elements of maps are put together. */
export type MergeRule = 'newer' | 'both' | 'elements'

/** What stands between two texts that were both kept. */
export const BETWEEN = '\n\n'

const sameStamp = (a: Stamp, b: Stamp): boolean => a.at === b.at && a.by === b.by

/** Whether whoever wrote a field with this `seen` knew of that change. What a record was created with is known to everybody who changed it. */
const knows = (seen: Field['seen'], { at, by }: Stamp): boolean =>
  by === '' ? Object.keys(seen).length > 0 : Object.hasOwn(seen, by) && (seen[by] ?? 0) >= at

/** Newest first; a total order, so that it is the same whoever merges. */
function newestFirst(a: Sibling, b: Sibling): number {
  if (a.at !== b.at) return b.at - a.at
  if (a.by !== b.by) return a.by < b.by ? 1 : -1
  const [left, right] = [JSON.stringify(a.value), JSON.stringify(b.value)]
  return left === right ? 0 : left < right ? 1 : -1
}

/** A field that was never changed since its record was created. */
export const untouched = (value: unknown, createdAt: number): Field => ({
  siblings: [{ at: createdAt, by: '', value }],
  seen: {},
})

/**
 * Two states of one field as one. What one side had seen and replaced goes; what was written without knowing of the other
 * stays. It does not matter in which order, how often or in which groups states are merged.
 */
export function mergeField(a: Field, b: Field): Field {
  const kept: Sibling[] = []
  const keep = (from: Field, other: Field): void => {
    for (const sibling of from.siblings)
      if (other.siblings.some((same) => sameStamp(same, sibling)) || !knows(other.seen, sibling)) kept.push(sibling)
  }
  keep(a, b)
  keep(b, a)
  kept.sort(newestFirst)
  // One stamp stands for one value. Records that were made apart (the same alert, found twice) may disagree: the first holds.
  const siblings = kept.filter((sibling, n) => !kept.slice(0, n).some((before) => isOneWith(before, sibling)))
  const seen: Record<string, number> = { ...a.seen }
  for (const [by, at] of Object.entries(b.seen)) seen[by] = Math.max(seen[by] ?? 0, at)
  return { siblings, seen: sortedByKey(seen) }
}

/** What stands from the creation is one state, however many workspaces created it. */
const isOneWith = (a: Stamp, b: Stamp): boolean => (a.by === '' && b.by === '') || sameStamp(a, b)

const sortedByKey = (seen: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(seen).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))

/** Whether people gave the field different values without knowing of each other. */
export function isContested({ siblings }: Field): boolean {
  const [first, ...rest] = siblings
  return rest.some(({ value }) => JSON.stringify(value) !== JSON.stringify(first?.value))
}

/** The value that holds. */
export function valueOf({ siblings }: Field, rule: MergeRule): unknown {
  const newest = siblings[0]?.value ?? null
  if (rule === 'newer' || !siblings.every(({ value }) => typeof value === 'string')) return newest
  if (rule === 'elements')
    return siblings.length === 1 ? newest : mergeElements(siblings.map(({ value }) => String(value)))
  // In the order in which they were written; a text that is part of another would stand there twice.
  const texts = siblings.map(({ value }) => String(value)).reverse()
  const kept = texts.filter((text, n) => !texts.some((other, m) => m !== n && holds(other, text, m < n)))
  return kept.join(BETWEEN)
}

const holds = (other: string, text: string, before: boolean): boolean =>
  other === text ? before : other.includes(text)

/** Somebody decided: this value holds, and whoever decided knew of all the others. */
export function decide(field: Field, value: unknown, stamp: Stamp): Field {
  const at = Math.max(
    stamp.at,
    ...Object.values(field.seen).map((seen) => seen + 1),
    ...field.siblings.map((one) => one.at + 1),
  )
  const seen = Object.fromEntries(field.siblings.map((sibling) => [sibling.by, sibling.at]))
  delete seen['']
  return {
    siblings: [{ at, by: stamp.by, value }],
    seen: mergeField({ siblings: [], seen: field.seen }, { siblings: [], seen: { ...seen, [stamp.by]: at } }).seen,
  }
}
