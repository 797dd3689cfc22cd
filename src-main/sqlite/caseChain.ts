import { createHash } from 'node:crypto'

/** An entry of the activity of a case, as its table has it. Times in milliseconds. */
export type ChainEntry = {
  case_id: string
  chain: string
  n: number
  id: string
  at: number
  by: string
  act: string
  about: string
  text: string
  changes: string
  previous: string
  hash: string
}

/** Before the first entry of a chain. */
export const CHAIN_START = ''

/** SHA-256, in hex, of everything an entry says and of the entry before it. The order of the parts is the format: never change it. */
export const entryHash = (entry: Omit<ChainEntry, 'hash'>): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        'huntbench-case-activity-1',
        entry.case_id,
        entry.chain,
        entry.n,
        entry.id,
        entry.at,
        entry.by,
        entry.act,
        entry.about,
        entry.text,
        entry.changes,
        entry.previous,
      ]),
    )
    .digest('hex')

export type Broken = { chain: string; n: number; id: string | null; at: number | null; reason: string }

/**
 * The first entry of one chain that does not hold; null: all do. `head` is what was noted of its last entry. Entries come by
 * number; also chains that a stranger wrote.
 */
export function firstBroken(
  chain: string,
  entries: Iterable<ChainEntry>,
  head: { n: number; hash: string } | null,
): Broken | null {
  let [n, previous] = [0, CHAIN_START]
  for (const entry of entries) {
    n++
    const broken = (reason: string): Broken => ({ chain, n: entry.n, id: entry.id, at: entry.at, reason })
    if (entry.n > n) return { chain, n, id: null, at: null, reason: `Entry ${n} is missing.` }
    if (entry.n < n) return broken(`Entry ${entry.n} is there twice, or was put in before the first.`)
    if (entry.previous !== previous) return broken('It does not follow from the entry before it.')
    if (entryHash(entry) !== entry.hash) return broken('It was altered after it was written.')
    if (head && n === head.n && entry.hash !== head.hash) return broken('It is not the entry that was written last.')
    previous = entry.hash
  }
  if (head === null)
    return n === 0 ? null : { chain, n, id: null, at: null, reason: 'The note of its last entry is missing.' }
  if (n < head.n)
    return { chain, n: n + 1, id: null, at: null, reason: `Entries ${n + 1} to ${head.n} were cut off the end.` }
  if (n > head.n)
    return {
      chain,
      n: head.n + 1,
      id: null,
      at: null,
      reason: 'There are entries behind the last one that was written.',
    }
  return null
}
