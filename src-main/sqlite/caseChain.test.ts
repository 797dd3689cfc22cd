import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CHAIN_START, type ChainEntry, entryHash, firstBroken } from './caseChain.ts'

const said = fc.record({
  id: fc.uuid(),
  at: fc.integer({ min: 0, max: 4e12 }),
  by: fc.string(),
  act: fc.constantFrom('created', 'changed', 'linked'),
  about: fc.string(),
  text: fc.string({ unit: 'binary' }),
  changes: fc.json(),
})
const chains = fc.array(said, { minLength: 1, maxLength: 12 }).map((all) => {
  let previous = CHAIN_START
  return all.map((one, index): ChainEntry => {
    const entry = { case_id: 'c', chain: 'w', n: index + 1, ...one, previous }
    previous = entryHash(entry)
    return { ...entry, hash: previous }
  })
})
const headOf = (entries: ChainEntry[]): { n: number; hash: string } => {
  const last = entries.at(-1)
  return { n: last?.n ?? 0, hash: last?.hash ?? '' }
}
const brokenAt = (entries: ChainEntry[], head: ChainEntry[]): number | null =>
  firstBroken('w', entries, headOf(head))?.n ?? null

describe('the chain of a case', () => {
  it('holds as it was written', () => {
    fc.assert(fc.property(chains, (entries) => void expect(brokenAt(entries, entries)).toBeNull()))
  })

  it('names the entry of which any part was altered', () => {
    const parts = fc.constantFrom('id', 'at', 'by', 'act', 'about', 'text', 'changes', 'case_id', 'hash', 'previous')
    fc.assert(
      fc.property(chains, fc.nat(), parts, (entries, pick, part) => {
        const at = pick % entries.length
        const altered = entries.map((entry, n) =>
          n !== at ? entry : part === 'at' ? { ...entry, at: entry.at + 1 } : { ...entry, [part]: `${entry[part]}x` },
        )
        expect(brokenAt(altered, entries)).toBe(at + 1)
      }),
    )
  })

  it('names the place where an entry was taken out, also at the end, and where one was put in', () => {
    fc.assert(
      fc.property(chains, fc.nat(), (entries, pick) => {
        const at = pick % entries.length
        expect(brokenAt(entries.toSpliced(at, 1), entries)).toBe(at + 1)
        const one = entries[at]
        if (one) expect(brokenAt(entries.toSpliced(at + 1, 0, one), entries)).toBe(at + 1)
      }),
    )
  })

  it('is not fooled by an altered entry whose own hash was made anew', () => {
    fc.assert(
      fc.property(chains, fc.nat(), (entries, pick) => {
        const at = pick % entries.length
        const forged = entries.map((entry, n) => {
          if (n !== at) return entry
          const other = { ...entry, text: `${entry.text}!` }
          return { ...other, hash: entryHash(other) }
        })
        // The next entry no longer follows; of the last one the note of the head tells.
        expect(brokenAt(forged, entries)).toBe(Math.min(at + 2, entries.length))
      }),
    )
  })
})
