import { counts, shorts, signed } from './numbers.ts'
import { hasRoom, take, type Room } from './room.ts'

/** Distinct texts, numbered from 0 as they come, without an object for each: their bytes lie side by side in large blocks. */
export type TextTable = {
  size(): number
  /** The number of the text, a new one when it is new; -1 when it is new and there is no room. */
  add(text: string): number
  /** The number of the text; -1 when it is not there. */
  find(text: string): number
  text(number: number): string
}

/** Longer texts are cut, in characters. */
export const TEXT_MAX = 400
const BLOCK = 1 << 16
/** Bytes an entry takes beside its text: place, length, hash, and two to four slots. */
const ENTRY = 28

/**
 * A table for at most `max` texts and as long as there is `room`, from which each text takes its bytes in UTF-8 and `each`
 * bytes: what the caller keeps per text.
 */
export function textTable(room: Room, each: number, max: number): TextTable {
  const blocks: Buffer[] = []
  const places = counts()
  const lengths = shorts()
  const hashes = signed()
  /** The text that is looked for. */
  const bytes = Buffer.alloc(3 * TEXT_MAX)
  let [length, hash, slot] = [0, 0, 0]
  let free = BLOCK
  let size = 0
  let slots = new Int32Array(64)
  let lastText: string | null = null
  let last = -1

  function same(number: number): boolean {
    if (lengths.at(number) !== length) return false
    // The empty text may have come before the first block.
    if (length === 0) return true
    const place = places.at(number)
    const from = place % BLOCK
    return blocks[Math.floor(place / BLOCK)]?.compare(bytes, 0, length, from, from + length) === 0
  }

  function widen(): void {
    const wider = new Int32Array(slots.length * 2)
    for (let number = 0; number < size; number += 1) {
      let at = hashes.at(number) & (wider.length - 1)
      while (wider[at] !== 0) at = (at + 1) & (wider.length - 1)
      wider[at] = number + 1
    }
    slots = wider
  }

  function keep(): void {
    if (free + length > BLOCK) {
      blocks.push(Buffer.alloc(BLOCK))
      free = 0
    }
    const block = blocks.at(-1)
    if (block !== undefined) bytes.copy(block, free, 0, length)
    places.set(size, (blocks.length - 1) * BLOCK + free)
    lengths.set(size, length)
    free += length
    take(room, length + ENTRY + each)
  }

  /** Sets `slot` to that of the text, or to the empty one where it belongs. */
  function look(text: string): void {
    length = bytes.write(text.length > TEXT_MAX ? text.slice(0, TEXT_MAX) : text)
    hash = length
    for (let at = 0; at < length; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193)
    hash ^= hash >>> 15
    slot = hash & (slots.length - 1)
    for (let found = slots[slot] ?? 0; found !== 0; found = slots[slot] ?? 0) {
      if (hashes.at(found - 1) === hash && same(found - 1)) return
      slot = (slot + 1) & (slots.length - 1)
    }
  }

  function find(text: string): number {
    look(text)
    return (slots[slot] ?? 0) - 1
  }

  function add(text: string): number {
    const known = find(text)
    if (known >= 0 || size >= max || !hasRoom(room)) return known
    keep()
    hashes.set(size, hash)
    slots[slot] = size + 1
    size += 1
    if (size * 2 > slots.length) widen()
    return size - 1
  }

  return {
    size: () => size,
    add(text) {
      // The same text often comes several times in a row.
      if (text !== lastText || last < 0) {
        last = add(text)
        lastText = text
      }
      return last
    },
    find,
    text(number) {
      const place = places.at(number)
      const from = place % BLOCK
      return blocks[Math.floor(place / BLOCK)]?.toString('utf8', from, from + lengths.at(number)) ?? ''
    },
  }
}
